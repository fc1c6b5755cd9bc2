import browser from 'webextension-polyfill';
import { createJointReads } from './joint-reads.ts';
import type { StorageArea } from './platform.ts';
import { createRoomOnDisk } from './room-on-disk.ts';

/**
 * Closes storage.local to content scripts, ours included, where the browser can (Chromium 140,
 * `storage.StorageArea.setAccessLevel`). To be called at each worker start.
 */
export async function closeToContentScripts(): Promise<void> {
  const area: object = browser.storage.local;
  if (!('setAccessLevel' in area) || typeof area.setAccessLevel !== 'function') return;
  await Reflect.apply(area.setAccessLevel, area, [{ accessLevel: 'TRUSTED_CONTEXTS' }]);
}

/** A storage area whose content can be asked for before anybody wants it. */
export interface BrowserStorageArea extends StorageArea {
  /** See `JointReads`. */
  readAhead(forMs: number): void;
}

/** One of the browser's storage areas. What is read in one turn is asked for at once. */
export function createStorageArea(name: 'local' | 'session' | 'sync'): BrowserStorageArea {
  const area = browser.storage[name];
  const ifRoom = createRoomOnDisk('storageLocal');
  const { read, behindReads, readAhead } = createJointReads((keys) => area.get(keys && [...keys]));
  // A set of local asks for room first: what was asked for after it must not come before it.
  let written: Promise<unknown> = Promise.resolve();
  const inTurn = (write: () => Promise<void>): Promise<void> => {
    if (name !== 'local') return behindReads(write);
    const mine = written.then(() => behindReads(write));
    written = mine.catch(() => undefined);
    return mine;
  };
  return {
    async get(key) {
      const found = await read(key);
      return found[key] ?? null;
    },
    set: (key, value) => {
      const write = (): Promise<void> => area.set({ [key]: value });
      return inTurn(name === 'local' ? () => ifRoom(write) : write);
    },
    remove: (key) => inTurn(() => area.remove(key)),
    async entries() {
      return new Map(Object.entries(await read(null)));
    },
    clear: () => inTurn(() => area.clear()),
    readAhead,
  };
}
