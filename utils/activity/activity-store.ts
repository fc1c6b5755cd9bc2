import type { DBSchema, IDBPObjectStore } from 'idb';
import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { createDatabase, reading, type Database, type EpochMs } from '../platform/platform.ts';
import {
  callSchema,
  eventSchema,
  type RecordedCall,
  type RecordedEvent,
} from './activity-schema.ts';

/** One thing to write down. */
export type ActivityRow =
  | { readonly kind: 'calls'; readonly value: RecordedCall }
  | { readonly kind: 'events'; readonly value: RecordedEvent };

/** Which rows: from `since` on, the newest `limit` of them. Both may be left out. */
export interface ActivityQuery {
  readonly since?: EpochMs;
  readonly limit?: number;
}

/** What is stored of one kind, for the inventory. */
export interface ActivityStock {
  readonly kind: ActivityRow['kind'];
  readonly count: number;
  /** As JSON, roughly what the browser stores. */
  readonly sizeBytes: number;
  /** Null when there is none. */
  readonly oldestAt: EpochMs | null;
}

/** Rows in IndexedDB. Rejects with what IndexedDB rejects with. */
export interface ActivityStore {
  /** Adds rows in one transaction, and removes what is older than `keepSince`. */
  write(rows: readonly ActivityRow[], keepSince: EpochMs): Promise<void>;
  /** Newest first. A row that can't be read is left out. */
  calls(query: ActivityQuery): Promise<readonly RecordedCall[]>;
  events(query: ActivityQuery): Promise<readonly RecordedEvent[]>;
  inventory(): Promise<readonly ActivityStock[]>;
  forgetAccount(accountId: string): Promise<void>;
  clear(): Promise<void>;
  /** The same on a full disk as well. */
  erase(): Promise<void>;
}

interface Stored {
  key: number;
  value: unknown;
  indexes: { at: EpochMs; accountId: string };
}

interface ActivityDatabase extends DBSchema {
  calls: Stored;
  events: Stored;
}

type Kind = ActivityRow['kind'];
type Store = IDBPObjectStore<ActivityDatabase, readonly Kind[], Kind, 'readwrite'>;

const KINDS = ['calls', 'events'] as const;

/** The log loses nothing that matters when the machine loses power: no waiting for the disk. */
const WRITE = { stores: KINDS, durability: 'relaxed' } as const;

const datedSchema = once(() => z.object({ at: z.number() }));

/** Builds the store. Nothing is opened before the first call. */
export function createActivityStore(databaseName: string): ActivityStore {
  const database = createDatabase<ActivityDatabase>({
    name: databaseName,
    version: 1,
    upgrade(connection) {
      for (const store of [
        connection.createObjectStore('calls', { autoIncrement: true }),
        connection.createObjectStore('events', { autoIncrement: true }),
      ]) {
        store.createIndex('at', 'at');
        store.createIndex('accountId', 'accountId');
      }
    },
  });

  /** One transaction over everything, resolved when it is through. */
  const change = (work: (store: Store) => Promise<unknown>, rows: readonly ActivityRow[] = []) =>
    database.write(WRITE, async (transaction) => {
      await Promise.all([
        ...rows.map(({ kind, value }) => transaction.objectStore(kind).add(value)),
        ...KINDS.map((kind) => work(transaction.objectStore(kind))),
      ]);
    });

  return {
    write: (rows, keepSince) =>
      change(async (store) => {
        const tooOld = IDBKeyRange.upperBound(keepSince, true);
        await removeRows(store, await store.index('at').getAllKeys(tooOld));
      }, rows),
    calls: async (query) => readable(callSchema(), await newest(database, 'calls', query)),
    events: async (query) => readable(eventSchema(), await newest(database, 'events', query)),
    inventory: () => Promise.all(KINDS.map((kind) => stockOf(database, kind))),
    forgetAccount: (accountId) =>
      change(async (store) =>
        removeRows(store, await store.index('accountId').getAllKeys(accountId)),
      ),
    clear: () => change((store) => store.clear()),
    erase: () =>
      database.write({ ...WRITE, emptying: true }, async (transaction) => {
        await Promise.all(KINDS.map((kind) => transaction.objectStore(kind).clear()));
      }),
  };
}

async function removeRows(store: Store, keys: readonly number[]): Promise<void> {
  await Promise.all(keys.map((key) => store.delete(key)));
}

function newest(
  database: Database<ActivityDatabase>,
  kind: Kind,
  { since, limit }: ActivityQuery,
): Promise<readonly unknown[]> {
  return database.run(async (connection) => {
    const index = reading(connection, kind).objectStore(kind).index('at');
    let range = since === undefined ? null : IDBKeyRange.lowerBound(since);
    if (limit !== undefined) {
      // Skips from the newest to the last one that is wanted, so that no other is read.
      const first = await index.openKeyCursor(range, 'prev');
      const last = limit > 1 ? await first?.advance(limit - 1) : first;
      if (last) range = IDBKeyRange.lowerBound(last.key);
    }
    const rows = await index.getAll(range);
    return rows.reverse().slice(0, limit);
  });
}

function readable<S extends z.ZodMiniType>(schema: S, rows: readonly unknown[]): z.output<S>[] {
  return rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}

function stockOf(database: Database<ActivityDatabase>, kind: Kind): Promise<ActivityStock> {
  return database.run(async (connection) => {
    const rows = await connection.getAllFromIndex(kind, 'at');
    const oldest = datedSchema().safeParse(rows[0]);
    return {
      kind,
      count: rows.length,
      sizeBytes: rows.reduce<number>((sum, row) => sum + JSON.stringify(row).length, 0),
      oldestAt: oldest.success ? oldest.data.at : null,
    };
  });
}
