import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { MailView } from '../../utils/messaging/messaging.ts';
import { createLiveAnswer, errorOf } from '../live/live-answer.ts';
import { useFocusKept } from '../live/use-focus-kept.ts';
import { useLive } from '../live/use-live.ts';
import { useTools } from '../live/tools.ts';
import { Countdown } from '../mail/Countdown.tsx';
import { MailActs } from '../mail/MailActs.tsx';
import { MayHaveArrived, UploadProgress } from '../mail/MailLine.tsx';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import type { StateText } from '../texts/outcome-text.ts';
import { mailStateText, queueText, unreadableText } from '../texts/outcome-texts.ts';

const NOT_THERE: StateText = {
  tone: 'quiet',
  word: 'Not in the outbox',
  ...queueText({ kind: 'gone' }),
};

/** A mail after Send: where it stands, until it has gone or the person is needed. */
export function FollowMail(props: {
  readonly mailId: string;
  /** It came back, or was taken back. */
  readonly onDraftAgain: () => void;
}): JSX.Element {
  const { mailId, onDraftAgain } = props;
  const { client, clock, close } = useTools();
  const live = useMemo(
    () =>
      createLiveAnswer(client, {
        name: 'outbox.show',
        request: { id: mailId },
        changes: ['outbox'],
      }),
    [client, mailId],
  );
  useEffect(() => () => live.stop(), [live]);
  const outbox = useLive(live);
  const mail = outbox.kind === 'answered' ? outbox.value : null;
  const draftAgain = mail?.state.kind === 'draft' && mail.unreadable === null;
  useEffect(() => {
    if (draftAgain) onDraftAgain();
  }, [draftAgain]);
  const closeButton = useRef<HTMLButtonElement>(null);
  useEffect(() => closeButton.current?.focus(), []);
  useFocusKept(mail?.state.kind, () => closeButton.current);

  const notThere = outbox.kind === 'answered' && !mail;
  const text = notThere ? NOT_THERE : textOf(mail, clock.now());
  const error = errorOf(outbox);
  const sent = mail?.state.kind === 'sent';
  return (
    <main class="plain follow">
      <div role="status" class="follow-state">
        <StateWord tone={text.tone} word={text.word} />
        <h1>{text.happened}</h1>
        {mail && mail.recipients !== '' && (
          <p class="one-line">
            <strong>
              <bdi>{mail.subject === '' ? 'No subject' : mail.subject}</bdi>
            </strong>{' '}
            to <bdi>{mail.recipients}</bdi>
          </p>
        )}
        {(text.kept !== '' || text.next !== '') && (
          <p class="soft">{[text.kept, text.next].filter((part) => part !== '').join(' ')}</p>
        )}
      </div>
      {mail && <MayHaveArrived mail={mail} />}
      {mail && <Countdown mail={mail} />}
      {mail && <UploadProgress mail={mail} />}
      {mail && <MailActs mail={mail} without={['dismiss']} />}
      <AnswerTrouble error={error} again={() => live.refresh()} />
      <div class="row">
        <button
          type="button"
          class={sent ? 'button button-wax' : 'button'}
          ref={closeButton}
          onClick={close}
        >
          Close
        </button>
        {!sent && !notThere && (
          <span class="soft small">
            {text.tone === 'moving'
              ? 'It goes on when this window is closed.'
              : 'You can do this later, from Postern’s button in the toolbar.'}
          </span>
        )}
      </div>
    </main>
  );
}

function textOf(mail: MailView | null, now: number): StateText {
  if (!mail) return { tone: 'moving', word: 'Queued', ...queueText({ kind: 'queued' }) };
  if (mail.unreadable !== null) return unreadableText(mail.unreadable);
  return mailStateText(mail.state, now);
}
