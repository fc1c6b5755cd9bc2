/**
 * Room `vault`: seals what the device stores, so that it can be read here only.
 *
 * A random data key seals records (AES-256-GCM), each bound to its label: one that is cut, changed
 * or put in another's place does not open. The data key is stored only wrapped, by a device key
 * that can't be exported, or, with the lock on, by a passphrase and a passkey (docs/vault-format.md
 * has every byte). It refuses to delete what it can't open, to make a new key in place of a stored
 * one, and to say in an error what was sealed. Whoever stores what is sealed is a `SealedHolder`.
 * Large content is sealed in pieces of one kind, labelled `<id>/<index>/<1 for the last, else 0>`.
 * Called by accounts, outbox and dispatch. Nothing is read before the first call.
 */
import type { Clock, EpochMs, Random, StorageArea } from '../platform/platform.ts';
import { hex, unshared } from './byte-layout.ts';
import { decodeEnvelope, WRAP_TYPES } from './envelope.ts';
import { isKeyId } from './key-id.ts';
import { createKeyring } from './keyring.ts';
import type { KeyStore } from './key-store.ts';
import { createFinish } from './finish-change.ts';
import { createLock, type VaultLock } from './lock.ts';
import { createOpenKeyStore } from './open-key.ts';
import { encodeLabel, splitRecord, type RecordLabel } from './record-format.ts';
import type { SealedHolder } from './seal-anew.ts';
import { openBy, sealBy } from './sealing.ts';
import { createUnlockTries } from './unlock-tries.ts';
import { orVaultError, VaultError } from './vault-error.ts';

export { sameBytes } from './byte-layout.ts';
export { createKeyStore, type KeyStore, type StoredKeys } from './key-store.ts';
export type { LockState, UnlockOutcome, VaultLock } from './lock.ts';
export { OPEN_KEY_ENTRY } from './open-key.ts';
export type { PasskeyAnswer, PasskeyQuestion } from './passkey-wrap.ts';
export { RECORD_OVERHEAD_BYTES, type RecordLabel } from './record-format.ts';
export { leftBehind, type SealAnew, type SealedHolder } from './seal-anew.ts';
export {
  createSealedRecords,
  type BrokenRecord,
  type SealedRecords,
  type SealedRecordsListing,
} from './sealed-records.ts';
export { TRIES_ENTRY } from './unlock-tries.ts';
export { VaultError, type VaultErrorCode } from './vault-error.ts';

/** What keys are stored, for the privacy page. Nothing of it is secret. */
export interface VaultInventory {
  /** The data key's random id, in hexadecimal. */
  readonly keyId: string;
  readonly createdAt: EpochMs;
  /** Null when there is no device key. */
  readonly deviceKeyCreatedAt: EpochMs | null;
  /** Keys of before that are kept until what they sealed is sealed anew. */
  readonly retired: number;
  /** What can open the data key; `unknown` was added by a newer version of Postern. */
  readonly wraps: readonly {
    readonly type: keyof typeof WRAP_TYPES | 'unknown';
    readonly createdAt: EpochMs;
  }[];
}

