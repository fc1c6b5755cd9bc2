import type { EpochMs } from '../../platform/platform.ts';

/**
 * How fast an account may send: a bucket with as many tokens as the provider takes mails in a
 * minute. A start takes one, which comes back WINDOW_MS later. It is stored, and taken in the
 * transaction that stores `sending`, so the limit holds across workers and contexts. Pure.
 */

/**
 * A little over a minute: what leaves here a minute apart may arrive closer together, since one
 * request can be slower than the next. 60 in 61 seconds are 98 % of 60 a minute.
 */
const WINDOW_MS = 61_000;

/** The bucket of one account, as stored. */
export interface Pace {
  readonly sendsPerMinute: number;
  /** The starts of the last minute, oldest first. */
  readonly startedAt: readonly EpochMs[];
}

/** When the next mail may start: `now`, or later. */
export function readyAt({ sendsPerMinute, startedAt }: Pace, now: EpochMs): EpochMs {
  const recent = inWindow(startedAt, now);
  const oldestThatCounts = recent.at(-Math.max(1, Math.floor(sendsPerMinute)));
  return oldestThatCounts === undefined ? now : oldestThatCounts + WINDOW_MS;
}

/** The bucket after a start now; null when there is no token. */
export function withStart(pace: Pace, now: EpochMs): Pace | null {
  if (readyAt(pace, now) > now) return null;
  return { ...pace, startedAt: [...inWindow(pace.startedAt, now), now] };
}

/**
 * A start in the future is from before the clock went back, and is forgotten: nobody knows how long
 * ago it was. At worst the provider asks for a pause once.
 */
function inWindow(startedAt: readonly EpochMs[], now: EpochMs): readonly EpochMs[] {
  return startedAt.filter((at) => at <= now && at > now - WINDOW_MS);
}
