import type { Clock, Random } from '../platform/platform.ts';
import { hex, sameBytes, type Bytes } from './byte-layout.ts';
import { makeKeys, openWithDevice } from './device-wrap.ts';
import { decodeEnvelope } from './envelope.ts';
import type { KeyStore, StoredKeys } from './key-store.ts';
import type { OpenKeyStore } from './open-key.ts';
import { holdRetired } from './retired-keys.ts';
import { existingKeys, readKeys } from './stored-keys.ts';
import { orVaultError, VaultError } from './vault-error.ts';
import { heldKey, wipe, type DataKey, type RawDataKey } from './wrapped-key.ts';

/** Holds the open data key for as long as the worker lives, and opens it when it is first needed. */
export interface Keyring {
  /** Opens the key that is stored. Never makes one. @throws VaultError as `forOpening` */
  open(): Promise<void>;
  /**
   * The key that sealed this; null when it is not here.
   * @throws VaultError `no-key` when there is none at all: opening never makes one; `locked`
   */
  forOpening(keyId: Bytes): Promise<DataKey | null>;
  /** True when the key with this id, in hexadecimal, is one of before. @throws VaultError as `forOpening` */
  isRetired(keyId: string): Promise<boolean>;
  /** Makes the key when there is none. @throws VaultError `locked` */
  forSealing(): Promise<DataKey>;
  /** Does what reads and changes the stored keys while nothing else does. */
  inTurn<T>(act: () => Promise<T>): Promise<T>;
  /** Goes on with these keys, whose data key is known in clear. Inside `inTurn` only. */
  take(stored: StoredKeys, raw: RawDataKey): Promise<void>;
  /** The open key is let go: what has to be opened or sealed from here on asks the stored keys. */
  letGo(): void;
  /** True while an open key is held in memory. */
  isHeld(): boolean;
  /**
   * Forgets the keys of before, inside `inTurn`, when nothing can be on its way that they sealed.
   * False when this worker has sealed by one of them: it may be stored at any time.
   */
  dropRetired(drop: () => Promise<void>): Promise<boolean>;
  /** Wipes every key, also one that is just being made. */
  destroy(): Promise<void>;
}

interface KeyringParts {
  readonly keys: KeyStore;
  readonly openKey: OpenKeyStore;
  readonly random: Random;
  readonly clock: Clock;
  readonly subtle: SubtleCrypto;
  /** A key was opened and there are records that one of before has sealed. */
  readonly onRetired: () => void;
}

interface Held {
  readonly current: DataKey;
  /** By their id in hexadecimal. */
  readonly retired: ReadonlyMap<string, DataKey>;
}

/** Nothing is read before a key is asked for. */
export function createKeyring(parts: KeyringParts): Keyring {
  const { subtle } = parts;
  let held: Held | null = null;
  const inTurn = createTurns();
  const sealedBy = new Set<string>();

  async function hold(stored: StoredKeys, current: DataKey): Promise<Held> {
    const retired = await holdRetired(subtle, current, stored.retired);
    held = { current, retired };
    if (retired.size > 0) parts.onRetired();
    return held;
  }

  async function openOnce(findKeys: () => Promise<StoredKeys>): Promise<Held> {
    if (held) return held;
    const stored = await findKeys();
    return hold(stored, await openStored(parts, stored));
  }

  const opened = async (): Promise<Held> =>
    held ?? (await inTurn(() => openOnce(() => existingKeys(parts))));

  return {
    open: () => opened().then(() => undefined),
    async forOpening(keyId) {
      const { current, retired } = await opened();
      return sameBytes(keyId, current.id) ? current : (retired.get(hex(keyId)) ?? null);
    },
    isRetired: async (keyId) => (await opened()).retired.has(keyId),
    async forSealing() {
      const { current } = held ?? (await inTurn(() => openOnce(() => existingOrNewKeys(parts))));
      sealedBy.add(hex(current.id));
      return current;
    },
    inTurn,
    async take(stored, raw) {
      await hold(stored, await heldKey(subtle, raw));
    },
    letGo: () => void (held = null),
    isHeld: () => held !== null,
    async dropRetired(drop) {
      if (!held || [...held.retired.keys()].some((keyId) => sealedBy.has(keyId))) return false;
      await drop();
      held = { ...held, retired: new Map() };
      return true;
    },
    destroy: () =>
      inTurn(async () => {
        held = null;
        await orVaultError('storage', () => parts.keys.clear());
        await parts.openKey.remove();
      }),
  };
}

/**
 * One look at the store at a time: no key is loaded or made while all are being wiped. Whoever finds
 * nobody before them begins at once: a worker that has just started asks the disk for its key in its
 * first tick.
 */
function createTurns(): Keyring['inTurn'] {
  let last: Promise<unknown> | null = null;
  return (act) => {
    const result = last ? last.then(act) : act();
    const mine = Promise.allSettled([result]).then(() => {
      if (last === mine) last = null;
    });
    last = mine;
    return result;
  };
}

/** @throws VaultError `locked` when neither the device nor what lies in memory opens it */
async function openStored(parts: KeyringParts, stored: StoredKeys): Promise<DataKey> {
  const byDevice = await openWithDevice(stored, parts.subtle);
  if (byDevice) return byDevice;
  const raw = await parts.openKey.read(decodeEnvelope(stored.envelope).keyId);
  if (!raw) throw new VaultError('locked');
  const dataKey = await heldKey(parts.subtle, raw);
  wipe(raw);
  return dataKey;
}

async function existingOrNewKeys(parts: KeyringParts): Promise<StoredKeys> {
  const { keys, random, clock, subtle } = parts;
  const stored = await readKeys(parts);
  if (stored) return stored;
  const candidate = await makeKeys({ subtle, random, now: clock.now() });
  // Another context may have been faster: then its keys are the ones.
  return orVaultError('storage', () => keys.createIfAbsent(candidate));
}
