import { afterEach, describe, expect, it, vi } from 'vitest';
import { createJointReads } from '../../../utils/platform/joint-reads.ts';

type Asked = readonly string[] | null;

/** An area that tells what it was asked for and what was done, in order. */
function openArea(stored: Record<string, unknown> = { a: 1, b: 2, c: 3 }) {
  const done: (Asked | string)[] = [];
  const reads = createJointReads((keys) => {
    done.push(keys);
    const entries = Object.entries(stored).filter(([key]) => keys?.includes(key) ?? true);
    return Promise.resolve(Object.fromEntries(entries));
  });
  const write = (value: number): Promise<void> =>
    reads.behindReads(() => {
      done.push(`write ${value}`);
      stored['a'] = value;
      return Promise.resolve();
    });
  return { ...reads, done, write };
}

describe('reads of one turn', () => {
  it('ask the browser once', async () => {
    const { read, done } = openArea();
    const [a, b] = await Promise.all([read('a'), read('b')]);
    expect([a['a'], b['b']]).toEqual([1, 2]);
    expect(done).toEqual([['a', 'b']]);
  });

  it('ask for all there is when one of them does, whichever comes first', async () => {
    const { read, done } = openArea();
    const [a, all] = await Promise.all([read('a'), read(null), read('b')]);
    expect(all).toEqual({ a: 1, b: 2, c: 3 });
    expect(a['a']).toBe(1);
    expect(done).toEqual([null]);
  });

  it('all fail when the browser fails, and the next ones ask again', async () => {
    let asked = 0;
    const { read } = createJointReads(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('disk')) : Promise.resolve({ a: 1 });
    });
    const outcomes = await Promise.allSettled([read('a'), read(null)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await read('a')).toEqual({ a: 1 });
  });

  it('fail, and do not throw past the reader, when the browser throws at once', async () => {
    const { read } = createJointReads(() => {
      throw new Error('gone');
    });
    await expect(read('a')).rejects.toThrow('gone');
  });
});

describe('a read', () => {
  it('sees what was written before it, also in the same turn', async () => {
    const { read, write } = openArea();
    const written = write(7);
    const found = await read('a');
    await written;
    expect(found['a']).toBe(7);
  });

  it('is not overtaken by a write that comes after it in the same turn', async () => {
    const { read, write, done } = openArea();
    const reading = read('a');
    await write(7);
    expect((await reading)['a']).toBe(1);
    expect(done).toEqual([['a'], 'write 7']);
  });

  it('of the next turn asks anew', async () => {
    const { read, write, done } = openArea();
    await read('a');
    await write(7);
    expect((await read('a'))['a']).toBe(7);
    expect(done).toEqual([['a'], 'write 7', ['a']]);
  });
});

describe('a read ahead', () => {
  afterEach(() => void vi.useRealTimers());

  it('answers whoever reads soon, with one question', async () => {
    const { read, readAhead, done } = openArea();
    readAhead(50);
    expect(done).toEqual([null]);
    expect((await read('a'))['a']).toBe(1);
    expect(await read(null)).toEqual({ a: 1, b: 2, c: 3 });
    expect(done).toEqual([null]);
  });

  it('is over with the next write, which it can not know of', async () => {
    const { read, readAhead, write, done } = openArea();
    readAhead(50);
    await write(7);
    expect((await read('a'))['a']).toBe(7);
    expect(done).toEqual([null, 'write 7', ['a']]);
  });

  it('is over after its time', async () => {
    vi.useFakeTimers();
    const { read, readAhead, done } = openArea();
    readAhead(50);
    vi.advanceTimersByTime(49);
    await read('a');
    expect(done).toEqual([null]);
    vi.advanceTimersByTime(1);
    await read('a');
    expect(done).toEqual([null, ['a']]);
  });

  it('that fails is nobody’s: whoever reads after it asks anew', async () => {
    let asked = 0;
    const { read, readAhead } = createJointReads(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('disk')) : Promise.resolve({ a: 1 });
    });
    readAhead(50);
    await vi.waitFor(() => expect(asked).toBe(1));
    await Promise.resolve();
    await Promise.resolve();
    expect(await read('a')).toEqual({ a: 1 });
  });
});
