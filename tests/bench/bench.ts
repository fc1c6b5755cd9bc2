import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, platform } from 'node:os';
import { join } from 'node:path';
import { linkAccount } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { buildForChrome } from '../harness/suites.ts';
import { projectRoot } from '../harness/tools.ts';
import { writeEmptyExtension } from './empty-extension.ts';
import { fileRows } from './file-rows.ts';
import { sendRows } from './send-rows.ts';
import { sizeRows } from './size-rows.ts';
import { allWithin, tableOf, type Line } from './table.ts';
import { workerRows } from './worker-rows.ts';
import { workRows } from './work-rows.ts';

/*
 * `npm run bench`: the budgets of the design beside their floors, all in one run. Times depend on
 * the machine, ratios hardly. `-- --write` keeps the table in docs/benchmarks.md. Ends with code 1
 * when a budget is broken or a row could not be measured.
 */

/** Others at work on more than this share of the cores: then even ratios say nothing (a floor was seen to double). */
const BUSY_SHARE = 0.75;
const [loadBefore = 0] = loadavg();

console.log('Building, then measuring for about a minute; leave the machine alone meanwhile.\n');
await buildForChrome();
const stage = await openStage();
const empty = writeEmptyExtension();
try {
  const lines = await measure(stage);
  const version = await stage.browser.puppeteer.version();
  const machine = `${version}, Node ${process.version}, ${availableParallelism()} cores, ${platform()}`;
  console.log(`${tableOf(lines)}\n\n${machine}`);
  if (process.argv.includes('--write')) write(lines, machine);
  process.exitCode = allWithin(lines) ? 0 : 1;
} finally {
  await stage.close();
  empty.remove();
}

async function measure({ browser }: Stage): Promise<readonly Line[]> {
  const floorId = await browser.puppeteer.installExtension(empty.dir);
  // A popup that has something to show: an account, and what was sent.
  await linkAccount(stage);
  const send = await sendRows(stage);
  const contest = { browser: browser.puppeteer, oursId: browser.extensionId, floorId };
  const worker = await workerRows(contest);
  const work = await workRows(browser.puppeteer);
  // After the timings, because it attaches to the worker.
  const files = await fileRows(stage);
  // Last, because it builds anew what the browser has loaded.
  const size = await sizeRows();
  return [...worker, ...work, ...send, ...files, ...size];
}

function write(lines: readonly Line[], machine: string): void {
  if (loadBefore > BUSY_SHARE * availableParallelism()) {
    const load = loadBefore.toFixed(1);
    console.log(`not written: the machine was busy (load ${load}), so these figures mislead`);
    return;
  }
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(
    join(projectRoot, 'docs/benchmarks.md'),
    `# Benchmarks

Written by \`npm run bench -- --write\` on ${day} (${machine}).

Every figure stands beside its floor, measured in turns in the same run: the least that any extension, loop or
search could do there. Medians; the ratios are what counts, times are this machine's.

${tableOf(lines)}

- _cold_: no page and no worker of the extension is running; the clock starts with the navigation.
- _usable_: the first frame in which the popup shows its accounts and its outbox.
- floor of the popup and the worker: an extension whose page is one line and whose worker answers one message.
- floor of the message bytes: a bare base64 loop with line breaks. Floor of the contacts: one TreeWalker and one regular expression.
- floor of the sealed pieces: the same bytes decrypted in pieces of the same size, then that bare loop. Neither reads a disk.
- what is broken, and why: docs/decisions/0012-a-worker-in-parts.md.
`,
  );
  console.log('written to docs/benchmarks.md');
}
