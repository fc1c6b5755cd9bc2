import * as z from 'zod/mini';
import type { SuiteResult } from './tally.ts';

/** What is read of vitest's JSON report. */
const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          duration: z.nullish(z.number()),
        }),
      ),
    }),
  ),
});

/** A vitest run as its JSON report tells it. */
export type VitestReport = z.infer<typeof reportSchema>;

/** Reads the report; throws when it is not one. */
export function parseVitestReport(json: string): VitestReport {
  return z.parse(reportSchema, JSON.parse(json));
}

/** What else is known of the run: what it is called, and how its process ended. */
export interface VitestRun {
  readonly name: string;
  /** Null when a signal or the time limit ended it. */
  readonly exitCode: number | null;
  readonly durationMs: number;
}

/**
 * Counts a run. A file that could not be loaded, an error outside of any test and a runner that
 * died are failures too, though vitest counts no failed test for them. `report` is null when the
 * runner left none.
 */
export function countVitestRun(report: VitestReport | null, run: VitestRun): SuiteResult {
  const { name, durationMs } = run;
  if (report === null) {
    const failures = [`the test runner ended (${ending(run)}) without a report`];
    return { name, passed: 0, failed: 1, skipped: 0, failures, durationMs };
  }
  const failures = report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    if (file.status === 'failed' && failed.length === 0) return [`${file.name} could not be run`];
    return failed.map(({ fullName }) => fullName.trim());
  });
  if (run.exitCode !== 0 && failures.length === 0) {
    failures.push(`the test runner ended (${ending(run)}) though no test failed`);
  }
  return {
    name,
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
    durationMs,
  };
}

function ending({ exitCode }: VitestRun): string {
  return exitCode === null ? 'killed' : `code ${exitCode}`;
}
