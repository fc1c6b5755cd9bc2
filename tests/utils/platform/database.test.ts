import 'fake-indexeddb/auto';
import { deleteDB, openDB, type DBSchema } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeAsBrowser } from '../../harness/close-database.ts';
import { createDatabase } from '../../../utils/platform/platform.ts';

interface Shelf extends DBSchema {
  books: { key: string; value: string };
}

function shelf(name: string) {
  return createDatabase<Shelf>({
    name,
    version: 1,
    upgrade: (database) => void database.createObjectStore('books'),
  });
}

describe('a database', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is not opened before it is needed', async () => {
    const open = vi.spyOn(indexedDB, 'open');
    const database = shelf('lazy');
    expect(open).not.toHaveBeenCalled();
    await database.run((connection) => connection.put('books', 'a', 'one'));
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('is opened once by calls that come together', async () => {
    const open = vi.spyOn(indexedDB, 'open');
    const database = shelf('together');
    await Promise.all([
      database.run((connection) => connection.put('books', 'a', 'one')),
      database.run((connection) => connection.put('books', 'b', 'two')),
    ]);
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('is opened again after the browser closed it, and the work is done once', async () => {
    const database = shelf('closed');
    await database.run((connection) => connection.put('books', 'a', 'one'));
    await database.run((connection) => {
      closeAsBrowser(connection);
      return Promise.resolve();
    });
    await database.run((connection) => connection.add('books', 'b', 'two'));
    await expect(database.run((connection) => connection.getAll('books'))).resolves.toEqual([
      'a',
      'b',
    ]);
  });

  it('is opened again when the connection was closed without a word', async () => {
    const database = shelf('silent');
    await database.run((connection) => {
      connection.close();
      return Promise.resolve();
    });
    await database.run((connection) => connection.add('books', 'a', 'one'));
    await expect(database.run((connection) => connection.getAll('books'))).resolves.toEqual(['a']);
  });

  it('does not run work again that failed for another reason', async () => {
    const database = shelf('failing');
    await database.run((connection) => connection.add('books', 'a', 'one'));
    const work = vi.fn<() => Promise<never>>(() =>
      Promise.reject(new DOMException('full', 'QuotaExceededError')),
    );
    await expect(database.run(work)).rejects.toThrow('full');
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('gives up when it is closed a second time', async () => {
    const database = shelf('stubborn');
    const work = vi.fn<() => Promise<never>>(() =>
      Promise.reject(new DOMException('closed', 'InvalidStateError')),
    );
    await expect(database.run(work)).rejects.toThrow('closed');
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('tries anew after it could not be opened', async () => {
    const database = shelf('refused');
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('no room', 'UnknownError');
    });
    await expect(database.run((connection) => connection.getAll('books'))).rejects.toThrow(
      'no room',
    );
    await expect(database.run((connection) => connection.getAll('books'))).resolves.toEqual([]);
  });

  it('lets another context delete or upgrade it, and comes back', async () => {
    const database = shelf('moving');
    await database.run((connection) => connection.put('books', 'a', 'one'));
    await deleteDB('moving');
    await expect(database.run((connection) => connection.getAll('books'))).resolves.toEqual([]);
    const newer = await openDB('moving', 2);
    newer.close();
    await expect(database.run((connection) => connection.getAll('books'))).rejects.toMatchObject({
      name: 'VersionError',
    });
  });

  it('begins nothing on a full disk, but lets everything go', async () => {
    const before = shelf('full');
    const plan = { stores: ['books'], durability: 'strict' } as const;
    await before.write(plan, (transaction) => transaction.objectStore('books').put('a', 'one'));
    const database = shelf('full');
    const estimate = () => Promise.resolve({ quota: 5_000, usage: 4_000 });
    vi.stubGlobal('navigator', { storage: { estimate } });
    const adding = database.write(plan, (transaction) =>
      transaction.objectStore('books').put('b', 'two'),
    );
    await expect(adding).rejects.toMatchObject({ name: 'QuotaExceededError' });
    await database.write({ ...plan, emptying: true }, (transaction) =>
      transaction.objectStore('books').clear(),
    );
    vi.unstubAllGlobals();
    await expect(database.run((connection) => connection.getAll('books'))).resolves.toEqual([]);
  });
});
