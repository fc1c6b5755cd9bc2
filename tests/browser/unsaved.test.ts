import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linkAccount, openCompose, write } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/*
 * The browser does not store any more: what was being written stays in the window, and is said to be
 * unsaved. A full disk is told in tests/components/compose: Chromium 156 takes no quota for extensions.
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
  await compose.close();
});
