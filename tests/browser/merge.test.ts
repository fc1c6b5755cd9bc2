import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { chooseUndo, linkAccount, makeDraft, SLICE } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* A file from a spreadsheet becomes twenty mails in the inbox, with nobody looking and a worker that dies. */

const COUNT = 20;
const LARGE = 1_000;

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

const places = (page: Page): Promise<number[]> =>
  page.$$eval('[data-row]', (rows) => rows.map((row) => Number(row.ariaPosInSet)));

/** Pastes a table, as far as scripts can. */
async function paste(page: Page, table: string): Promise<void> {
  await page.waitForSelector('#merge-paste');
  await page.$eval(
    '#merge-paste',
    (field, rows) => {
      if (!(field instanceof HTMLTextAreaElement)) throw new Error('no place to paste');
      field.value = rows;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    table,
  );
}

/** A merge of a thousand, held back after its first mails. Gives its page. */
async function openLargeMerge(): Promise<Page> {
  const popup = await stage.browser.openPage('popup.html');
  const id = await makeDraft(popup, {
    to: 'left@example.com',
    subject: 'For {{name|you}}',
    text: 'Dear {{name|friend}}',
  });
  const page = await stage.browser.openPage(`merge.html?id=${id}`);
  const rows = Array.from({ length: LARGE }, (_, at) => `P${at}\tp${at}@example.com`);
  await paste(page, ['name\tmail', ...rows].join('\n'));
  await button(page, `Send ${LARGE.toLocaleString('en')} mails`);
  await button(page, 'Spread it over');
  await page.waitForSelector(`[aria-setsize="${LARGE}"]`);
  await askWorker(popup, 'merges.pause', { id });
  await page.waitForFunction(() => !document.body.textContent.includes('Sending'));
  return page;
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

describe('a merge that is undone', () => {
  it('stands in its page again as it was sent, and nothing was asked of Google', async () => {
    const popup = await stage.browser.openPage('popup.html');
    await chooseUndo(popup, 60);
    const id = await makeDraft(popup, { to: 'x@example.com', subject: 'For {{name}}', text: 'Hi' });
    const page = await stage.browser.openPage(`merge.html?id=${id}`);
    await paste(page, 'name\tmail\nAnn\tann@example.com\nBo\tbo@example.com');
    const before = stage.router.log.requests().length;
    await button(page, 'Send 2 mails');
    await button(page, 'Back to the draft');
    await page.waitForSelector('#merge-body');
    expect(await page.$eval('main', (main) => main.textContent)).toContain(
      'The table of the merge that you took back stands here again: 2 rows',
    );
    await page.waitForSelector('::-p-xpath(//button[contains(., "Send 2 mails")])');
    expect((await askWorker(popup, 'merges.list', {})).merges).toEqual([]);
    expect(stage.router.log.requests()).toHaveLength(before);
    await chooseUndo(popup, 0);
    await page.close();
  });
});

describe('the page of a merge of a thousand', () => {
  it('scrolls through all, draws only what is in sight, and is walked by the keyboard', async () => {
    const page = await openLargeMerge();
    for (const part of [0.25, 0.5, 0.75, 1]) {
      await page.evaluate((to) => scrollTo(0, document.body.scrollHeight * to), part);
      await eventually(
        () =>
          page.$$eval('.merge-line', (rows) =>
            rows.some((row) => {
              const { top, bottom } = row.getBoundingClientRect();
              return bottom > 0 && top < innerHeight;
            }),
          ),
        { what: 'a recipient in sight' },
      );
      expect((await places(page)).length).toBeLessThan(80);
    }
    await eventually(async () => (await places(page)).at(-1) === LARGE, {
      what: 'the last recipient',
    });
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForSelector('[data-row="0"] button');
    await page.focus('[data-row="0"] button');
    for (let press = 0; press < 60; press += 1) await page.keyboard.press('Tab');
    const at = await page.evaluate(
      () => document.activeElement?.closest('[data-row]')?.ariaPosInSet ?? null,
    );
    expect(Number(at)).toBe(61);
    await page.close();
  });
});
