import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRoomOnDisk } from '../../../utils/platform/room-on-disk.ts';

const MB = 1024 * 1024;

function diskWith(freeBytes: number): void {
  const estimate = () => Promise.resolve({ quota: freeBytes + 5 * MB, usage: 5 * MB });
  vi.stubGlobal('navigator', { storage: { estimate } });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a disk that is nearly full', () => {
  it.each([
    ['database', 17, true],
    ['database', 15, false],
    ['storageLocal', 15, true],
    ['storageLocal', 0.5, false],
  ] as const)('lets %s begin with %d MB free: %s', async (reserve, freeMb, begins) => {
    diskWith(freeMb * MB);
    const write = vi.fn(() => Promise.resolve('written'));
    const answer = createRoomOnDisk(reserve)(write);
    if (begins) await expect(answer).resolves.toBe('written');
    else await expect(answer).rejects.toMatchObject({ name: 'QuotaExceededError' });
    expect(write).toHaveBeenCalledTimes(begins ? 1 : 0);
  });
});

describe('a disk with plenty of room', () => {
  it('is not asked about at each write, and is asked about again', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const estimate = vi.fn(() => Promise.resolve({ quota: 9e9, usage: 0 }));
    vi.stubGlobal('navigator', { storage: { estimate } });
    const ifRoom = createRoomOnDisk('database');
    for (let write = 0; write < 3; write += 1) await ifRoom(() => Promise.resolve());
    expect(estimate).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(10_000);
    estimate.mockResolvedValue({ quota: 5, usage: 0 });
    await expect(ifRoom(() => Promise.resolve())).rejects.toThrow('nearly full');
    vi.useRealTimers();
  });
});

describe('a browser that does not say what is free', () => {
  it.each([
    ['knows no storage manager', {}],
    ['fails', { storage: { estimate: () => Promise.reject(new Error('no')) } }],
    ['says nothing', { storage: { estimate: () => Promise.resolve({}) } }],
    ['gives no quota', { storage: { estimate: () => Promise.resolve({ quota: 0, usage: 9 }) } }],
  ])('stands in no way when it %s', async (_title, navigator) => {
    vi.stubGlobal('navigator', navigator);
    await expect(createRoomOnDisk('database')(() => Promise.resolve(7))).resolves.toBe(7);
  });
});
