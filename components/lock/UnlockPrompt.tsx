import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type {
  MessageError,
  PasskeyQuestionView,
  UnlockOutcome,
} from '../../utils/messaging/messaging.ts';
import type { Result } from '../../utils/result/result.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import { Notice } from '../parts/Notice.tsx';
import { unlockText, waitingText } from '../texts/lock-texts.ts';
import { askPasskey } from './ask-passkey.ts';
import { PassphraseField } from './PassphraseField.tsx';
import { useLock } from './use-lock.ts';

/** Where the prompt stands. */
export interface UnlockPromptProps {
  /** A popup closes as soon as the browser asks for a passkey: there it leads to the settings page. */
  readonly inPopup?: boolean;
  /** The heading's level: 1 where the prompt is all that the page shows. */
  readonly level: 1 | 2;
}

/** All that a page shows while Postern is locked. The page itself hears when it is open again. */
export function UnlockPrompt({ inPopup = false, level }: UnlockPromptProps): JSX.Element {
  const { client } = useTools();
  const lock = useLock();
  const [passphrase, setPassphrase] = useState('');
  const [trouble, setTrouble] = useState<UnlockOutcome | MessageError | null>(null);

  const take = (answer: Result<UnlockOutcome, MessageError>): null => {
    setTrouble(!answer.ok ? answer.error : answer.value.kind === 'done' ? null : answer.value);
    setPassphrase('');
    return null;
  };
  const unlock = async (): Promise<string | null> => {
    if (passphrase === '') return 'Type your passphrase first.';
    return take(await client.ask('lock.unlock', { passphrase }));
  };
  const view = lock.kind === 'answered' ? lock.value : null;
  const Heading = `h${level}` as const;
  return (
    <div class="unlock">
      <Heading>Postern is locked</Heading>
      <p class="soft">{waitingText(view?.waitingMails ?? 0)}</p>
      <Trouble trouble={trouble} />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void unlock();
        }}
      >
        <PassphraseField
          id="unlock-passphrase"
          label="Passphrase"
          value={passphrase}
          onInput={setPassphrase}
          takesFocus
        />
        <div class="row">
          <ActButton kind="wax" busyText="Unlocking…" onAct={unlock}>
            Unlock
          </ActButton>
          {view?.passkey && (
            <PasskeyWay question={view.passkey} inPopup={inPopup} onAnswer={take} />
          )}
        </div>
      </form>
    </div>
  );
}

function PasskeyWay(props: {
  readonly question: PasskeyQuestionView;
  readonly inPopup: boolean;
  readonly onAnswer: (answer: Result<UnlockOutcome, MessageError>) => null;
}): JSX.Element | null {
  const { client, passkeys } = useTools();
  const { question, inPopup, onAnswer } = props;
  if (!passkeys.isHere()) return null;
  if (inPopup) {
    return (
      <a class="button" href="/options.html#lock" target="_blank">
        Use your passkey…
      </a>
    );
  }
  const use = async (): Promise<string | null> => {
    const asked = await askPasskey(() => passkeys.ask(question));
    if (typeof asked === 'string') return asked;
    return onAnswer(await client.ask('lock.unlock-by-passkey', asked.answer));
  };
  return (
    <ActButton busyText="Asking your passkey…" onAct={use}>
      Use your passkey
    </ActButton>
  );
}

function Trouble(props: {
  readonly trouble: UnlockOutcome | MessageError | null;
}): JSX.Element | null {
  const { clock } = useTools();
  const { trouble } = props;
  if (trouble === null) return null;
  if ('kind' in trouble) {
    return <OutcomeNotice tone="heed" text={unlockText(trouble, clock.now())} />;
  }
  return (
    <Notice tone="heed" urgent>
      <p>{trouble.userText}</p>
    </Notice>
  );
}
