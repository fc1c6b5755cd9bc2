import { describe, expect, it } from 'vitest';
import { MERGE_LIMITS, packPlan, unpackPlan } from '../../../utils/merge/merge.ts';

const PLAN = {
  table: { columns: ['Name', '"; {{town}}'], rows: [['Zoë\n', ''], ['\u0000']] },
  columns: { address: 1, name: -1 },
  unsubscribe: true,
  spread: true,
};

describe('a plan that is kept', () => {
  it('comes back as it was', () => {
    expect(unpackPlan(packPlan(PLAN))).toEqual(PLAN);
  });

  it('of a time before days were kept goes out on one', () => {
    const { spread, ...before } = PLAN;
    expect(unpackPlan(JSON.stringify(before))).toEqual({ ...before, spread: !spread });
  });

  it('is none when it is too long to keep', () => {
    const cell = 'x'.repeat(MERGE_LIMITS.planChars);
    expect(packPlan({ ...PLAN, table: { columns: ['a'], rows: [[cell]] } })).toBe('');
  });

  it.each([
    '',
    '{',
    'null',
    JSON.stringify({ ...PLAN, unsubscribe: 'yes' }),
    JSON.stringify({ ...PLAN, table: { columns: ['a'], rows: [] } }),
    JSON.stringify({ ...PLAN, table: { columns: ['a'], rows: [[1]] } }),
  ])('is none when nobody could work on it: %s', (packed) => {
    expect(unpackPlan(packed)).toBeNull();
  });
});
