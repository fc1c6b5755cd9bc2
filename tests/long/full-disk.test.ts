import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import {
  linkAccount,
  makeDraft,
  openCompose,
  pressSend,
  reaches,
  write,
} from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/*
 * A disk of 200 MB that something else fills to its last byte, and a browser whose profile is on it.
 * It is mounted for this test, which only root on Linux can do.
 */

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const HOUR_MS = 3_600_000;

describe.skipIf(!isRoot)('a disk without a free byte', () => {
  const disk = mkdtempSync(join(tmpdir(), 'postern-disk-'));
  const filler = join(disk, 'filler');
  let stage: Stage;
  let popup: Page;

  beforeAll(async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', disk]);
    stage = await openStage({ browser: { userDataDir: join(disk, 'profile') } });
    await linkAccount(stage);
    popup = await stage.browser.openPage('popup.html');
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    execFileSync('umount', ['--lazy', disk]);
    rmSync(disk, { recursive: true });
  });

  it('takes no stored mail, and no word from the window; with room again all goes on by itself', async () => {
    const compose = await openCompose(stage);
    await write(compose, { to: 'ann@example.com', subject: 'Full', text: 'Before. ' });
    const stored = await makeDraft(popup, {
      to: 'later@example.com',
      subject: 'Stored',
      text: 'x',
    });
    const at = Date.now() + HOUR_MS;
    await askWorker(popup, 'outbox.schedule', { id: stored, at, zone: 'UTC' });
    fill(filler);
    expect(statfsSync(disk).bavail).toBe(0);
    for (const part of ['One. ', 'Two. ', 'Three. ']) {
      await compose.type('#text', part + 'x'.repeat(300));
      await says(compose, 'This mail is not saved.');
    }
    await compose.keyboard.down('Control');
    await compose.keyboard.press('Enter');
    await compose.keyboard.up('Control');
    await says(compose, 'the disk may be full');
    expect(stage.google.deliveries).toHaveLength(0);

    rmSync(filler);
    await compose.waitForFunction(() => !document.body.textContent.includes('is not saved'));
    await reaches(popup, stored, { kind: 'scheduled' });
    await pressSend(compose);
    const mail = await stage.inbox.waitFor('ann@example.com');
    for (const part of ['Before. ', 'One. ', 'Two. ', 'Three. ']) expect(mail.text).toContain(part);
    expect(stage.google.deliveries).toHaveLength(1);
  }, 120_000);
});

/** Writes until not one byte more is taken. */
function fill(path: string): void {
  const file = openSync(path, 'a');
  for (const sizeBytes of [1 << 20, 1 << 12, 1]) {
    const some = Buffer.alloc(sizeBytes, 1);
    for (let full = false; !full;) {
      try {
        writeSync(file, some);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        full = true;
      }
    }
  }
  closeSync(file);
}

async function says(compose: Page, words: string): Promise<void> {
  await compose.waitForFunction(
    (wanted) => document.body.textContent.includes(wanted),
    { polling: 50 },
    words,
  );
}
