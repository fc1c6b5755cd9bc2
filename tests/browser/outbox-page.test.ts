import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { linkAccount, openCompose, pressSend, write } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* The page of the outbox, with two thousand mails in it. */

const HOW_MANY = 2_000;

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  await linkAccount(stage);
  const compose = await openCompose(stage);
  await write(compose, { to: 'joerg@example.com', subject: 'The first', text: 'Hello' });
  await pressSend(compose);
  await stage.inbox.waitFor('joerg@example.com');
  page = await stage.browser.openPage('outbox.html#sent');
  await page.waitForSelector('.receipt');
  await page.evaluate(multiplyReceipt, HOW_MANY);
  await page.reload();
  await page.waitForSelector(`[aria-setsize="${HOW_MANY}"]`);
});
afterAll(() => stage.close());

/** Stores the one receipt there is so many times, as only a very busy month could. Runs in the page. */
async function multiplyReceipt(count: number): Promise<void> {
  const opening = indexedDB.open('outbox');
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error('the outbox does not open'));
  });
  const transaction = database.transaction('mails', 'readwrite');
  const mails = transaction.objectStore('mails');
  const found = mails.getAll();
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(new Error('the receipts were not stored'));
    found.onsuccess = () => {
      const [receipt] = found.result as { updatedAt: number }[];
      for (let copy = 1; copy < count; copy += 1) {
        mails.add({
          ...receipt,
          id: crypto.randomUUID(),
          updatedAt: (receipt?.updatedAt ?? 0) - copy,
        });
      }
    };
  });
  database.close();
}

const places = (): Promise<number[]> =>
  page.$$eval('[data-row]', (rows) => rows.map((row) => Number(row.ariaPosInSet)));

it('scrolls through all of them, and draws only what is in sight', async () => {
  expect((await places())[0]).toBe(1);
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await page.evaluate((to) => scrollTo(0, document.body.scrollHeight * to), part);
    await eventually(
      async () => {
        const inSight = await page.$$eval('.receipt', (rows) =>
          rows.some((row) => {
            const { top, bottom } = row.getBoundingClientRect();
            return bottom > 0 && top < innerHeight;
          }),
        );
        return inSight;
      },
      { what: 'a receipt in sight' },
    );
    expect((await places()).length).toBeLessThan(80);
  }
  await eventually(async () => (await places()).at(-1) === HOW_MANY, { what: 'the last receipt' });
});

it('moves on by the keyboard alone, each receipt after the other', async () => {
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForSelector('[data-row="0"] button');
  await page.focus('[data-row="0"] button');
  for (let press = 0; press < 60; press += 1) await page.keyboard.press('Tab');
  const at = await page.evaluate(
    () => document.activeElement?.closest('[data-row]')?.ariaPosInSet ?? null,
  );
  expect(Number(at)).toBe(61);
});

it('does not keep the popup from showing at once what matters', async () => {
  const popup = await stage.browser.openPage('popup.html');
  await popup.waitForSelector('.receipt');
  expect(await popup.$$eval('.receipt', (rows) => rows.length)).toBe(3);
  const all = await popup.$eval('#group-sent', (heading) => heading.textContent);
  expect(all).toContain(String(HOW_MANY));
  await popup.close();
});
