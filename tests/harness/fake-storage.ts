import type { StorageArea } from '../../utils/platform/platform.ts';

/** What can be made to fail. */
export type StorageOperation = 'get' | 'set' | 'remove' | 'entries' | 'clear';

/** A storage area in memory. Like the browser's it keeps JSON: what goes in comes out as a copy. */
export interface FakeStorageArea extends StorageArea {
  /** What is stored, as JSON text by key: to be looked at, and damaged, by a test. */
  readonly stored: Map<string, string>;
  /** Makes the next call of this operation reject, without an effect. */
  failNext(operation: StorageOperation, error?: Error): void;
  /** Makes every call of this operation reject, until `heal`. */
  failAlways(operation: StorageOperation, error?: Error): void;
  heal(): void;
}

/** An empty storage area; `initial` is put in as it is. */
export function createFakeStorageArea(
  initial: Readonly<Record<string, unknown>> = {},
): FakeStorageArea {
  const stored = new Map(
    Object.entries(initial).map(([key, value]) => [key, JSON.stringify(value)]),
  );
  const once = new Map<StorageOperation, Error>();
  const always = new Map<StorageOperation, Error>();

  /** Every operation takes a turn, as in a browser: nothing is done within the call itself. */
  async function attempt<T>(operation: StorageOperation, act: () => T): Promise<T> {
    await Promise.resolve();
    const error = once.get(operation) ?? always.get(operation);
    once.delete(operation);
    if (error) throw error;
    return act();
  }

  const parse = (json: string | undefined): unknown =>
    json === undefined ? null : JSON.parse(json);

  return {
    stored,
    get: (key) => attempt('get', () => parse(stored.get(key))),
    set(key, value) {
      const json: unknown = JSON.stringify(value);
      if (typeof json !== 'string') return Promise.reject(new TypeError('not JSON'));
      return attempt('set', () => void stored.set(key, json));
    },
    remove: (key) => attempt('remove', () => void stored.delete(key)),
    entries: () =>
      attempt('entries', () => new Map([...stored].map(([key, json]) => [key, parse(json)]))),
    clear: () => attempt('clear', () => stored.clear()),
    failNext: (operation, error = storageFailure()) => void once.set(operation, error),
    failAlways: (operation, error = storageFailure()) => void always.set(operation, error),
    heal() {
      once.clear();
      always.clear();
    },
  };
}

function storageFailure(): Error {
  return new Error('the storage area refused');
}
