import browser from 'webextension-polyfill';
import type { StorageArea } from './platform.ts';

/** One of the browser's storage areas, one key at a time. */
export function createStorageArea(name: 'local' | 'session'): StorageArea {
  const area = browser.storage[name];
  return {
    async get(key) {
      const found = await area.get(key);
      return found[key] ?? null;
    },
    set: (key, value) => area.set({ [key]: value }),
    remove: (key) => area.remove(key),
    async entries() {
      return new Map(Object.entries(await area.get(null)));
    },
    clear: () => area.clear(),
  };
}
