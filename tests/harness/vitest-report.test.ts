import { describe, expect, it } from 'vitest';
import { countVitestRun, type VitestReport } from './vitest-report.ts';

const file = (
  status: string,
  tests: Readonly<Record<string, string>>,
): VitestReport['testResults'][number] => ({
  name: 'tests/some.test.ts',
  status,
  assertionResults: Object.entries(tests).map(([fullName, one]) => ({ fullName, status: one })),
});

const report = (testResults: VitestReport['testResults']): VitestReport => {
  const count = (status: string): number =>
    testResults.flatMap((one) => one.assertionResults).filter((one) => one.status === status)
      .length;
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('skipped'),
    numTodoTests: count('todo'),
    testResults,
  };
};

const ran = { name: 'unit', exitCode: 0, durationMs: 5 };

describe('counting a vitest run', () => {
  it('counts passed, failed and skipped tests', () => {
    const some = report([file('failed', { good: 'passed', bad: 'failed', idle: 'skipped' })]);
    expect(countVitestRun(some, { ...ran, exitCode: 1 })).toMatchObject({
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: ['bad'],
    });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const broken = report([file('failed', {}), file('passed', { good: 'passed' })]);
    const counted = countVitestRun(broken, { ...ran, exitCode: 1 });
    expect(counted).toMatchObject({ passed: 1, failed: 1 });
    expect(counted.failures[0]).toContain('tests/some.test.ts');
  });

  it('counts an error outside of any test as a failure', () => {
    const fine = report([file('passed', { good: 'passed' })]);
    expect(countVitestRun(fine, { ...ran, exitCode: 1 })).toMatchObject({ passed: 1, failed: 1 });
    expect(countVitestRun(fine, ran)).toMatchObject({ passed: 1, failed: 0 });
  });

  it('counts a runner that died as a failure', () => {
    expect(countVitestRun(null, { ...ran, exitCode: null })).toMatchObject({ failed: 1 });
  });
});
