import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './run-command.ts';
import type { SuiteResult } from './tally.ts';
import { scratchDir } from './tools.ts';
import { countVitestRun, parseVitestReport, type VitestReport } from './vitest-report.ts';

const minuteMs = 60_000;

/** One counted test that is a command: it passes when the command ends with 0. */
export interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

/** What holds without a browser: form, lint, types. */
export const staticChecks: readonly Check[] = [
  { name: 'every file is formatted', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint finds nothing', command: ['eslint', '.'] },
  { name: 'types are right', command: ['tsc'] },
];

/** The production builds that the browser tests run on, and Mozilla's own lint. */
export const buildChecks: readonly Check[] = [
  { name: 'builds for Chrome and Edge', command: ['wxt', 'build'] },
  { name: 'builds for Firefox', command: ['wxt', 'build', '-b', 'firefox', '--mv3'] },
  {
    name: "passes addons.mozilla.org's lint without an error",
    command: ['web-ext', 'lint', '--source-dir', '.output/firefox-mv3', '--no-config-discovery'],
  },
];

/** Runs checks one after the other, or all at once, and counts each as a test. */
export async function runChecks(
  name: string,
  checks: readonly Check[],
  { atOnce = false } = {},
): Promise<SuiteResult> {
  const beganAt = performance.now();
  const failures: string[] = [];
  const runOne = async (check: Check): Promise<void> => {
    const { exitCode, output, durationMs } = await runCommand({
      command: check.command,
      limitMs: 5 * minuteMs,
    });
    const good = exitCode === 0;
    if (!good) failures.push(check.name);
    console.log(`${good ? '✓' : '✗'} ${check.name} (${(durationMs / 1000).toFixed(1)} s)`);
    if (!good) console.log(output.trimEnd().replace(/^/gm, '    '));
  };
  if (atOnce) await Promise.all(checks.map(runOne));
  else for (const check of checks) await runOne(check);
  return {
    name,
    passed: checks.length - failures.length,
    failed: failures.length,
    skipped: 0,
    failures,
    durationMs: performance.now() - beganAt,
  };
}

/** Builds what a browser of the Chromium family loads. Throws with the builder's own words. */
export async function buildForChrome(env: Readonly<Record<string, string>> = {}): Promise<void> {
  const { exitCode, output } = await runCommand({
    command: ['wxt', 'build'],
    limitMs: 2 * minuteMs,
    env,
  });
  if (exitCode !== 0) throw new Error(`the extension could not be built:\n${output.trim()}`);
}

/** A vitest run with what its report said; the report is null when the runner left none. */
export interface VitestSuite {
  readonly result: SuiteResult;
  readonly report: VitestReport | null;
}

/** Runs one project of vitest.config.ts, shown as it goes. */
export async function runVitest(project: string, limitMs: number): Promise<VitestSuite> {
  const reportPath = join(scratchDir, 'reports', `${project}.json`);
  mkdirSync(dirname(reportPath), { recursive: true });
  rmSync(reportPath, { force: true }); // an old report must not speak for this run
  console.log(`\n— ${project} tests —`);
  const { exitCode, durationMs } = await runCommand({
    command: [
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportPath}`,
    ],
    limitMs,
    shown: true,
  });
  const report = readReport(reportPath);
  return { report, result: countVitestRun(report, { name: project, exitCode, durationMs }) };
}

function readReport(path: string): VitestReport | null {
  try {
    return parseVitestReport(readFileSync(path, 'utf8'));
  } catch {
    return null; // counted as a failure of the runner
  }
}
