/** How one suite ended. */
export interface SuiteResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Names of what failed, for the person who reads the end of the output first. */
  readonly failures: readonly string[];
  readonly durationMs: number;
}

/** The end of a run. */
export interface Verdict {
  /** To be printed in this order; the last line is `N passed, N failed` and nothing else. */
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1;
}

/** Sums all suites. In CI a skipped test is a failure of the machine: nothing may be skipped there. */
export function tally(suites: readonly SuiteResult[], inCi: boolean): Verdict {
  const sum = (count: (suite: SuiteResult) => number): number =>
    suites.reduce((total, suite) => total + count(suite), 0);
  const passed = sum((suite) => suite.passed);
  const failed = sum((suite) => suite.failed);
  const skipped = sum((suite) => suite.skipped);

  const lines = ['', ...suites.map(oneLine)];
  const failures = suites.flatMap((suite) =>
    suite.failures.map((name) => `  ✗ ${suite.name}: ${name}`),
  );
  if (failures.length > 0) lines.push('', 'Failed:', ...failures);
  if (passed + failed === 0) lines.push('', 'Nothing was tested at all.');
  const skippedInCi = inCi && skipped > 0;
  if (skippedInCi) lines.push('', 'CI=true: nothing may be skipped.');
  lines.push('', `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return { lines, exitCode: failed > 0 || passed === 0 || skippedInCi ? 1 : 0 };
}

function oneLine({ name, passed, failed, skipped, durationMs }: SuiteResult): string {
  const counts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  const seconds = (durationMs / 1000).toFixed(1);
  return `${failed > 0 ? '✗' : '✓'} ${name}: ${counts.join(', ')} (${seconds} s)`;
}
