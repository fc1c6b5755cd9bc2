import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { builtExtensionId } from '../harness/extension-id.ts';
import { giveConsent } from '../harness/google-consent.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* The stage that every test of the whole product is played on. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    sites: { 'crm.example': (_request, response) => response.end('a CRM') },
  });
});
afterAll(() => stage.close());

it('has the built extension under the id that its client is registered for', () => {
  expect(stage.browser.extensionId).toBe(builtExtensionId());
});

it('serves sites and providers under their real names', async () => {
  const page = await stage.browser.visit('https://crm.example/');
  expect(await page.evaluate(() => document.body.innerText)).toBe('a CRM');
});

it('links an account by the messages that the pages send, and a person in the real window', async () => {
  const page = await stage.browser.openPage('options.html');
  await askWorker(page, 'clients.save', {
    providerId: 'gmail',
    clientId: stage.client.id,
    clientSecret: null,
    tenant: null,
  });
  const linking = askWorker(page, 'accounts.link', { providerId: 'gmail' });
  const account = stage.accounts.ada;
  await giveConsent(await stage.browser.newWindow('https://accounts.google.com/'), { account });
  expect(await linking).toMatchObject({ kind: 'linked', canSend: true });
});

it('comes back with what it knew after the browser was killed', async () => {
  await stage.restartBrowser();
  const page = await stage.browser.openPage('options.html');
  const { accounts } = await askWorker(page, 'accounts.list', {});
  expect(accounts.map(({ address }) => address)).toEqual([stage.accounts.ada.email]);
});

it('has been called at no host that nobody plays', () => {
  expect(stage.router.failures).toEqual([]);
  expect(stage.router.log.requests().filter(({ status }) => status === 421)).toEqual([]);
});
