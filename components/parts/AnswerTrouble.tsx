import type { JSX } from 'preact';
import type { MessageError } from '../../utils/messaging/messaging.ts';
import { ActButton } from './ActButton.tsx';
import { Notice } from './Notice.tsx';

/** Why the worker's last answer did not come, and the way to ask again; nothing while all is well. */
export function AnswerTrouble(props: {
  readonly error: MessageError | null;
  /** Asks again; resolves when the answer, or the next failure, is there. */
  readonly again: () => Promise<unknown>;
}): JSX.Element | null {
  const { error, again } = props;
  if (!error) return null;
  const ask = async (): Promise<null> => {
    await again();
    return null;
  };
  return (
    <Notice tone="heed" urgent>
      <p>{error.userText}</p>
      <div class="row">
        <ActButton size="small" busyText="Asking again…" onAct={ask}>
          Try again
        </ActButton>
      </div>
    </Notice>
  );
}
