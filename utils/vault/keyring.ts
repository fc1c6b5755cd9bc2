import type { Clock, Random } from '../platform/platform.ts';
import { makeKeys, openWithDevice, type DataKey } from './device-wrap.ts';
import type { KeyStore, StoredKeys } from './key-store.ts';
import { orVaultError, VaultError } from './vault-error.ts';

/** Holds the open data key for as long as the worker lives, and opens it when it is first needed. */
export interface Keyring {
  /** @throws VaultError `no-key` when there is none: opening never makes one. */
  forOpening(): Promise<DataKey>;
  /** Makes the key when there is none, but not after it was destroyed here. */
  forSealing(): Promise<DataKey>;
  /** Makes the key when there is none, also after it was destroyed. */
  prepare(): Promise<void>;
  /** Wipes every key, after those that are just being made. */
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
  let held: Promise<DataKey> | null = null;
  let making: Promise<DataKey> | null = null;
  let erased = false;
  let erasures = 0;
  let erasing: Promise<void> = Promise.resolve();

  /** Calls that come together share one attempt; a failed one is forgotten, the next call tries anew. */
  function share(attempt: Promise<StoredKeys>): Promise<DataKey> {
    const shared = attempt.then((stored) => openWithDevice(stored, parts.subtle));
    held = shared;
    shared.catch(() => {
      if (held === shared) held = null;
    });
    return shared;
  }

  async function forOpening(): Promise<DataKey> {
    if (erased) throw new VaultError('no-key');
    return held ?? share(readExisting(parts));
  }

  async function forSealing(): Promise<DataKey> {
    try {
      return await forOpening();
    } catch (cause) {
      if (erased || !(cause instanceof VaultError) || cause.code !== 'no-key') throw cause;
      // Not `held`: by now that can be another call's look at the same empty store.
      making ??= share(makeOrAdopt(parts)).finally(() => (making = null));
      return making;
    }
  }

  return {
    forOpening,
    forSealing,
    async prepare() {
      const erasuresBefore = erasures;
      await Promise.allSettled([erasing]);
      // Whoever destroys after this call was made must not find a key made after it.
      if (erasures !== erasuresBefore) throw new VaultError('no-key');
      erased = false;
      await forSealing();
    },
    destroy() {
      erased = true;
      erasures++;
      erasing = clearAfter([held, making], parts.keys);
      held = null;
      return erasing;
    },
  };
}

async function readExisting({ keys }: KeyringParts): Promise<StoredKeys> {
  const stored = await orVaultError('storage', () => keys.read());
  if (!stored) throw new VaultError('no-key');
  return stored;
}

/** Another context may have been faster: then its keys are the ones. */
async function makeOrAdopt({ keys, random, clock, subtle }: KeyringParts): Promise<StoredKeys> {
  const candidate = await makeKeys({ subtle, random, now: clock.now() });
  return orVaultError('storage', () => keys.createIfAbsent(candidate));
}

/** A key that is just being made would otherwise be stored after the wiping. */
async function clearAfter(pending: readonly unknown[], keys: KeyStore): Promise<void> {
  await Promise.allSettled(pending);
  await orVaultError('storage', () => keys.clear());
}
