import { buildChecks, runChecks, runVitest, staticChecks } from './suites.ts';
import { tally, type SuiteResult } from './tally.ts';

/*
 * `npm test`: everything that fits ten minutes on two cores. The last line counts it all; the exit
 * code is 1 when anything failed and, with CI=true, when anything was skipped.
 */

const minuteMs = 60_000;
const beganAt = performance.now();
const suites: SuiteResult[] = [
  await runChecks('form', staticChecks, { atOnce: true }),
  await runChecks('builds', buildChecks),
];
for (const project of ['unit', 'clients', 'browser']) {
  suites.push((await runVitest(project, 8 * minuteMs)).result);
}

const { lines, exitCode } = tally(suites, process.env['CI'] === 'true');
console.log(`\nThe whole run took ${((performance.now() - beganAt) / minuteMs).toFixed(1)} min.`);
console.log(lines.join('\n'));
process.exitCode = exitCode;
