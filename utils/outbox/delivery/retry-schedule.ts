import type { WaitReason } from '../../providers/providers.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const FIRST_DELAY_MS = 30 * SECOND_MS;
const LONGEST_DELAY_MS = HOUR_MS;
const DAILY_LIMIT_DELAY_MS = HOUR_MS;
/** A provider that asks for more is asked again after this long all the same. */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR_MS;

/**
 * What became of a mail is asked after this long all the same, whatever an ailing server wants: a
 * question sends nothing, and its answer is what the person waits for.
 */
const LONGEST_DOUBT_MS = HOUR_MS;

/** What is known when the next try is planned. */
export interface Setback {
  /** How often it has failed so far; 1 after the first time. */
  readonly failures: number;
  readonly reason: WaitReason;
  /** What the provider asked for; null when it did not say. */
  readonly retryAfterMs: number | null;
}

/**
 * How long to wait before the next try: twice as long after each failure up to an hour, spread over
 * the upper half of that time so that many mails don't return at once. Never shorter than the
 * provider asked for, unless that is more than a day.
 *
 * @param fraction a random number in [0, 1)
 */
export function retryDelayMs(setback: Setback, fraction: number): number {
  const doublings = Math.min(Math.max(0, setback.failures - 1), 20);
  const first = setback.reason === 'daily-limit' ? DAILY_LIMIT_DELAY_MS : FIRST_DELAY_MS;
  const wholeMs = Math.min(LONGEST_DELAY_MS, first * 2 ** doublings);
  const spreadMs = Math.round(wholeMs * (0.5 + fraction / 2));
  const askedMs = Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, setback.retryAfterMs ?? 0));
  return Math.max(spreadMs, askedMs);
}

/** The setback of a mail of which nobody knows what became: an ailing server is not left alone for long. */
export function inDoubt(setback: Setback): Setback {
  const { reason, retryAfterMs } = setback;
  if (slowsAccount(reason) || retryAfterMs === null) return setback;
  return { ...setback, retryAfterMs: Math.min(LONGEST_DOUBT_MS, retryAfterMs) };
}

/**
 * How long the whole account waits, and not only the mail that met the limit; null when the others
 * may go on. A server that names a time means whoever asks, not the mail that it was asked about.
 */
export function accountWaitMs(setback: Setback, delayMs: number): number | null {
  if (slowsAccount(setback.reason)) return delayMs;
  const askedMs = Math.min(LONGEST_RETRY_AFTER_MS, setback.retryAfterMs ?? 0);
  return askedMs > 0 ? askedMs : null;
}

function slowsAccount(reason: WaitReason): boolean {
  return reason === 'rate-limit' || reason === 'daily-limit';
}
