import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { linkAccount, openCompose, write } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/*
 * The browser does not store any more: what was being written stays in the window, and is said to be
 * unsaved. A disk without a free byte is in tests/long/full-disk.test.ts: it has to be mounted.
 */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await linkAccount(stage);
});
afterAll(() => stage.close());

const originOf = (): string => `chrome-extension://${stage.browser.extensionId}`;
const textIn = (compose: Page): Promise<string> =>
  compose.$eval('#text', (field) => ('value' in field ? String(field.value) : ''));

async function told(compose: Page, words: string): Promise<void> {
  await compose.waitForFunction(
    (wanted) => document.body.textContent.includes(wanted),
    {
      polling: 50,
    },
    words,
  );
}

it('a database that the browser takes away costs no word that stands in the window', async () => {
  const compose = await openCompose(stage);
  await write(compose, { to: 'ann@example.com', subject: 'Gone', text: 'Before. ' });
  const session = await compose.createCDPSession();
  await session.send('Storage.clearDataForOrigin', {
    origin: originOf(),
    storageTypes: 'indexeddb',
  });
  await compose.type('#text', 'Written when it was gone.');
  await told(compose, 'not saved');
  expect(await textIn(compose)).toBe('Before. Written when it was gone.');
  await compose.evaluate(() => {
    const buttons = [...document.querySelectorAll('button')];
    buttons.find(({ textContent }) => textContent === 'Keep it as a new draft')?.click();
  });
  const popup = await stage.browser.openPage('popup.html');
  const kept = await eventually(
    async () => {
      const page = { group: 'drafts', offset: 0, limit: 1 } as const;
      return (await askWorker(popup, 'outbox.page', page)).mails[0];
    },
    { what: 'the new draft' },
  );
  const opened = await askWorker(popup, 'drafts.open', { id: kept.id });
  expect(opened?.content.text).toBe('Before. Written when it was gone.');
});
