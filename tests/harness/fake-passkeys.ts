import type { PasskeyOutcome, Passkeys } from '../../utils/platform/platform.ts';

/** A browser without passkeys. */
export const NO_PASSKEYS: Passkeys = {
  isHere: () => false,
  create: () => Promise.resolve({ kind: 'cancelled' }),
  ask: () => Promise.resolve({ kind: 'cancelled' }),
};

/** A browser in which every question to a passkey ends like this. */
export function passkeysThat(outcome: PasskeyOutcome): Passkeys {
  return {
    isHere: () => true,
    create: () => Promise.resolve(outcome),
    ask: () => Promise.resolve(outcome),
  };
}
