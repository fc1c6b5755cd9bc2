import type { LockView, PasskeyQuestionView, UnlockOutcome } from '../messaging/messaging.ts';
import { fromBase64url, secret, toBase64url } from '../platform/platform.ts';
import type { PasskeyQuestion } from '../vault/vault.ts';
import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

const DONE = { done: true };

type LockHandlers = Pick<Handlers, Extract<keyof Handlers, `lock.${string}`>>;

/** What pages may do with the lock. Passphrases and PRF outputs go to the vault and nowhere else. */
export function lockHandlers(rooms: Rooms): LockHandlers {
  const { vault, locking, settings } = rooms;
  const { lock } = vault;

  async function opening(act: Promise<UnlockOutcome>): Promise<UnlockOutcome> {
    const outcome = await act;
    if (outcome.kind === 'done') locking.opened();
    return outcome;
  }

  return {
    'lock.status': () => lockStatus(rooms),
    'lock.turn-on': async ({ passphrase }) => {
      await lock.turnOn(secret(passphrase));
      await locking.finishChange();
      locking.opened();
      return DONE;
    },
    'lock.turn-off': ({ passphrase }) => opening(lock.turnOff(secret(passphrase))),
    'lock.change-passphrase': ({ passphrase, next }) =>
      opening(lock.changePassphrase(secret(passphrase), secret(next))),
    'lock.unlock': ({ passphrase }) => opening(lock.unlock(secret(passphrase))),
    'lock.unlock-by-passkey': ({ prfOutput }) =>
      opening(lock.unlockByPasskey({ prfOutput: fromBase64url(prfOutput) })),
    'lock.add-passkey': ({ passphrase, question, answer }) =>
      opening(
        lock.addPasskey(secret(passphrase), {
          credentialId: fromBase64url(question.credentialId),
          prfInput: fromBase64url(question.prfInput),
          prfOutput: fromBase64url(answer.prfOutput),
        }),
      ),
    'lock.remove-passkey': async () => {
      await lock.removePasskey();
      rooms.changed('lock');
      return DONE;
    },
    'lock.now': async () => ({ done: await locking.fall() }),
    'lock.set-idle-minutes': async ({ minutes }) => {
      await settings.patch({ lockIdleMinutes: minutes });
      await locking.watch();
      rooms.changed('lock');
      return DONE;
    },
  };
}

async function lockStatus({ vault, settings, outbox }: Rooms): Promise<LockView> {
  const state = await vault.lock.state();
  const { lockIdleMinutes } = await settings.get();
  const off = { waitingMails: 0, passkey: null, notBefore: null, idleMinutes: lockIdleMinutes };
  if (state === 'off') return { ...off, state };
  const question = await vault.lock.passkey();
  const on = {
    ...off,
    passkey: question && questionView(question),
    notBefore: await vault.lock.notBefore(),
  };
  if (state === 'open') return { ...on, state };
  // By their records alone: what they say can't be opened.
  const { waiting, sending } = await outbox.counts();
  return { ...on, state: 'locked', waitingMails: waiting + sending };
}

function questionView({ credentialId, prfInput }: PasskeyQuestion): PasskeyQuestionView {
  return { credentialId: toBase64url(credentialId), prfInput: toBase64url(prfInput) };
}
