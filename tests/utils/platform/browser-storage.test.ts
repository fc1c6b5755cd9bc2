import { afterEach, describe, expect, it, vi } from 'vitest';
import { createStorageArea } from '../../../utils/platform/browser-storage.ts';

const { local, stored } = vi.hoisted(() => {
  const stored = new Map<string, unknown>();
  const local = {
    get: () => Promise.resolve(Object.fromEntries(stored)),
    set: (items: Record<string, unknown>) => {
      for (const [key, value] of Object.entries(items)) stored.set(key, value);
      return Promise.resolve();
    },
    remove: (key: string) => Promise.resolve(void stored.delete(key)),
    clear: () => {
      stored.clear();
      return Promise.resolve();
    },
  };
  return { local, stored };
});
vi.mock('webextension-polyfill', () => ({ default: { storage: { local } } }));

/** A browser that takes its time to say how much is free. */
function slowDisk(freeBytes: number): void {
  const estimate = async () => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    return { quota: freeBytes + 1, usage: 1 };
  };
  vi.stubGlobal('navigator', { storage: { estimate } });
}

afterEach(() => {
  stored.clear();
  vi.unstubAllGlobals();
});

describe('storage.local', () => {
  it('wipes what was stored just before, also while that still asked for room', async () => {
    slowDisk(1e9);
    const area = createStorageArea('local');
    await Promise.all([area.set('token', 1), area.remove('token')]);
    expect(stored.size).toBe(0);
    await Promise.all([area.set('token', 2), area.clear()]);
    expect(stored.size).toBe(0);
  });

  it('keeps the last of two writes, and goes on after one that was refused', async () => {
    slowDisk(1e9);
    const area = createStorageArea('local');
    await Promise.all([area.set('a', 1), area.set('a', 2)]);
    expect(stored.get('a')).toBe(2);
    slowDisk(5);
    const refused = area.set('a', 3);
    const removed = area.remove('a');
    await expect(refused).rejects.toMatchObject({ name: 'QuotaExceededError' });
    await removed;
    expect(stored.size).toBe(0);
  });
});
