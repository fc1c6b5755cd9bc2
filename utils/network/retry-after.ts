import type { EpochMs } from '../platform/platform.ts';
import type { HttpAnswer } from './network.ts';

/** What `Retry-After` is taken to ask for at most. No limit of a provider lasts longer than a day: more is a mistake of somebody's. */
export const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/** How long `Retry-After` asks to wait (RFC 9110 section 10.2.3), a day at most; null where it does not say. */
export function retryAfterMs(answer: HttpAnswer, now: EpochMs): number | null {
  const header = answer.header('retry-after')?.trim() ?? '';
  // Whole seconds or a date; a fraction has been seen and is rounded up.
  if (/^\d+(\.\d+)?$/.test(header)) return cappedMs(Math.ceil(Number(header)) * 1000);
  // Date.parse makes a date of nearly everything, of "-5" too: only one that names its day counts.
  if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(header)) return null;
  return msUntil(Date.parse(header), answer, now);
}

/** How long until a moment that the server named, a day at most; null for none. */
export function msUntil(at: EpochMs, answer: HttpAnswer, now: EpochMs): number | null {
  if (Number.isNaN(at)) return null;
  // The server's date is compared with the server's clock, where that can be seen.
  const there = Date.parse(answer.header('date') ?? '');
  return cappedMs(at - (Number.isNaN(there) ? now : there));
}

function cappedMs(askedMs: number): number {
  return Math.min(Math.max(0, askedMs), LONGEST_WAIT_MS);
}
