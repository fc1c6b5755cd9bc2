import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../../utils/outbox/delivery/retry-schedule.ts';

const HOUR = 60 * 60 * 1000;
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const setback = fc.record({
  failures: fc.integer({ min: 1, max: 10_000 }),
  reason: fc.constantFrom('network', 'timeout', 'rate-limit', 'daily-limit', 'provider-error'),
  retryAfterMs: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true })),
} as const);

describe('the retry schedule', () => {
  it('waits between 15 s and an hour, unless more was asked for, and never more than a day', () => {
    fc.assert(
      fc.property(setback, fraction, (given, random) => {
        const delayMs = retryDelayMs(given, random);
        expect(delayMs).toBeGreaterThanOrEqual(15_000);
        expect(delayMs).toBeLessThanOrEqual(24 * HOUR);
        if (given.retryAfterMs === null) expect(delayMs).toBeLessThanOrEqual(HOUR);
      }),
    );
  });

  it('never comes back before the provider said, up to a day', () => {
    fc.assert(
      fc.property(setback, fraction, (given, random) => {
        const asked = Math.min(given.retryAfterMs ?? 0, 24 * HOUR);
        expect(retryDelayMs(given, random)).toBeGreaterThanOrEqual(asked);
      }),
    );
  });

  it('waits longer after each failure, for the same luck', () => {
    fc.assert(
      fc.property(setback, fraction, (given, random) => {
        const later = { ...given, failures: given.failures + 1 };
        expect(retryDelayMs(later, random)).toBeGreaterThanOrEqual(retryDelayMs(given, random));
      }),
    );
  });

  it('begins with a quarter of a minute, and with half an hour for a daily limit', () => {
    const first = { failures: 1, retryAfterMs: null } as const;
    expect(retryDelayMs({ ...first, reason: 'network' }, 0)).toBe(15_000);
    expect(retryDelayMs({ ...first, reason: 'daily-limit' }, 0)).toBe(HOUR / 2);
  });

  it('does not let many mails return at once', () => {
    const given = { failures: 3, reason: 'network', retryAfterMs: null } as const;
    expect(retryDelayMs(given, 0)).toBe(60_000);
    expect(retryDelayMs(given, 0.5)).toBe(90_000);
  });
});
