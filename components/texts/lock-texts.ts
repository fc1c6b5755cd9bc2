/** What a person is told of the lock and of passkeys, as in outcome-texts.ts. */
import type { UnlockOutcome } from '../../utils/messaging/messaging.ts';
import type { PasskeyOutcome } from '../../utils/platform/platform.ts';
import { say, tell, type ByKind, type OutcomeText } from './outcome-text.ts';
import { countText } from './times-and-sizes.ts';

/** A wait of seconds or a few minutes, rounded up: a try that is made then is not too soon. */
function waitText(waitMs: number): string {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  if (seconds <= 90) return `in ${countText(seconds, 'second')}`;
  return `in ${countText(Math.ceil(seconds / 60), 'minute')}`;
}

const UNLOCKS = (now: number): ByKind<UnlockOutcome, OutcomeText> => ({
  done: () => say`Unlocked. | What waited goes out now.`,
  wrong: ({ notBefore }) =>
    notBefore === null
      ? say`That doesn’t open it. | Nothing was changed. | Try again: capitals and spaces count.`
      : say`That doesn’t open it. | Nothing was changed, and nothing is ever wiped because of it. | The next try can be made ${waitText(notBefore - now)}.`,
  'too-soon': ({ notBefore }) =>
    say`After wrong tries the next one has to wait. | Nothing was changed. | Try again ${waitText(notBefore - now)}.`,
});

/** How an act ended that needs the passphrase or the passkey. */
export const unlockText = (outcome: UnlockOutcome, now: number): OutcomeText =>
  tell(UNLOCKS(now), outcome);

type NoAnswer = Exclude<PasskeyOutcome, { kind: 'answered' }>;

const PASSKEYS: ByKind<NoAnswer, OutcomeText> = {
  cancelled: () =>
    say`The passkey was not used: the browser’s question was closed, or the key is not here. | Nothing was changed. | Try again, or use your passphrase.`,
  'no-prf': () =>
    say`This passkey can’t make a key for the lock (it lacks the WebAuthn extension “prf”). | Nothing was changed. | Use another one, or your passphrase.`,
  failed: ({ name }) =>
    say`The browser could not ask for a passkey. | Nothing was changed. | Use your passphrase. Code: ${name}`,
};

/** Why a passkey gave no answer. */
export const passkeyText = (outcome: NoAnswer): OutcomeText => tell(PASSKEYS, outcome);

/** What the unlock prompt says of the mails that can't go out. */
export function waitingText(waitingMails: number): string {
  if (waitingMails === 0) return 'What is saved is kept, sealed. Unlock it to go on.';
  const mails = countText(waitingMails, 'mail');
  return `${mails} ${waitingMails === 1 ? 'waits' : 'wait'} for unlocking, and then ${waitingMails === 1 ? 'goes' : 'go'} out. What is saved is kept, sealed.`;
}

/** Null when both are the same and long enough; else the sentence that says what is not. */
export function newPassphraseProblem(passphrase: string, again: string): string | null {
  if (passphrase.length < 8) return 'Make it eight characters or more; four words are better.';
  if (passphrase !== again) return 'The two are not the same. Type both again.';
  return null;
}
