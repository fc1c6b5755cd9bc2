import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { longRunPage } from './long-run-page.ts';
import { buildChecks, runChecks, runVitest } from './suites.ts';
import { tally } from './tally.ts';
import { projectRoot } from './tools.ts';
import type { VitestReport } from './vitest-report.ts';

/*
 * `npm run test:long`: what takes longer than ten minutes (soak, hundreds of kills, real minutes).
 * The result replaces docs/long-run.md, which is committed.
 */

const hourMs = 3_600_000;
const builds = await runChecks('builds', buildChecks);
const { result, report } = await runVitest('long', 4 * hourMs);
if (report) writeResult(report);

const { lines, exitCode } = tally([builds, result], process.env['CI'] === 'true');
console.log(lines.join('\n'));
process.exitCode = exitCode;

function writeResult(report: VitestReport): void {
  mkdirSync(join(projectRoot, 'docs'), { recursive: true });
  writeFileSync(join(projectRoot, 'docs/long-run.md'), longRunPage([report], process.env));
}
