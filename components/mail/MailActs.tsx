import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { MailView } from '../../utils/messaging/messaging.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { useTools } from '../live/tools.ts';
import { actsFor, type MailAct } from './mail-acts.ts';
import { ScheduleForm } from '../schedule/ScheduleForm.tsx';
import { rescheduleMail, runMailAct } from './run-mail-act.ts';

interface Words {
  readonly label: string;
  readonly busy: string;
  /** Asked before it is done, in place; null when it can be taken back. */
  readonly question: string | null;
}

const WORDS: Readonly<Record<MailAct, Words>> = {
  open: { label: 'Open', busy: 'Opening…', question: null },
  discard: { label: 'Discard', busy: 'Discarding…', question: 'Discard this mail for good?' },
  undo: { label: 'Undo', busy: 'Taking it back…', question: null },
  'send-now': { label: 'Send now', busy: 'Queueing…', question: null },
  reschedule: { label: 'New time', busy: 'Scheduling…', question: null },
  'take-back': { label: 'Take it back', busy: 'Asking for it…', question: null },
  edit: { label: 'Edit', busy: 'Taking it back…', question: null },
  pause: { label: 'Pause', busy: 'Pausing…', question: null },
  'go-on': { label: 'Go on', busy: 'Going on…', question: null },
  retry: { label: 'Try now', busy: 'Trying…', question: null },
  'sign-in': { label: 'Sign in again', busy: 'Waiting for the sign-in…', question: null },
  'give-right': { label: 'Give that right', busy: 'Waiting for the sign-in…', question: null },
  'allow-host': { label: 'Allow', busy: 'Waiting for your answer…', question: null },
  arrived: { label: 'It arrived', busy: 'Noting it…', question: null },
  'send-again': {
    label: 'Send again',
    busy: 'Queueing…',
    question: 'If the first one arrived, there will be two. Send again?',
  },
  'to-draft': { label: 'Back to draft', busy: 'Taking it back…', question: null },
  dismiss: { label: 'Dismiss', busy: 'Removing…', question: null },
};

/** The acts that a mail allows, as buttons. What can't be taken back is asked about first, in place. */
export function MailActs(props: {
  readonly mail: MailView;
  /** Acts that are offered elsewhere. */
  readonly without?: readonly MailAct[];
}): JSX.Element | null {
  const { mail, without = [] } = props;
  const tools = useTools();
  const [asked, setAsked] = useState<MailAct | null>(null);
  const [said, setSaid] = useState('');
  const box = useSafeAnswer(asked !== null);
  const acts = actsFor(mail).filter((act) => !without.includes(act));

  const run = async (act: MailAct): Promise<null> => {
    const result = await runMailAct(act, mail, tools);
    setAsked(null);
    setSaid(result.kind === 'said' ? result.text : '');
    return null;
  };
  if (asked === 'reschedule' && acts.includes(asked)) {
    return (
      <ScheduleForm
        main={false}
        mailId={mail.id}
        before={'zone' in mail.state ? mail.state : null}
        onCancel={() => setAsked(null)}
        onChoose={async (schedule) => {
          const result = await rescheduleMail(mail, schedule, tools);
          if (result.kind === 'said') return result.text;
          setAsked(null);
          return null;
        }}
      />
    );
  }
  const question = asked !== null && acts.includes(asked) ? WORDS[asked].question : null;
  if (asked !== null && question !== null) {
    return (
      <div class="mail-acts" role="group" aria-label={question} ref={box}>
        <span class="small">{question}</span>
        <ActButton size="small" busyText={WORDS[asked].busy} onAct={() => run(asked)}>
          {WORDS[asked].label}
        </ActButton>
        <button
          type="button"
          class="button button-small button-bare"
          onClick={() => setAsked(null)}
        >
          No, keep it
        </button>
      </div>
    );
  }
  if (acts.length === 0) return null;
  return (
    <div class="mail-acts">
      {acts.map((act) => (
        <ActButton
          key={act}
          size="small"
          busyText={WORDS[act].busy}
          label={`${labelOf(act, mail)}: ${mail.subject === '' ? 'no subject' : mail.subject}`}
          onAct={async () => {
            if (WORDS[act].question === null && act !== 'reschedule') return run(act);
            setAsked(act);
            return null;
          }}
        >
          {labelOf(act, mail)}
        </ActButton>
      ))}
      {said !== '' && (
        <p class="small" role="alert">
          {said}
        </p>
      )}
    </div>
  );
}

/** Puts the keyboard on the safe answer while there is a question. */
function useSafeAnswer(asking: boolean): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (asking) [...(box.current?.querySelectorAll('button') ?? [])].at(-1)?.focus();
  }, [asking]);
  return box;
}

function labelOf(act: MailAct, { state }: MailView): string {
  const { label } = WORDS[act];
  return act === 'allow-host' && state.kind === 'waiting-for-host'
    ? `${label} ${state.host}`
    : label;
}
