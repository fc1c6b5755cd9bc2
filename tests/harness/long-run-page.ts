import { availableParallelism, platform } from 'node:os';
import type { VitestReport } from './vitest-report.ts';

/** What a long run may be told to do less, or otherwise; each stands in the page when it was set. */
const CHOICES = ['POSTERN_KILLS', 'POSTERN_MAILS', 'POSTERN_SEED'] as const;

/** docs/long-run.md: what was run, how, and what came of it. Several reports are one run in parts. */
export function longRunPage(
  reports: readonly VitestReport[],
  env: Readonly<Record<string, string | undefined>>,
): string {
  const rows = reports
    .flatMap(({ testResults }) => testResults)
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ fullName, status, duration }) => {
      const seconds = ((duration ?? 0) / 1000).toFixed(0);
      return `| ${fullName.trim().replaceAll('|', '\\|')} | ${status} | ${seconds} s |`;
    });
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${availableParallelism()} cores, ${platform()}, Node ${process.version}`;
  const chosen = CHOICES.flatMap((name) => (env[name] ? [`\`${name}=${env[name]}\``] : []));
  const how = [
    chosen.length > 0 ? ` with ${chosen.join(', ')}` : ' in full',
    reports.length > 1 ? `, in ${reports.length} parts` : '',
  ].join('');
  return [
    '# The last long run',
    '',
    `The tests of \`npm run test:long\`, run${how} on ${day} (${machine}).`,
    '',
    '| guarantee | result | took |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
