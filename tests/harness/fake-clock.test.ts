import { describe, expect, test } from 'vitest';
import { createFakeClock } from './fake-clock.ts';

describe('fake clock', () => {
  test('stands still until it is told to move', async () => {
    const clock = createFakeClock(1_000);
    let woken = false;
    void clock.sleep(1).then(() => (woken = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect([clock.now(), woken]).toEqual([1_000, false]);
    await clock.advance(1);
    expect([clock.now(), woken]).toEqual([1_001, true]);
  });

  test('wakes in the order of times and lets each one sleep again before the next', async () => {
    const clock = createFakeClock(0);
    const seen: string[] = [];
    const ticker = async (): Promise<void> => {
      for (let tick = 0; tick < 3; tick++) {
        await clock.sleep(20);
        seen.push(`tick@${clock.now()}`);
      }
    };
    void ticker();
    void clock.sleep(50).then(() => seen.push(`once@${clock.now()}`));
    await clock.advance(60);
    expect(seen).toEqual(['tick@20', 'tick@40', 'once@50', 'tick@60']);
    expect(clock.sleeping()).toBe(0);
  });

  test('an abort wakes early and without an error, also when it came before', async () => {
    const clock = createFakeClock(0);
    const stop = new AbortController();
    const asleep = clock.sleep(1_000, stop.signal);
    stop.abort();
    await asleep;
    await clock.sleep(1_000, stop.signal);
    expect([clock.now(), clock.sleeping(), clock.nextWakeAt()]).toEqual([0, 0, null]);
  });

  test('a jump passes the time without waking, until the clock runs again', async () => {
    const clock = createFakeClock(0);
    let woken = false;
    void clock.sleep(10).then(() => (woken = true));
    clock.jump(500);
    expect([clock.now(), woken]).toEqual([500, false]);
    await clock.advance(0);
    expect([clock.now(), woken]).toEqual([500, true]);
  });

  test('tells when enough sleep', async () => {
    const clock = createFakeClock(0);
    const two = clock.untilAsleep(2);
    void clock.sleep(5);
    void clock.sleep(7);
    await two;
    expect([clock.sleeping(), clock.nextWakeAt()]).toEqual([2, 5]);
  });
});
