import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatMailbox } from '../../utils/mail/mail.ts';
import { fillContent } from '../../utils/merge/merge.ts';
import type { DraftKeeper } from '../compose/draft-keeper.ts';
import { useLive } from '../live/use-live.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { wholeText } from '../texts/outcome-text.ts';
import { queueText } from '../texts/outcome-texts.ts';
import type { Plan } from './use-plan.ts';

/** The mail as each recipient gets it, one after the other. */
export function MergePreview(props: {
  readonly keeper: DraftKeeper;
  readonly plan: Plan;
  readonly unsubscribe: boolean;
}): JSX.Element | null {
  const { keeper, plan, unsubscribe } = props;
  const [wanted, setWanted] = useState(0);
  const at = Math.min(wanted, plan.recipients.length - 1);
  const { content } = useLive(keeper.version);
  const recipient = plan.recipients[at];
  if (!recipient) return null;
  const mail = fillContent(content, plan.fields, recipient);
  return (
    <section class="part" aria-labelledby="merge-preview">
      <h2 id="merge-preview">What each gets</h2>
      <div class="row">
        <button
          type="button"
          class="button button-small"
          disabled={at === 0}
          onClick={() => setWanted(at - 1)}
        >
          Before
        </button>
        <label class="merge-which">
          <span class="unseen">Which of the mails</span>
          <input
            class="input"
            type="number"
            inputMode="numeric"
            autocomplete="off"
            min="1"
            max={String(plan.recipients.length)}
            value={String(at + 1)}
            onChange={({ currentTarget }) => {
              const next = placeOf(currentTarget.value, plan.recipients.length);
              // Also where nothing else changes by it.
              currentTarget.value = String(next + 1);
              setWanted(next);
            }}
          />
          of {plan.recipients.length}
        </label>
        <button
          type="button"
          class="button button-small"
          disabled={at >= plan.recipients.length - 1}
          onClick={() => setWanted(at + 1)}
        >
          Next
        </button>
      </div>
      <div class="merge-preview">
        <p class="soft">
          To <bdi>{formatMailbox(recipient)}</bdi>
        </p>
        <p dir="auto">
          <strong>{mail.subject === '' ? 'No subject' : mail.subject}</strong>
        </p>
        <p class="merge-preview-text" dir="auto">
          {mail.text}
        </p>
      </div>
      <TestMail
        keeper={keeper}
        fields={plan.fields}
        recipient={recipient}
        unsubscribe={unsubscribe}
      />
    </section>
  );
}

/** The place that a person typed, counted from 0; the nearest there is. */
function placeOf(typed: string, count: number): number {
  const number = Number.parseInt(typed, 10);
  return Number.isNaN(number) ? 0 : Math.min(Math.max(1, number), count) - 1;
}

function TestMail(props: {
  readonly keeper: DraftKeeper;
  readonly fields: readonly string[];
  readonly recipient: Plan['recipients'][number];
  readonly unsubscribe: boolean;
}): JSX.Element {
  const { keeper, fields, recipient, unsubscribe } = props;
  const { client } = useTools();
  const [said, setSaid] = useState('');
  const send = async (): Promise<string | null> => {
    setSaid('');
    if (!(await keeper.flush())) return 'Your text could not be stored, so nothing was sent.';
    const answer = await client.ask('merges.test', {
      draftId: keeper.id,
      fields,
      recipient,
      unsubscribe,
    });
    if (!answer.ok) return answer.error.userText;
    const { kind } = answer.value;
    if (kind !== 'queued' && kind !== 'held') return wholeText(queueText(answer.value));
    setSaid('This mail is on its way to your own address, just as its recipient would get it.');
    return null;
  };
  return (
    <div class="row">
      <ActButton busyText="Sending…" onAct={send}>
        Send this one to myself
      </ActButton>
      <span class="soft small" role="status">
        {said}
      </span>
    </div>
  );
}
