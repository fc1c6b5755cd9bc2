import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { giveMicrosoftConsent } from '../harness/microsoft-consent.ts';
import { linkAccount, linkOutlook, makeDraft, reaches } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* Outlook accounts, work and personal, beside Gmail: from the first click to the inbox next door. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

it('is set up, tested and linked on the pages alone, from the first step on', async () => {
  const { microsoftClient, microsoftAccounts } = stage;
  const page = await stage.browser.openPage('options.html#accounts');
  await page.locator('::-p-text(Outlook.com, Hotmail and Microsoft 365)').click();
  await page.locator('::-p-aria(Set up a client for Outlook)').click();
  await page.locator('#outlook-clientId').fill(microsoftClient.id);
  const redirect = await page.$eval('input#redirect-outlook', (field) => field.value);
  expect(microsoftClient.redirectUris.map(({ uri }) => uri)).toContain(redirect);
  await page.locator('::-p-aria(Save)').click();
  await page.locator('::-p-aria(Test this client)').click();
  await page.locator('::-p-text(The provider knows this client)').wait();
  await page.locator('::-p-text(Link an account)').click();

  await page.locator('::-p-aria(Link Outlook)').click();
  const window = await stage.browser.newWindow('https://login.microsoftonline.com/');
  await giveMicrosoftConsent(window, { account: microsoftAccounts.joan });
  await page.locator(`::-p-text(${microsoftAccounts.joan.email})`).wait();
  await page.locator('::-p-text(work or school account)').wait();
  await page.close();
});

it('asks Microsoft for who it is and for sending, and for nothing else', () => {
  const [request] = stage.router.log.requests({
    host: 'login.microsoftonline.com',
    path: '/common/oauth2/v2.0/authorize',
  });
  const scopes = new URLSearchParams(request?.query).get('scope')?.split(' ') ?? [];
  expect(scopes.filter((scope) => /Mail|Files|Contacts|Calendars/.test(scope))).toEqual([
    'Mail.Send',
  ]);
});

it('links a personal account beside it, with the consent page of its kind', async () => {
  const { hedy } = stage.microsoftAccounts;
  const outcome = await linkOutlook(stage, { account: hedy });
  expect(outcome).toMatchObject({
    kind: 'linked',
    canSend: true,
    account: {
      address: hedy.email,
      accountType: 'personal',
      consentPage: 'https://account.live.com/consent/Manage',
    },
  });
});

it('takes the same person linked twice for one account', async () => {
  const { hedy } = stage.microsoftAccounts;
  expect(await linkOutlook(stage, { account: hedy })).toMatchObject({
    kind: 'linked',
    relinked: true,
  });
  const page = await stage.browser.openPage('popup.html');
  const { accounts } = await askWorker(page, 'accounts.list', {});
  expect(accounts.map(({ address }) => address)).toEqual([
    stage.microsoftAccounts.joan.email,
    hedy.email,
  ]);
});

it('sends at once from a work, a personal and a Gmail account, each mail by its own', async () => {
  await linkAccount(stage);
  const page = await stage.browser.openPage('popup.html');
  const { accounts } = await askWorker(page, 'accounts.list', {});
  expect(accounts).toHaveLength(3);
  const ids: string[] = [];
  for (const [index, { id: accountId }] of accounts.entries()) {
    const mail = { to: `to${index}@example.com`, subject: 'At once', text: 'Hello' };
    ids.push(await makeDraft(page, mail, accountId));
  }
  await Promise.all(ids.map((id) => askWorker(page, 'outbox.send', { id })));
  for (const [index, { address }] of accounts.entries()) {
    await reaches(page, ids[index] ?? '', { kind: 'sent' });
    const received = await stage.inbox.waitFor(`to${index}@example.com`);
    expect(received.from).toContain(address);
  }
  const sent = await eventually(
    () => {
      const all = [...stage.google.deliveries, ...stage.microsoft.deliveries];
      return all.length >= 3 ? all : null;
    },
    { what: 'three deliveries' },
  );
  expect(sent).toHaveLength(3);
});
