import { expect, it } from 'vitest';
import { allWithin, median, rowOf, tableOf } from './table.ts';

const kept = { ours: '10 ms', floor: '9 ms', measure: '1.11 ×', budget: '≤ 1.25 ×', within: true };

it('says which budget is kept and which is broken', async () => {
  const lines = [
    await rowOf('good', () => Promise.resolve(kept)),
    await rowOf('bad', () => Promise.resolve({ ...kept, within: false })),
  ];
  expect(tableOf(lines)).toMatch(/good .* kept[\s\S]*bad .* BROKEN/);
  expect(allWithin(lines)).toBe(false);
  expect(allWithin(lines.slice(0, 1))).toBe(true);
});

it('says loudly what could not be measured, and fails for it', async () => {
  const lines = [await rowOf('gone', () => Promise.reject(new Error('no popup | here')))];
  expect(tableOf(lines)).toContain('NOT MEASURED: no popup / here');
  expect(allWithin(lines)).toBe(false);
});

it('takes the middle of what it measured', () => {
  expect(median([5, 1, 100])).toBe(5);
  expect(median([1, 3])).toBe(2);
});
