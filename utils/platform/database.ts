import { openDB, type DBSchema, type IDBPDatabase, type OpenDBCallbacks } from 'idb';

/** An IndexedDB database that is opened when it is first needed, and again when the browser closed it. */
export interface Database<S extends DBSchema> {
  /**
   * Runs `work` on an open connection and resolves to its result. When the browser has closed the
   * connection meanwhile, it is opened again and `work` runs once more: so `work` is one
   * transaction, which cannot have begun on a closed connection.
   * @throws whatever IndexedDB rejects with (a DOMException); the next call tries anew.
   */
  run<T>(work: (connection: IDBPDatabase<S>) => Promise<T>): Promise<T>;
}

/** Names a database and builds its stores; `upgrade` is called as in the package idb. */
export function createDatabase<S extends DBSchema>(plan: {
  readonly name: string;
  readonly version: number;
  readonly upgrade: NonNullable<OpenDBCallbacks<S>['upgrade']>;
}): Database<S> {
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

  return {
    async run(work) {
      const held = connection();
      try {
        return await work(await held);
      } catch (cause) {
        // InvalidStateError is what a closed connection answers to a new transaction (Indexed
        // Database API 3.0, IDBDatabase.transaction, step 2: the close pending flag).
        if (!(cause instanceof DOMException) || cause.name !== 'InvalidStateError') throw cause;
        if (opened === held) opened = null;
        return work(await connection());
      }
    },
  };
}
