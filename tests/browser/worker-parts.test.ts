import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { linkAccount, makeDraft, reaches, SLICE } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { builtExtension } from '../harness/tools.ts';

/*
 * The worker's parts, in the browser itself: on a copy of the built extension, whose parts say in
 * the console when they are read.
 */

let stage: Stage;
let page: Page;
const dir = mkdtempSync(join(tmpdir(), 'postern-parts-'));
const partsDir = join(dir, 'parts');
const NEXT_VERSION = '9.9.9';
const PARTS = ['changes', 'pages', 'schemas', 'sending'];
const nameOf = (file: string): string => file.replace(/-.*/, '');

beforeAll(async () => {
  cpSync(builtExtension(), dir, { recursive: true });
  for (const file of readdirSync(partsDir)) {
    const path = join(partsDir, file);
    writeFileSync(path, `console.warn("read: ${nameOf(file)}");${readFileSync(path, 'utf8')}`);
  }
  stage = await openStage({ browser: { extensionDir: dir } });
  await linkAccount(stage);
  page = await stage.browser.openPage('popup.html');
});
afterAll(async () => {
  await stage.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The parts that were read since `from`, in order. */
const read = (from = 0): readonly string[] =>
  stage.browser.consoleLines
    .slice(from)
    .map(({ text }) => /^read: (\w+)$/.exec(text)?.[1])
    .filter((part) => part !== undefined);

describe('the parts of the worker', () => {
  it('are all read once when it is installed', () => {
    expect(read().slice(0, PARTS.length).sort()).toEqual(PARTS);
  });

  it('are not read by a start that answers what a page opens with, and then one by one', async () => {
    await page.close();
    page = await stage.browser.openPage('manifest.json');
    expect(await stage.browser.worker.kill()).toBe(true);
    const from = stage.browser.consoleLines.length;
    await askWorker(page, 'accounts.list', {});
    expect(read(from)).toEqual([]);
    await askWorker(page, 'outbox.list', {});
    await eventually(() => Promise.resolve(read(from).length > 1), {
      what: 'two parts to be read',
    });
    expect(read(from)).toEqual(['pages', 'schemas']);
  });

  it('are read by a popup no further than what it shows', async () => {
    await page.close();
    expect(await stage.browser.worker.kill()).toBe(true);
    const from = stage.browser.consoleLines.length;
    page = await stage.browser.openPage('popup.html');
    await page.waitForSelector('.popup-foot .account');
    // Answered after everything that the popup asked.
    await askWorker(page, 'outbox.list', {});
    expect(read(from)).toEqual(['pages', 'schemas']);
  });

  it('come from what the browser stored: a mail goes when their files are gone', async () => {
    const mail = { to: 'gone@example.com', subject: 'Gone', text: 'Hello' };
    const away = join(dir, '..', `${dir.split('/').pop() ?? ''}-away`);
    renameSync(partsDir, away);
    expect(await stage.browser.worker.kill()).toBe(true);
    const id = await makeDraft(page, mail);
    await askWorker(page, 'outbox.send', { id });
    await reaches(page, id, { kind: 'sent' });
    renameSync(away, partsDir);
    await stage.google.settled();
    const arrived = stage.google.deliveries.filter(({ envelope }) => envelope.to.includes(mail.to));
    expect(arrived).toHaveLength(1);
  });

  it('change with an update in the middle of a send, which the new version ends: one mail', async () => {
    const mail = { to: 'updated@example.com', subject: 'Updated', text: 'Hello' };
    const id = await makeDraft(page, mail);
    const hold = stage.router.faults.hold({ match: SLICE, at: 'arrived' });
    await askWorker(page, 'outbox.send', { id });
    await hold.arrived;
    becomeNextVersion();
    const from = stage.browser.consoleLines.length;
    // As an update does: the old worker and its pages end, in the middle of whatever.
    await stage.browser.puppeteer.installExtension(dir);
    await eventually(() => Promise.resolve(read(from).length >= PARTS.length), {
      what: 'the new version to be installed',
    });
    hold.release();
    page = await stage.browser.openPage('popup.html');
    expect(await page.evaluate(() => chrome.runtime.getManifest().version)).toBe(NEXT_VERSION);
    await reaches(page, id, { kind: 'sent', withinMs: 60_000 });
    await stage.google.settled();
    const arrived = stage.google.deliveries.filter(({ envelope }) => envelope.to.includes(mail.to));
    expect(arrived).toHaveLength(1);
  });
});

/** Another version in the same folder, whose parts have other names. */
function becomeNextVersion(): void {
  const parts = readdirSync(partsDir);
  const renamed = (text: string): string =>
    parts.reduce((before, file) => before.replaceAll(file, `next-${file}`), text);
  for (const path of ['background.js', ...parts.map((file) => join('parts', file))]) {
    const text = readFileSync(join(dir, path), 'utf8');
    rmSync(join(dir, path));
    writeFileSync(join(dir, renamed(path)), renamed(text));
  }
  const manifest = join(dir, 'manifest.json');
  const old = JSON.parse(readFileSync(manifest, 'utf8')) as object;
  writeFileSync(manifest, JSON.stringify({ ...old, version: NEXT_VERSION }));
}
