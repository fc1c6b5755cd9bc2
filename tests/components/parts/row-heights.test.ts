import { describe, expect, it } from 'vitest';
import { createRowHeights } from '../../../components/parts/row-heights.ts';

describe('the heights of a long list', () => {
  it('are guessed until a row was measured', () => {
    const heights = createRowHeights(100);
    expect(heights.topOf(10)).toBe(1000);
    expect(heights.rowAt(950, 100)).toBe(9);
  });

  it('count what was measured as it is, and the others as that on average', () => {
    const heights = createRowHeights(100);
    heights.note(0, 50);
    heights.note(1, 150);
    heights.note(5, 40);
    expect(heights.topOf(2)).toBe(200);
    expect(heights.topOf(5)).toBe(200 + 3 * 80);
    expect(heights.topOf(6)).toBe(200 + 3 * 80 + 40);
  });

  it('find the row for every height that a row begins at', () => {
    const heights = createRowHeights(30);
    heights.note(3, 300);
    for (const row of [0, 1, 3, 4, 999]) expect(heights.rowAt(heights.topOf(row), 1000)).toBe(row);
    expect(heights.rowAt(-5, 1000)).toBe(0);
    expect(heights.rowAt(1e9, 1000)).toBe(999);
  });

  it('say whether something new was learnt', () => {
    const heights = createRowHeights(30);
    expect(heights.note(1, 40)).toBe(true);
    expect(heights.note(1, 40)).toBe(false);
  });
});
