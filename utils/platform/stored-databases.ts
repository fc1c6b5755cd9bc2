/** One object store of IndexedDB as it is now. */
export interface StoreCount {
  readonly database: string;
  readonly store: string;
  readonly count: number;
}

/**
 * Every database of this origin that is there, whoever made it, looked at from outside of the rooms
 * that keep them.
 */
export interface StoredDatabases {
  /** Counts the rows of every object store. Makes no database and changes none. */
  count(): Promise<readonly StoreCount[]>;
  /** Removes every row of one object store. */
  empty(database: string, store: string): Promise<void>;
}

/** The databases of this context's origin. Both methods reject with what IndexedDB rejects with. */
export function createStoredDatabases(factory: IDBFactory): StoredDatabases {
  return {
    async count() {
      const found = await factory.databases();
      const names = found.flatMap(({ name }) => name ?? []).sort();
      return (await Promise.all(names.map((name) => countedStores(factory, name)))).flat();
    },
    empty: (database, store) =>
      opened(factory, database, async (connection) => {
        const transaction = connection.transaction(store, 'readwrite');
        await answerOf(transaction.objectStore(store).clear());
      }),
  };
}

function countedStores(factory: IDBFactory, name: string): Promise<readonly StoreCount[]> {
  return opened(factory, name, (connection) =>
    Promise.all(
      [...connection.objectStoreNames].map(async (store) => ({
        database: name,
        store,
        count: await answerOf(connection.transaction(store).objectStore(store).count()),
      })),
    ),
  );
}

/** Opens without a version, so that whatever is there stays as it is, and lets go at once. */
async function opened<T>(
  factory: IDBFactory,
  name: string,
  work: (connection: IDBDatabase) => Promise<T>,
): Promise<T> {
  const connection = await answerOf(factory.open(name));
  try {
    return await work(connection);
  } finally {
    connection.close();
  }
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('', 'UnknownError'));
  });
}
