import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { attach, linkAccount, makeDraft, origin, SLICE } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* What only real minutes show: a line that is slow for five of them, and a pace that is kept for two. */

const MINUTE_MS = 60_000;
const FILE_BYTES = 25 * 1024 * 1024;
/** As base64 with its lines, at this speed, the file takes five minutes. */
const BYTES_PER_SECOND = 114_000;
/** Gmail takes sixty mails a minute: as many at once, and then two minutes more of them. */
const PER_MINUTE = 60;
const MERGED = 3 * PER_MINUTE;

let stage: Stage;
const dir = mkdtempSync(join(tmpdir(), 'postern-long-'));

beforeAll(async () => {
  stage = await openStage();
  await linkAccount(stage, { withSecret: true });
}, 60_000);
afterAll(async () => {
  await stage.close();
  rmSync(dir, { recursive: true });
});

async function closePages(): Promise<void> {
  for (const open of await stage.browser.puppeteer.pages()) {
    if (open.url().startsWith('chrome-extension://')) await open.close();
  }
}

it('brings 25 MB over a line that takes five minutes, with every page closed and no debugger attached', async () => {
  const path = join(dir, 'film.mp4');
  const bytes = randomBytes(FILE_BYTES);
  writeFileSync(path, bytes);
  const popup = await stage.browser.openPage('popup.html');
  const id = await makeDraft(popup, { to: 'film@example.com', subject: 'Film', text: 'See it.' });
  const compose = await stage.browser.visit(origin(stage, `compose.html?draft=${id}`));
  await attach(compose, path);
  const fault = { kind: 'slow-body', bytesPerSecond: BYTES_PER_SECOND } as const;
  const slow = stage.router.faults.add({ match: SLICE, fault, times: Infinity });
  const startedAt = performance.now();
  await askWorker(popup, 'outbox.send', { id });
  await closePages();
  await eventually(() => stage.google.deliveries.length > 0, {
    withinMs: 12 * MINUTE_MS,
    everyMs: 1_000,
    what: 'the film',
  });
  slow.remove();
  expect(performance.now() - startedAt).toBeGreaterThan(4.9 * MINUTE_MS);
  await stage.google.settled();
  expect(stage.google.deliveries).toHaveLength(1);
  const [delivery] = stage.google.deliveries;
  const { attachments } = await simpleParser(Buffer.from(delivery?.delivered ?? []));
  const hash = (of: Uint8Array): string => createHash('sha256').update(of).digest('hex');
  expect(attachments.map(({ content }) => hash(content))).toEqual([hash(bytes)]);
});

it('sends a merge at the full pace of the account for two minutes, and is never told to slow down', async () => {
  const popup = await stage.browser.openPage('popup.html');
  const id = await makeDraft(popup, { to: 'left@example.com', subject: 'Pace', text: 'Hello' });
  const path = join(dir, 'people.csv');
  const rows = Array.from(
    { length: MERGED },
    (_, nth) => `Person ${nth},person.${nth}@example.com`,
  );
  writeFileSync(path, ['Name,E-Mail', ...rows].join('\r\n'));
  const page = await stage.browser.openPage(`merge.html?id=${id}`);
  await page.waitForSelector('#merge-body');
  const picker = await page.$('input[type=file]');
  await picker?.uploadFile(path);
  const start = await page.waitForSelector(
    `::-p-xpath(//button[contains(., "Send ${MERGED} mails")])`,
  );
  stage.router.log.clear();
  await start?.click();
  await page.waitForSelector('.merge-progress');
  await closePages();
  const merged = (): number[] =>
    stage.google.deliveries
      .filter(({ envelope }) => envelope.to.some((to) => to.startsWith('person.')))
      .map(({ at }) => at);
  await eventually(() => merged().length === MERGED, {
    withinMs: 5 * MINUTE_MS,
    everyMs: 500,
    what: 'the last mail of the merge',
  });
  const at = merged().sort((a, b) => a - b);
  // The first minute's mails may all go at once: what is measured is the time for all after them.
  const tookMs = (at.at(-1) ?? 0) - (at[PER_MINUTE - 1] ?? 0);
  const perMinute = ((MERGED - PER_MINUTE) / tookMs) * MINUTE_MS;
  console.log(`after ${PER_MINUTE} mails at once: ${perMinute.toFixed(1)} a minute`);
  expect(perMinute).toBeGreaterThanOrEqual(0.95 * PER_MINUTE);
  const statuses = stage.router.log.requests().map(({ status }) => status);
  expect(statuses).not.toContain(429);
  expect(statuses).not.toContain(403);
  expect(new Set(stage.google.deliveries.flatMap(({ envelope }) => envelope.to)).size).toBe(
    stage.google.deliveries.length,
  );
});
