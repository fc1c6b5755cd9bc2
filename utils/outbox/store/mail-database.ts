import type { DBSchema, IDBPDatabase, IDBPObjectStore } from 'idb';
import { createDatabase, type Database, type EpochMs } from '../../platform/platform.ts';
import type { BatchRecord } from '../batches/batch-record.ts';
import type { FileRecord } from '../files/file-record.ts';
import { placed, type PlacedRecord } from './mail-groups.ts';
import { readRecord } from './mail-record.ts';
import { orOutboxError } from '../outbox-error.ts';
import type { Pace } from '../delivery/pace.ts';

type Sealed = Uint8Array<ArrayBuffer>;

interface MailSchema extends DBSchema {
  mails: {
    key: string;
    value: PlacedRecord;
    indexes: {
      account: string;
      lane: string;
      'lane-due': [string, number];
      'lane-state': [string, string];
      'lane-schedule': [string, number];
      'sent-at': number;
      batch: string;
      'batch-state': [string, string];
      place: [string, number];
    };
  };
  contents: { key: string; value: Sealed };
  holds: { key: string; value: { readonly lane: string; readonly until: EpochMs } };
  paces: { key: string; value: Pace & { readonly lane: string } };
  files: { key: string; value: FileRecord; indexes: { mail: string } };
  /** By the file's id and the piece's index. */
  pieces: { key: [string, number]; value: Sealed };
  batches: { key: string; value: BatchRecord; indexes: { account: string } };
}

const TABLES = ['mails', 'contents', 'holds', 'paces', 'files', 'pieces', 'batches'] as const;
const WRITE = { stores: TABLES, durability: 'strict' } as const;
type TableName = (typeof TABLES)[number];
type Writable<Name extends TableName> = IDBPObjectStore<
  MailSchema,
  typeof TABLES,
  Name,
  'readwrite'
>;

/** The tables, open for reading. */
export type MailTables = IDBPDatabase<MailSchema>;

/** The tables inside one writing transaction. */
export interface WritableTables {
  readonly mails: Writable<'mails'>;
  readonly contents: Writable<'contents'>;
  readonly holds: Writable<'holds'>;
  readonly paces: Writable<'paces'>;
  readonly files: Writable<'files'>;
  readonly pieces: Writable<'pieces'>;
  readonly batches: Writable<'batches'>;
}

/** The database, opened when first needed. Every call rejects with OutboxError only. */
export interface MailDatabase {
  read<T>(work: (tables: MailTables) => Promise<T>): Promise<T>;
  /** One transaction over all tables; resolves when it is on the disk, and leaves nothing when it fails. */
  write<T>(work: (tables: WritableTables) => Promise<T>): Promise<T>;
  /** Everything goes, on a full disk as well. */
  empty(): Promise<void>;
}

/** Names the database and makes its tables when it is new. */
export function createMailDatabase(name: string): MailDatabase {
  const database = createDatabase<MailSchema>({
    name,
    version: 5,
    upgrade(...[connection, from, , transaction]) {
      // What older versions stored stays as it is.
      if (from < 1) createMailTables(connection);
      if (from < 2) createFileTables(connection);
      if (from < 3) createPaceTables(connection, transaction.objectStore('mails'));
      if (from < 4) createBatchTables(connection, transaction.objectStore('mails'));
      // A request that fails there ends the upgrade, and with it the opening, which tells.
      if (from < 5) createPlaces(transaction.objectStore('mails')).catch(() => undefined);
    },
  });
  return {
    read: (work) => orOutboxError(() => database.run(work)),
    write: (work) => orOutboxError(() => inTransaction(database, work)),
    empty: () =>
      orOutboxError(() =>
        database.write({ ...WRITE, emptying: true }, async (transaction) => {
          await Promise.all(TABLES.map((name) => transaction.objectStore(name).clear()));
        }),
      ),
  };
}

function createFileTables(connection: MailTables): void {
  connection.createObjectStore('files', { keyPath: 'id' }).createIndex('mail', 'mailId');
  connection.createObjectStore('pieces');
}

type MailsBeingUpgraded = IDBPObjectStore<MailSchema, TableName[], 'mails', 'versionchange'>;

/** The pace of accounts, and questions that need not read every mail. */
function createPaceTables(connection: MailTables, mails: MailsBeingUpgraded): void {
  mails.createIndex('lane-state', ['lane', 'state.kind']);
  mails.createIndex('lane-schedule', ['lane', 'schedule.at']);
  connection.createObjectStore('paces', { keyPath: 'lane' });
}

/** Mails without a batch are in neither of these indexes: null is no key. */
function createBatchTables(connection: MailTables, mails: MailsBeingUpgraded): void {
  mails.createIndex('batch', 'batchId');
  mails.createIndex('batch-state', ['batchId', 'state.kind']);
  connection.createObjectStore('batches', { keyPath: 'id' }).createIndex('account', 'accountId');
}

/** What can't be read gets no place, and is left as it is. */
async function createPlaces(mails: MailsBeingUpgraded): Promise<void> {
  mails.createIndex('place', ['place', 'updatedAt']);
  let cursor = await mails.openCursor();
  while (cursor) {
    const found = readRecord(cursor.value);
    if (found.readable) await cursor.update(placed(found.record));
    cursor = await cursor.continue();
  }
}

function createMailTables(connection: MailTables): void {
  const mails = connection.createObjectStore('mails', { keyPath: 'id' });
  mails.createIndex('account', 'accountId');
  mails.createIndex('lane', 'lane');
  mails.createIndex('lane-due', ['lane', 'dueAt']);
  mails.createIndex('sent-at', 'state.sentAt');
  connection.createObjectStore('contents');
  connection.createObjectStore('holds', { keyPath: 'lane' });
}

function inTransaction<T>(
  database: Database<MailSchema>,
  work: (tables: WritableTables) => Promise<T>,
): Promise<T> {
  return database.write(WRITE, (transaction) =>
    work({
      mails: transaction.objectStore('mails'),
      contents: transaction.objectStore('contents'),
      holds: transaction.objectStore('holds'),
      paces: transaction.objectStore('paces'),
      files: transaction.objectStore('files'),
      pieces: transaction.objectStore('pieces'),
      batches: transaction.objectStore('batches'),
    }),
  );
}
