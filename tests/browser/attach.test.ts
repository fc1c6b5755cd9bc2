import { simpleParser, type Attachment } from 'mailparser';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import {
  linkAccount,
  openCompose,
  origin,
  pressSend,
  reaches,
  saved,
  SLICE,
  stateOf,
  write,
} from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* Files on their way from the person's disk to the recipient, with whatever dies in between. */

let stage: Stage;
let popup: Page;
const dir = mkdtempSync(join(tmpdir(), 'postern-files-'));
const MB = 1024 * 1024;
/** A picture of one dot. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  stage = await openStage();
  // With a refresh token: a browser that was killed has forgotten whom it was signed in as.
  await linkAccount(stage, { withSecret: true });
  popup = await stage.browser.openPage('popup.html');
});
afterAll(async () => {
  await stage.close();
  rmSync(dir, { recursive: true });
});

/** A file of random bytes on the disk. */
function fileOf(name: string, sizeBytes: number): string {
  const path = join(dir, name);
  writeFileSync(path, randomBytes(sizeBytes));
  return path;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function begin(to: string): Promise<{ compose: Page; id: string }> {
  const compose = await openCompose(stage);
  await write(compose, { to, subject: 'The plans', text: 'See the file.' });
  return { compose, id: new URL(compose.url()).searchParams.get('draft') ?? '' };
}

async function pick(compose: Page, ...paths: readonly string[]): Promise<void> {
  const input = await compose.waitForSelector('input[type=file]');
  await input!.uploadFile(...paths);
}

async function drop(compose: Page, ...paths: string[]): Promise<void> {
  const session = await compose.createCDPSession();
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 200, y: 300, data });
  }
  await session.detach();
}

async function press(page: Page, words: string): Promise<void> {
  const button = await page.waitForSelector(`::-p-xpath(//button[contains(., "${words}")])`);
  await button!.click();
}

/** Resolves when these files, and no others, stand in the mail and nothing is on its way. */
async function attached(compose: Page, ...names: readonly string[]): Promise<void> {
  await compose.waitForFunction(
    (wanted) =>
      document.querySelectorAll('.files progress').length === 0 &&
      [...document.querySelectorAll('.file bdi')].map((one) => one.textContent).join() === wanted,
    { polling: 50, timeout: 60_000 },
    names.join(),
  );
  await saved(compose);
}

/** The files that arrived for somebody; null when no mail did, and an error when two did. */
async function arrived(to: string): Promise<readonly Attachment[] | null> {
  await stage.google.settled();
  const mails = stage.google.deliveries.filter(({ envelope }) => envelope.to.includes(to));
  expect(mails.length).toBeLessThanOrEqual(1);
  const [mail] = mails;
  return mail ? (await simpleParser(Buffer.from(mail.delivered))).attachments : null;
}

/** The file as it arrived is the file on the disk. */
async function expectFiles(
  to: string,
  paths: readonly string[],
  hashes: readonly string[],
): Promise<void> {
  const files = await arrived(to);
  expect(files?.map(({ filename }) => filename)).toEqual(paths.map((path) => basename(path)));
  expect(files?.map(({ content }) => hashOf(content))).toEqual(hashes);
}

function hashesOf(...paths: readonly string[]): string[] {
  return paths.map((path) => hashOf(new Uint8Array(readFileSync(path))));
}

async function pastePixel(compose: Page): Promise<void> {
  await compose.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, PIXEL.toString('base64'));
}

const textOf = (compose: Page): Promise<string> => compose.$eval('textarea', ({ value }) => value);

