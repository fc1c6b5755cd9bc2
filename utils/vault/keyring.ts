import type { Clock, Random } from '../platform/platform.ts';
import { makeKeys, openWithDevice, type DataKey } from './device-wrap.ts';
import type { KeyStore, StoredKeys } from './key-store.ts';
import { orVaultError, VaultError } from './vault-error.ts';

/** Holds the open data key for as long as the worker lives, and opens it when it is first needed. */
export interface Keyring {
  /** @throws VaultError `no-key` when there is none: opening never makes one. */
  forOpening(): Promise<DataKey>;
  /** Makes the key when there is none. */
  forSealing(): Promise<DataKey>;
  /** Wipes every key, also one that is just being made. */
  destroy(): Promise<void>;
}

interface KeyringParts {
  readonly keys: KeyStore;
  readonly random: Random;
  readonly clock: Clock;
  readonly subtle: SubtleCrypto;
}

/** Nothing is read before a key is asked for. */
export function createKeyring(parts: KeyringParts): Keyring {
  let held: DataKey | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** One look at the store at a time: no key is loaded or made while all are being wiped. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const result = turn.then(act);
    turn = Promise.allSettled([result]);
    return result;
  }

  async function openOnce(findKeys: () => Promise<StoredKeys>): Promise<DataKey> {
    held ??= await openWithDevice(await findKeys(), parts.subtle);
    return held;
  }

  return {
    forOpening: async () => held ?? inTurn(() => openOnce(() => existingKeys(parts))),
    forSealing: async () => held ?? inTurn(() => openOnce(() => existingOrNewKeys(parts))),
    destroy: () =>
      inTurn(async () => {
        held = null;
        await orVaultError('storage', () => parts.keys.clear());
      }),
  };
}

async function existingKeys({ keys }: KeyringParts): Promise<StoredKeys> {
  const stored = await orVaultError('storage', () => keys.read());
  if (!stored) throw new VaultError('no-key');
  return stored;
}

async function existingOrNewKeys(parts: KeyringParts): Promise<StoredKeys> {
  const { keys, random, clock, subtle } = parts;
  const stored = await orVaultError('storage', () => keys.read());
  if (stored) return stored;
  const candidate = await makeKeys({ subtle, random, now: clock.now() });
  // Another context may have been faster: then its keys are the ones.
  return orVaultError('storage', () => keys.createIfAbsent(candidate));
}
