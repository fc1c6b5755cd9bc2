import { forceCloseDatabase } from 'fake-indexeddb';
import { unwrap, type DBSchema, type IDBPDatabase } from 'idb';

/** Closes a connection the way a browser does that runs out of disk or has its data cleared. */
export function closeAsBrowser<S extends DBSchema>(connection: IDBPDatabase<S>): void {
  // fake-indexeddb 6.2.8 declares the parameter as the class, and takes an instance of it.
  forceCloseDatabase(unwrap(connection) as unknown as typeof IDBDatabase);
}