describe('files', () => {
  it('that are picked and dropped arrive byte for byte, under their names', async () => {
    const to = 'picked@example.com';
    const { compose, id } = await begin(to);
    const picked = fileOf('Zaun – Übersicht №1.bin', 700_000);
    const dropped = fileOf('見積書.txt', 3);
    await pick(compose, picked);
    await attached(compose, basename(picked));
    await drop(compose, dropped);
    await attached(compose, basename(picked), basename(dropped));
    await pressSend(compose);
    await reaches(popup, id, { kind: 'sent', withinMs: 30_000 });
    await expectFiles(to, [picked, dropped], hashesOf(picked, dropped));
    await compose.close();
  });

  it('that are pictures, pasted into the text, arrive as parts that the text shows', async () => {
    const to = 'picture@example.com';
    const { compose, id } = await begin(to);
    await compose.focus('#text');
    await pastePixel(compose);
    await attached(compose, 'image.png');
    await pressSend(compose);
    await reaches(popup, id, { kind: 'sent', withinMs: 30_000 });
    const [picture] = (await arrived(to)) ?? [];
    expect(picture).toMatchObject({ related: true, contentType: 'image/png' });
    expect(picture?.content.equals(PIXEL)).toBe(true);
    const [mail] = stage.google.deliveries.filter(({ envelope }) => envelope.to.includes(to));
    const { text, html } = await simpleParser(Buffer.from(mail!.delivered));
    expect(text).toBe('See the file.\n[image: image.png]\n');
    // The parser puts the picture itself in the place of what points at it.
    expect(html).toContain(`<img src="data:image/png;base64,${PIXEL.toString('base64')}"`);
    await compose.close();
  });

  it('that are pictures go out of the text again with Ctrl+Z, and so does what was typed before them', async () => {
    const { compose } = await begin('undone@example.com');
    await compose.focus('#text');
    await compose.keyboard.type(' Look:');
    await pastePixel(compose);
    await attached(compose, 'image.png');
    expect(await textOf(compose)).toBe('See the file. Look:\n[image: image.png]\n');
    const undo = async (): Promise<string> => {
      await compose.keyboard.down('Control');
      await compose.keyboard.press('z');
      await compose.keyboard.up('Control');
      return textOf(compose);
    };
    expect(await undo()).toBe('See the file. Look:');
    expect(await compose.$eval('.files', ({ textContent }) => textContent)).toContain(
      'Show it in the text',
    );
    expect('See the file.'.startsWith(await undo())).toBe(true);
    await compose.close();
  });

  it('of 25 MB arrive byte for byte, although the worker died on the way in and on the way out', async () => {
    const to = 'large@example.com';
    const path = fileOf('film.mp4', 25 * MB);
    const { compose, id } = await begin(to);
    await pick(compose, path);
    await compose.waitForSelector('.files progress');
    await stage.browser.worker.kill();
    await attached(compose, 'film.mp4');
    const hold = stage.router.faults.hold({ match: SLICE, nth: 5, at: { afterBytes: 100_000 } });
    await pressSend(compose);
    await hold.arrived;
    await compose.close();
    const before = stage.router.log.requests(SLICE).length;
    expect(await stage.browser.worker.kill()).toBe(true);
    hold.release();
    await reaches(popup, id, { kind: 'sent', withinMs: 90_000 });
    await expectFiles(to, [path], hashesOf(path));
    // It went on where it stopped: the slices after the death don't begin at the beginning.
    const after = stage.router.log.requests(SLICE).slice(before);
    expect(after.length).toBeGreaterThan(5);
    expect(after.some(({ contentRange }) => contentRange?.startsWith('bytes 0-'))).toBe(false);
  });

  it('do not arrive when the person takes the mail back in the middle of its upload', async () => {
    const to = 'cancelled@example.com';
    const { compose, id } = await begin(to);
    await pick(compose, fileOf('plan.bin', 6 * MB));
    await attached(compose, 'plan.bin');
    const hold = stage.router.faults.hold({ match: SLICE, nth: 2, at: { afterBytes: 100_000 } });
    await pressSend(compose);
    await hold.arrived;
    await press(compose, 'Edit');
    await compose.waitForSelector('.files');
    hold.release();
    expect((await stateOf(popup, id))?.kind).toBe('draft');
    expect(await arrived(to)).toBeNull();
    await attached(compose, 'plan.bin');
    await compose.close();
  });

  it('wait in the middle of their upload while the person pauses it, and go on from there', async () => {
    const to = 'paused@example.com';
    const path = fileOf('paused.bin', 6 * MB);
    const { compose, id } = await begin(to);
    await pick(compose, path);
    await attached(compose, 'paused.bin');
    const hold = stage.router.faults.hold({ match: SLICE, nth: 2, at: { afterBytes: 100_000 } });
    await pressSend(compose);
    await hold.arrived;
    await press(compose, 'Pause');
    await reaches(popup, id, { kind: 'halted' });
    hold.release();
    await stage.browser.worker.kill();
    const before = stage.router.log.requests(SLICE).length;
    expect(await arrived(to)).toBeNull();
    await press(compose, 'Go on');
    await reaches(popup, id, { kind: 'sent', withinMs: 60_000 });
    await expectFiles(to, [path], hashesOf(path));
    const after = stage.router.log.requests(SLICE).slice(before);
    expect(after.some(({ contentRange }) => contentRange?.startsWith('bytes 0-'))).toBe(false);
    await compose.close();
  });

  it('are there when the draft is opened again in a browser that was killed', async () => {
    const to = 'again@example.com';
    const path = fileOf('plan.pdf', 2 * MB);
    const { compose, id } = await begin(to);
    await pick(compose, path);
    await attached(compose, 'plan.pdf');
    await stage.restartBrowser();
    popup = await stage.browser.openPage('popup.html');
    const again = await stage.browser.visit(origin(stage, `compose.html?draft=${id}`));
    await attached(again, 'plan.pdf');
    await pressSend(again);
    await eventually(async () => (await arrived(to)) !== null, {
      withinMs: 60_000,
      what: 'the mail',
    });
    await expectFiles(to, [path], hashesOf(path));
  });
});
