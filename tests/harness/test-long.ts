import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, platform, release } from 'node:os';
import { join } from 'node:path';
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

function writeResult({ testResults }: VitestReport): void {
  const rows = testResults
    .flatMap((file) => file.assertionResults)
    .map(({ fullName, status, duration }) => {
      const seconds = ((duration ?? 0) / 1000).toFixed(0);
      return `| ${fullName.trim().replaceAll('|', '\\|')} | ${status} | ${seconds} s |`;
    });
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${availableParallelism()} cores, ${platform()} ${release()}, Node ${process.version}`;
  mkdirSync(join(projectRoot, 'docs'), { recursive: true });
  writeFileSync(
    join(projectRoot, 'docs/long-run.md'),
    [
      '# The last long run',
      '',
      `Written by \`npm run test:long\` on ${day} (${machine}).`,
      '',
      '| guarantee | result | took |',
      '| --- | --- | --- |',
      ...rows,
      '',
    ].join('\n'),
  );
}
