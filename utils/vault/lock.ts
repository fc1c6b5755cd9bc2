import type { EpochMs, Secret } from '../platform/platform.ts';
import { once } from '../once/once.ts';
import { opensByDevice } from './device-wrap.ts';
import { decodeEnvelope } from './envelope.ts';
import { createWrapActs, goOn, turnOn, type LockParts } from './lock-changes.ts';
import {
  openByPasskey,
  passkeyWrapOf,
  questionOf,
  type PasskeyAnswer,
  type PasskeyQuestion,
} from './passkey-wrap.ts';
import { calibratedRounds } from './passphrase-wrap.ts';
import { existingKeys, readKeys } from './stored-keys.ts';
import { wipe } from './wrapped-key.ts';

/** `closing`: what is under way may still end and be stored, and nothing new begins. */
export type LockState = 'off' | 'open' | 'closing' | 'locked';

/** How a try ended. `notBefore`: when the next one may be made; null for now. */
export type UnlockOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'wrong'; readonly notBefore: EpochMs | null }
  /** It was not looked at: the wait after the last wrong one is not over. */
  | { readonly kind: 'too-soon'; readonly notBefore: EpochMs };

/**
 * The lock: a passphrase in place of the device key. Each change is one strict transaction, so that
 * after a death at any moment the vault opens as before or as after. Rejects with VaultError only.
 */
export interface VaultLock {
  state(): Promise<LockState>;
  /**
   * Makes a new data key that only the passphrase opens and forgets the device key. What the key of
   * before has sealed still opens, and is to be sealed anew (`Vault.finishChange`).
   * `refused` when the lock is on.
   */
  turnOn(passphrase: Secret): Promise<void>;
  /** Back to a device key, a new one. Needs the passphrase, also while it is open. */
  turnOff(passphrase: Secret): Promise<UnlockOutcome>;
  changePassphrase(passphrase: Secret, next: Secret): Promise<UnlockOutcome>;
  unlock(passphrase: Secret): Promise<UnlockOutcome>;
  /** `wrong` when another passkey answered; that costs no wait, since nobody can guess it. */
  unlockByPasskey(answer: PasskeyAnswer): Promise<UnlockOutcome>;
  /** What a passkey is asked for; null when none opens this vault. */
  passkey(): Promise<PasskeyQuestion | null>;
  /** Lets a passkey open the vault beside the passphrase; it takes the place of another. */
  addPasskey(passphrase: Secret, passkey: PasskeyQuestion & PasskeyAnswer): Promise<UnlockOutcome>;
  removePasskey(): Promise<void>;
  /** When the next passphrase may be tried; null for now. */
  notBefore(): Promise<EpochMs | null>;
  /** The next worker will find it locked; this one goes on until `close`. False when it is not open. */
  beginClosing(): Promise<boolean>;
  /** Lets the key go, unless it was unlocked since `beginClosing`. */
  close(): void;
  readonly isClosing: () => boolean;
}

/** Nothing is read before it is asked for. */
export function createLock(parts: LockParts): VaultLock {
  const { keyring, openKey, tries, subtle } = parts;
  let closing = false;
  const acts = once(() => createWrapActs(parts, () => void (closing = false)));

  async function state(): Promise<LockState> {
    const stored = await readKeys(parts);
    if (!stored || opensByDevice(stored)) return 'off';
    if (closing) return 'closing';
    if (keyring.isHeld()) return 'open';
    const raw = await openKey.read(decodeEnvelope(stored.envelope).keyId);
    wipe(raw);
    return raw ? 'open' : 'locked';
  }

  return {
    unlock: (passphrase) => acts().unlock(passphrase),
    changePassphrase: (passphrase, next) => acts().changePassphrase(passphrase, next),
    turnOff: (passphrase) => acts().turnOff(passphrase),
    addPasskey: (passphrase, passkey) => acts().addPasskey(passphrase, passkey),
    removePasskey: () => acts().removePasskey(),
    state,
    turnOn: async (passphrase) => {
      const rounds = await calibratedRounds(parts);
      await keyring.inTurn(() => turnOn(parts, { passphrase, rounds }));
    },
    passkey: () => storedPasskey(parts),
    async unlockByPasskey(answer) {
      return keyring.inTurn(async () => {
        const stored = await existingKeys(parts);
        const raw = await openByPasskey(subtle, decodeEnvelope(stored.envelope), answer);
        if (!raw) return { kind: 'wrong', notBefore: null };
        closing = false;
        await goOn(parts, stored, raw);
        return { kind: 'done' };
      });
    },
    notBefore: () => tries.notBefore(),
    async beginClosing() {
      if ((await state()) !== 'open') return false;
      await openKey.remove();
      closing = true;
      return true;
    },
    close() {
      if (closing) keyring.letGo();
      closing = false;
    },
    isClosing: () => closing,
  };
}

async function storedPasskey(parts: LockParts): Promise<PasskeyQuestion | null> {
  const stored = await readKeys(parts);
  const wrap = stored && passkeyWrapOf(decodeEnvelope(stored.envelope));
  return wrap && questionOf(wrap);
}
