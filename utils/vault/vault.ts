/**
 * Room `vault`: seals what the device stores, so that it can be read here only.
 *
 * A random data key seals records (AES-256-GCM), each bound to its label: one that is cut, changed
 * or put in another's place does not open. The data key is stored only wrapped, by a device key
 * that can't be exported (docs/vault-format.md has every byte). It refuses to delete what it can't
 * open, to make a new key in place of a stored one, and to say in an error what was sealed.
 * Large content is sealed in pieces of one kind, labelled `<id>/<index>/<1 for the last, else 0>`.
 * Called by accounts and outbox. Nothing is read before the first call.
 */
import type { Clock, EpochMs, Random } from '../platform/platform.ts';
import { hex, joined, sameBytes, unshared } from './byte-layout.ts';
import { decodeEnvelope, WRAP_TYPES } from './envelope.ts';
import { isKeyId } from './key-id.ts';
import { createKeyring } from './keyring.ts';
import type { KeyStore } from './key-store.ts';
import {
  encodeLabel,
  NONCE_BYTES,
  recordHeader,
  splitRecord,
  type RecordLabel,
} from './record-format.ts';
import { orVaultError, VaultError } from './vault-error.ts';

export { createKeyStore, type KeyStore, type StoredKeys } from './key-store.ts';
export { RECORD_OVERHEAD_BYTES, type RecordLabel } from './record-format.ts';
export {
  createSealedRecords,
  type BrokenRecord,
  type SealedRecords,
  type SealedRecordsListing,
} from './sealed-records.ts';
export { VaultError, type VaultErrorCode } from './vault-error.ts';

/** What keys are stored, for the privacy page. Nothing of it is secret. */
export interface VaultInventory {
  /** The data key's random id, in hexadecimal. */
  readonly keyId: string;
  readonly createdAt: EpochMs;
  /** Null when there is no device key. */
  readonly deviceKeyCreatedAt: EpochMs | null;
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
  /** Makes or loads the key. When several contexts do this at once, one key wins in all of them. */
  prepare(): Promise<void>;
  /**
   * Wipes the data key and the device key: whatever was sealed can never be opened again. What is
   * sealed afterwards is sealed by a new key. Another context that holds the open key keeps it
   * until it ends, so only the worker may hold a vault.
   */
  destroy(): Promise<void>;
  /** Null when there is no key. */
  inventory(): Promise<VaultInventory | null>;
}

/** Builds the vault of this context. `crypto` is the browser's own unless given. */
export function createVault(parts: {
  readonly keys: KeyStore;
  readonly random: Random;
  readonly clock: Clock;
  readonly crypto?: Pick<Crypto, 'subtle'>;
}): Vault {
  const { keys, random } = parts;
  const subtle = (parts.crypto ?? globalThis.crypto).subtle;
  const keyring = createKeyring({ ...parts, subtle });

  return {
    async seal(label, clear) {
      const boundLabel = encodeLabel(label);
      const dataKey = await keyring.forSealing();
      const header = recordHeader(dataKey.id);
      const iv = random.bytes(NONCE_BYTES);
      const gcm = { name: 'AES-GCM', iv, additionalData: joined(header, boundLabel) };
      const body = await orVaultError('storage', () =>
        subtle.encrypt(gcm, dataKey.key, unshared(clear)),
      );
      return joined(header, iv, new Uint8Array(body));
    },
    async open(label, sealed) {
      const boundLabel = encodeLabel(label);
      const record = splitRecord(unshared(sealed));
      const dataKey = await keyring.forOpening();
      if (!sameBytes(record.keyId, dataKey.id)) {
        const foreign = await orVaultError('storage', () => isKeyId(record.keyId, subtle));
        throw new VaultError(foreign ? 'wrong-key' : 'corrupt');
      }
      const additionalData = joined(record.header, boundLabel);
      const gcm = { name: 'AES-GCM', iv: record.nonce, additionalData };
      const clear = await orVaultError('corrupt', () =>
        subtle.decrypt(gcm, dataKey.key, record.body),
      );
      return new Uint8Array(clear);
    },
    async prepare() {
      await keyring.forSealing();
    },
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
