import browser from 'webextension-polyfill';
import type { StorageArea } from './platform.ts';
import { ifRoomOnDisk } from './room-on-disk.ts';

/**
 * Closes storage.local to content scripts, ours included, where the browser can (Chromium 140,
 * `storage.StorageArea.setAccessLevel`). To be called at each worker start.
 */
export async function closeToContentScripts(): Promise<void> {
  const area: object = browser.storage.local;
  if (!('setAccessLevel' in area) || typeof area.setAccessLevel !== 'function') return;
  await Reflect.apply(area.setAccessLevel, area, [{ accessLevel: 'TRUSTED_CONTEXTS' }]);
}

/** One of the browser's storage areas, one key at a time. */
export function createStorageArea(name: 'local' | 'session' | 'sync'): StorageArea {
  const area = browser.storage[name];
  return {
    async get(key) {
      const found = await area.get(key);
      return found[key] ?? null;
    },
    set: (key, value) => {
      const write = (): Promise<void> => area.set({ [key]: value });
      return name === 'local' ? ifRoomOnDisk('storageLocal', write) : write();
    },
    remove: (key) => area.remove(key),
    async entries() {
      return new Map(Object.entries(await area.get(null)));
    },
    clear: () => area.clear(),
  };
}
