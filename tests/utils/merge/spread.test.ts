import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysFor, planDays } from '../../../utils/merge/merge.ts';

describe('a merge that is spread over days', () => {
  it('never has more on a day than the account may send then', () => {
    fc.assert(
      fc.property(
        fc.nat(3000),
        fc.nat(600),
        fc.integer({ min: 1, max: 600 }),
        (count, today, perDay) => {
          const plan = planDays(count, { today, perDay });
          expect(plan).toHaveLength(count);
          const days = new Map<number, number>();
          for (const at of plan) days.set(at, (days.get(at) ?? 0) + 1);
          for (const [at, mails] of days)
            expect(mails).toBeLessThanOrEqual(at === 0 ? today : perDay);
          expect([...plan]).toEqual([...plan].sort((a, b) => a - b));
          if (count > 0 && today > 0) {
            expect(new Set(plan).size).toBe(daysFor(count, { today, perDay }));
          }
        },
      ),
    );
  });
});
