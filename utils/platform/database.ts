import {
  openDB,
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type OpenDBCallbacks,
  type StoreNames,
} from 'idb';
import { createRoomOnDisk } from './room-on-disk.ts';

/** An IndexedDB database that is opened when it is first needed, and again when the browser closed it. */
export interface Database<S extends DBSchema> {
  /**
   * Runs `work` on an open connection and resolves to its result. When the browser has closed the
   * connection meanwhile, it is opened again and `work` runs once more: so `work` is one
   * transaction, which cannot have begun on a closed connection.
   * @throws whatever IndexedDB rejects with (a DOMException); the next call tries anew.
   */
  run<T>(work: (connection: IDBPDatabase<S>) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction over `stores` and resolves when it is through: on the disk, if it
   * is `strict`. When it fails it leaves nothing.
   * @throws what `run` does; a DOMException `QuotaExceededError`, and nothing is begun, when the
   *   disk is nearly full.
   */
  write<Names extends readonly StoreNames<S>[], T>(
    plan: {
      readonly stores: Names;
      readonly durability: 'strict' | 'relaxed';
      /** All that the browser keeps for us goes, not this database alone: done on a full disk as well. */
      readonly emptying?: boolean;
    },
    work: (transaction: IDBPTransaction<S, Names, 'readwrite'>) => Promise<T>,
  ): Promise<T>;
}

/**
 * A transaction that reads. When the browser ends it, the requests in it fail and tell; its own
 * `done` would be nobody's rejection.
 */
export function reading<S extends DBSchema, Name extends StoreNames<S>>(
  connection: IDBPDatabase<S>,
  ...stores: Name[]
): IDBPTransaction<S, Name[]> {
  const transaction = connection.transaction<Name[]>(stores);
  transaction.done.catch(() => undefined);
  return transaction;
}

/** Names a database and builds its stores; `upgrade` is called as in the package idb. */
export function createDatabase<S extends DBSchema>(plan: {
  readonly name: string;
  readonly version: number;
  readonly upgrade: NonNullable<OpenDBCallbacks<S>['upgrade']>;
}): Database<S> {
  const ifRoom = createRoomOnDisk('database');
  let opened: Promise<IDBPDatabase<S>> | null = null;
  function connection(): Promise<IDBPDatabase<S>> {
    if (opened) return opened;
    const opening = openDB<S>(plan.name, plan.version, {
      upgrade: plan.upgrade,
      // A newer version of ours, or a deletion, waits in another context until this one lets go.
      blocking: () => void opening.then((held) => held.close()).finally(forget),
      terminated: forget,
    });
    opened = opening;
    opening.catch(forget);
    function forget(): void {
      if (opened === opening) opened = null;
    }
    return opening;
  }

  async function run<T>(work: (connection: IDBPDatabase<S>) => Promise<T>): Promise<T> {
    const held = connection();
    try {
      return await work(await held);
    } catch (cause) {
      if (!isOfClosed(cause)) throw cause;
      if (opened === held) opened = null;
      return work(await connection());
    }
  }

  return {
    run,
    write({ stores, durability, emptying = false }, work) {
      const write = (): ReturnType<typeof work> =>
        run((held) => wholly(held.transaction(stores, 'readwrite', { durability }), work));
      return emptying ? write() : ifRoom(write);
    },
  };
}

interface Ending {
  readonly done: Promise<void>;
  readonly error: DOMException | null;
  abort(): void;
}

/** All of it, or nothing. */
async function wholly<Transaction extends Ending, T>(
  transaction: Transaction,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  // Awaited below; this keeps its failure from being nobody's while `work` runs.
  transaction.done.catch(() => undefined);
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (error) {
    abandon(() => transaction.abort());
    // The transaction's own error says more than the request's that met its end (a full disk).
    throw transaction.error ?? error;
  }
}

/**
 * InvalidStateError is what a closed connection answers to a new transaction (Indexed Database
 * API 3.0, IDBDatabase.transaction, step 2: the close pending flag), and a finished transaction to abort().
 */
function isOfClosed(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'InvalidStateError';
}

function abandon(abort: () => void): void {
  try {
    abort();
  } catch (error) {
    // It has ended already: there is nothing to abandon.
    if (!isOfClosed(error)) throw error;
  }
}
