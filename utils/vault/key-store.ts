import type { DBSchema } from 'idb';
import { createDatabase, type EpochMs } from '../platform/platform.ts';
import { sameBytes, type Bytes } from './byte-layout.ts';
import { orVaultError, VaultError } from './vault-error.ts';

/** The key that lives and stays in this browser profile. */
export interface DeviceKey {
  /** Names it in the wraps that it made. */
  readonly id: Bytes;
  readonly createdAt: EpochMs;
  /** AES-256-GCM, not extractable, for wrapping and unwrapping only. */
  readonly key: CryptoKey;
}

/** All keys there are. They are stored, replaced and wiped together. */
export interface StoredKeys {
  /** Null when only a passphrase or a passkey opens the envelope. */
  readonly deviceKey: DeviceKey | null;
  /** See envelope.ts. */
  readonly envelope: Bytes;
  /**
   * Data keys of before, each a record sealed by the data key of now: what is not sealed anew yet
   * still opens. Empty but for the time of a change.
   */
  readonly retired: readonly Bytes[];
}

/** Where the keys lie. Rejects with VaultError. */
export interface KeyStore {
  /** Null when no key was ever made, or all were wiped. */
  read(): Promise<StoredKeys | null>;
  /**
   * Stores `candidate` unless there are keys already, in one transaction, and resolves to those
   * that are stored after it: of several contexts that do this at once all get the same.
   */
  createIfAbsent(candidate: StoredKeys): Promise<StoredKeys>;
  /**
   * Stores `next` in place of `before`, in one transaction: after it one of the two is there, whole.
   * False, and nothing is changed, when something else is stored than `before`.
   */
  replace(before: StoredKeys, next: StoredKeys): Promise<boolean>;
  /** Removes every key. */
  clear(): Promise<void>;
}

interface KeyDatabase extends DBSchema {
  keys: { key: string; value: unknown };
}

const ROW = 'current';
const ROW_FORMAT = 1;

const WRITE = { stores: ['keys'], durability: 'strict' } as const;

/** Keys in IndexedDB, which content scripts can't see; each write waits for the disk (`strict`). */
export function createKeyStore(options: { readonly databaseName?: string } = {}): KeyStore {
  const database = createDatabase<KeyDatabase>({
    name: options.databaseName ?? 'vault',
    version: 1,
    upgrade: (connection) => void connection.createObjectStore('keys'),
  });

  return {
    async read() {
      const row = await orVaultError('storage', () =>
        database.run((connection) => connection.get('keys', ROW)),
      );
      return row === undefined ? null : parseRow(row);
    },
    async createIfAbsent(candidate) {
      const stored = await orVaultError('storage', () =>
        database.write(WRITE, async (transaction) => {
          const keys = transaction.objectStore('keys');
          const existing = await keys.get(ROW);
          const row = existing ?? { format: ROW_FORMAT, ...candidate };
          if (existing === undefined) await keys.add(row, ROW);
          return row;
        }),
      );
      return parseRow(stored);
    },
    replace: (before, next) =>
      orVaultError('storage', () =>
        database.write(WRITE, async (transaction) => {
          const keys = transaction.objectStore('keys');
          const found = keysOfRow(await keys.get(ROW));
          const same = found !== null && sameKeys(found, before);
          if (same) await keys.put({ format: ROW_FORMAT, ...next }, ROW);
          return same;
        }),
      ),
    async clear() {
      await orVaultError('storage', () =>
        database.write({ ...WRITE, emptying: true }, (transaction) =>
          transaction.objectStore('keys').clear(),
        ),
      );
    },
  };
}

/** An envelope is never made twice with the same bytes; what is retired changes beside it. */
function sameKeys(a: Omit<StoredKeys, 'deviceKey'>, b: Omit<StoredKeys, 'deviceKey'>): boolean {
  return (
    sameBytes(a.envelope, b.envelope) &&
    a.retired.length === b.retired.length &&
    a.retired.every((key, at) => sameBytes(key, b.retired[at] ?? new Uint8Array()))
  );
}

function parseRow(row: unknown): StoredKeys {
  const keys = keysOfRow(row);
  if (keys) return keys;
  throw new VaultError(isNewer(row) ? 'unsupported-version' : 'corrupt');
}

/** Null when it is not as it is written. Without a schema: almost every start of the worker reads it. */
function keysOfRow(row: unknown): StoredKeys | null {
  if (!isRow(row) || row['format'] !== ROW_FORMAT) return null;
  // Versions from before the lock did not write `retired`.
  const { deviceKey, envelope, retired = [] } = row;
  if (!isBytes(envelope) || !Array.isArray(retired) || !retired.every(isBytes)) return null;
  if (deviceKey === null) return { deviceKey, envelope, retired };
  if (!isRow(deviceKey)) return null;
  const { id, createdAt, key } = deviceKey;
  if (!isBytes(id) || !Number.isFinite(createdAt) || !(key instanceof CryptoKey)) return null;
  return { deviceKey: { id, createdAt: Number(createdAt), key }, envelope, retired };
}

function isNewer(row: unknown): boolean {
  return isRow(row) && typeof row['format'] === 'number' && row['format'] > ROW_FORMAT;
}

function isRow(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isBytes(value: unknown): value is Bytes {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}
