/**
 * A clock that moves only when it is told to, for tests of everything that takes a `Clock`.
 *
 * `advance` wakes the sleepers that come due, one after the other in the order of their times, and
 * lets the work that each one wakes go as far as it can before the next. Work that waits for
 * something other than this clock or the event loop (real files, WebCrypto's threads) is waited for
 * with `untilAsleep`, which needs no guess about how long that takes.
 */
import type { Clock, EpochMs } from '../../utils/platform/platform.ts';

/** A clock in the test's hand. */
export interface FakeClock extends Clock {
  /** Moves the time on by `ms`, waking in order whoever was to be woken by then. */
  advance(ms: number): Promise<void>;
  /** Moves the time without waking anyone, like a machine that slept. The next `advance` wakes them. */
  jump(ms: number): void;
  /** When the next sleeper is due; null when nobody sleeps. */
  nextWakeAt(): EpochMs | null;
  /** How many sleep now. */
  sleeping(): number;
  /** Resolves as soon as at least `count` sleep. */
  untilAsleep(count: number): Promise<void>;
}

interface Sleeper {
  readonly wakeAt: EpochMs;
  readonly order: number;
  readonly wake: () => void;
}

/** Turns of the event loop that are given to whoever was woken, before the next one is. */
const TURNS_PER_WAKE = 10;

/** A clock that stands at `startAt` until it is moved. */
export function createFakeClock(startAt: EpochMs = Date.UTC(2026, 0, 5, 9)): FakeClock {
  let now = startAt;
  let order = 0;
  const sleepers = new Set<Sleeper>();
  const watchers = new Set<() => void>();

  const next = (): Sleeper | null =>
    [...sleepers].sort((a, b) => a.wakeAt - b.wakeAt || a.order - b.order)[0] ?? null;

  const sleep = (delayMs: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const wake = (): void => {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { wakeAt: now + Math.max(0, delayMs), order: order++, wake };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', wake);
      for (const watcher of [...watchers]) watcher();
    });

  return {
    now: () => now,
    sleep,
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let due = next(); due !== null && due.wakeAt <= until; due = next()) {
        now = Math.max(now, due.wakeAt);
        due.wake();
        await settle();
      }
      now = Math.max(now, until);
    },
    jump: (ms) => {
      now += ms;
    },
    nextWakeAt: () => next()?.wakeAt ?? null,
    sleeping: () => sleepers.size,
    untilAsleep: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (sleepers.size < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS_PER_WAKE; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
