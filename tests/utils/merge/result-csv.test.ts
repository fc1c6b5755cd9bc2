import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { daysFor, planDays, toCsv } from '../../../utils/merge/merge.ts';

describe('a result as CSV', () => {
  it('holds no cell that a spreadsheet would run', () => {
    for (const cell of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '\u200b=1']) {
      const [row] = Papa.parse<string[]>(toCsv([[cell]]).slice(1)).data;
      expect(row?.[0]?.startsWith("'"), JSON.stringify(cell)).toBe(true);
    }
    expect(toCsv([['a@b.example', '2-1']])).toBe('\ufeffa@b.example,2-1\r\n');
  });

  it('reads back as the cells that went in', () => {
    const cell = fc
      .string({ unit: 'binary' })
      .filter(
        (text) => !/^[\s\u200b-\u200f\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/.test(text),
      );
    const row = fc.array(cell, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const read = Papa.parse<string[]>(toCsv(rows).slice(1), {
          delimiter: ',',
          newline: '\r\n',
        });
        expect(read.data.slice(0, -1)).toEqual(rows);
      }),
    );
  });
});

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