/** Seals and opens. Every method rejects with VaultError only. */
export interface Vault {
  /**
   * Seals under a label; RECORD_OVERHEAD_BYTES are added. Makes the key when there is none.
   * `clear` must not change before it resolves.
   */
  seal(label: RecordLabel, clear: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /** Opens what was sealed under the same label. Never makes a key. */
  open(label: RecordLabel, sealed: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /** Begins to open the key, if there is one, for whoever needs it next. Never throws: that act says what is wrong. */
  warmUp(): void;
  /** Makes or loads the key. When several contexts do this at once, one key wins in all of them. */
  prepare(): Promise<void>;
  /**
   * False when it is locked, and while the lock falls: then nothing new may begin. Never rejects;
   * what is wrong otherwise is said by the act itself.
   */
  isOpen(): Promise<boolean>;
  /** The passphrase, and the passkey, in place of the device key. */
  readonly lock: VaultLock;
  /**
   * After the data key has changed: has each holder seal anew what is its own, then forgets the keys
   * of before. May be stopped anywhere and called at any time; does nothing when nothing is to be
   * done. True when no key of before is left. Holders are all that ever sealed.
   */
  finishChange(holders: readonly SealedHolder[]): Promise<boolean>;
  /**
   * Wipes the data key and the device key: whatever was sealed can never be opened again. What is
   * sealed afterwards is sealed by a new key. Another context that holds the open key keeps it
   * until it ends, so only the worker may hold a vault.
   */
  destroy(): Promise<void>;
  /** Null when there is no key. */
  inventory(): Promise<VaultInventory | null>;
}

/** What a vault works with. */
export interface VaultParts {
  readonly keys: KeyStore;
  readonly random: Random;
  readonly clock: Clock;
  /** Where wrong tries at the passphrase are counted. */
  readonly local: StorageArea;
  /** Where the open key lies while a lock is on and open; memory. */
  readonly session: StorageArea;
  /** A key was opened and `finishChange` has something to do. Must not throw. */
  readonly onUnfinishedChange: () => void;
  /** The browser's own unless given. */
  readonly crypto?: Pick<Crypto, 'subtle'>;
}

/** Builds the vault of this context. */
export function createVault(parts: VaultParts): Vault {
  const { keys, random } = parts;
  const subtle = (parts.crypto ?? globalThis.crypto).subtle;
  const openKey = createOpenKeyStore(parts.session);
  const onRetired = parts.onUnfinishedChange;
  const keyring = createKeyring({ ...parts, subtle, openKey, onRetired });
  const tries = createUnlockTries(parts);
  const lock = createLock({ ...parts, subtle, openKey, keyring, tries });

  async function open(label: RecordLabel, sealed: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    encodeLabel(label);
    const { keyId } = splitRecord(unshared(sealed));
    const dataKey = await keyring.forOpening(keyId);
    if (!dataKey) {
      const foreign = await orVaultError('storage', () => isKeyId(keyId, subtle));
      throw new VaultError(foreign ? 'wrong-key' : 'corrupt');
    }
    return openBy({ subtle, dataKey }, label, sealed);
  }
  const seal: Vault['seal'] = async (label, clear) => {
    encodeLabel(label);
    return sealBy({ subtle, random, dataKey: await keyring.forSealing() }, label, clear);
  };

  return {
    seal,
    open,
    warmUp: () => void keyring.open().catch(() => undefined),
    async prepare() {
      await keyring.forSealing();
    },
    async isOpen() {
      if (lock.isClosing()) return false;
      if (keyring.isHeld()) return true;
      return lock.state().then(
        (state) => state === 'off' || state === 'open',
        () => true,
      );
    },
    lock,
    finishChange: createFinish({ keys, keyring, seal, open }),
    destroy: () => keyring.destroy(),
    inventory: () => takeInventory(keys),
  };
}

async function takeInventory(keys: KeyStore): Promise<VaultInventory | null> {
  const stored = await orVaultError('storage', () => keys.read());
  if (!stored) return null;
  const envelope = decodeEnvelope(stored.envelope);
  return {
    keyId: hex(envelope.keyId),
    createdAt: envelope.createdAt,
    deviceKeyCreatedAt: stored.deviceKey?.createdAt ?? null,
    retired: stored.retired.length,
    wraps: envelope.wraps.map((wrap) => ({
      type: wrapTypeName(wrap.type),
      createdAt: wrap.createdAt,
    })),
  };
}

function wrapTypeName(type: number): VaultInventory['wraps'][number]['type'] {
  switch (type) {
    case WRAP_TYPES.device:
      return 'device';
    case WRAP_TYPES.passphrase:
      return 'passphrase';
    case WRAP_TYPES.passkey:
      return 'passkey';
    default:
      return 'unknown';
  }
}
