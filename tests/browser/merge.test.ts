import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { linkAccount, makeDraft, SLICE } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* A file from a spreadsheet becomes twenty mails in the inbox, with nobody looking and a worker that dies. */

const COUNT = 20;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await linkAccount(stage);
});
afterAll(() => stage.close());

/** As Excel saves it in the West: semicolons, CRLF, Windows-1252. */
async function saveTable(): Promise<string> {
  const rows = Array.from(
    { length: COUNT },
    (_, index) =>
      `"Zoë ""${index}"" Öz";zoe.${index}@example.com;${index === 3 ? '' : `Zoë ${index}`}`,
  );
  const text = ['Name;E-Mail;Vorname', ...rows, 'Nobody;;x', 'Twice;ZOE.0@example.com;x'].join(
    '\r\n',
  );
  const path = join(tmpdir(), `postern-merge-${process.pid}.csv`);
  await writeFile(
    path,
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
  );
  return path;
}

async function button(page: Page, words: string): Promise<void> {
  const found = await page.waitForSelector(`::-p-xpath(//button[contains(., "${words}")])`);
  await found?.click();
}

describe('a merge from a CSV file', () => {
  it('brings one mail to each though the page is closed and the worker killed', async () => {
    const popup = await stage.browser.openPage('popup.html');
    const id = await makeDraft(popup, {
      to: 'left@example.com',
      subject: 'For {{vorname|you}}',
      text: 'Dear {{vorname|friend}},\nthe fence is ready.',
    });
    const page = await stage.browser.openPage(`merge.html?id=${id}`);
    await page.waitForSelector('#merge-body');
    const picker = await page.$('input[type=file]');
    await picker?.uploadFile(await saveTable());
    await page.waitForFunction(() => document.body.textContent.includes('read as windows-1252'));
    expect(await page.$eval('main', (main) => main.textContent)).toContain('2 rows left out');

    const hold = stage.router.faults.hold({ match: SLICE, at: 'taken', nth: 6 });
    await button(page, `Send ${COUNT} mails`);
    await page.waitForSelector('.merge-progress');
    await page.close();
    await hold.arrived;
    expect(await stage.browser.worker.kill()).toBe(true);
    hold.release();

    const merge = await eventually(
      async () => {
        const { merges } = await askWorker(popup, 'merges.list', {});
        return merges.find(({ counts }) => counts.sent === COUNT) ?? null;
      },
      { withinMs: 90_000, what: 'a merge that is over' },
    );
    await stage.google.settled();
    expect(merge.counts).toMatchObject({ waiting: 0, unconfirmed: 0, rejected: 0 });
    const arrived = stage.google.deliveries.map(({ envelope }) => envelope.to.join()).sort();
    expect(arrived).toEqual(
      Array.from({ length: COUNT }, (_, index) => `zoe.${index}@example.com`).sort(),
    );
    const mails = stage.google.deliveries.map(({ delivered }) =>
      new TextDecoder().decode(delivered),
    );
    expect(mails.some((mail) => mail.includes('Subject: For you'))).toBe(true);

    const result = await stage.browser.openPage(`merge.html?id=${id}`);
    await result.waitForFunction(() => document.body.textContent.includes('20 of 20 mails sent'));
    await button(result, 'Dismiss the result');
    await button(result, 'Dismiss it');
    await result.waitForFunction(() =>
      document.body.textContent.includes('There is no merge here'),
    );
    expect((await askWorker(popup, 'merges.list', {})).merges).toEqual([]);
  });
});
