import { describe, expect, it } from 'vitest';
import { tally, type SuiteResult } from './tally.ts';

const suite = (result: Partial<SuiteResult>): SuiteResult => ({
  name: 'unit',
  passed: 0,
  failed: 0,
  skipped: 0,
  failures: [],
  durationMs: 1000,
  ...result,
});

describe('the tally of a run', () => {
  it('ends with the sum of all suites alone on the last line', () => {
    const { lines, exitCode } = tally([suite({ passed: 3 }), suite({ passed: 4 })], false);
    expect(lines.at(-1)).toBe('7 passed, 0 failed');
    expect(exitCode).toBe(0);
  });

  it('fails when one test failed, and names it above the last line', () => {
    const { lines, exitCode } = tally(
      [suite({ passed: 3 }), suite({ failed: 1, failures: ['keeps the mail'] })],
      false,
    );
    expect(lines).toContain('  ✗ unit: keeps the mail');
    expect(lines.at(-1)).toBe('3 passed, 1 failed');
    expect(exitCode).toBe(1);
  });

  it('tells what was skipped, which only CI does not forgive', () => {
    const some = [suite({ passed: 3, skipped: 2 })];
    expect(tally(some, false).lines.at(-1)).toBe('3 passed, 0 failed, 2 skipped');
    expect(tally(some, false).exitCode).toBe(0);
    expect(tally(some, true).exitCode).toBe(1);
  });

  it('fails when nothing was tested', () => {
    expect(tally([suite({ skipped: 9 })], false).exitCode).toBe(1);
  });
});
