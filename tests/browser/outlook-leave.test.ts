import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { linkOutlook, makeDraft } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { DEMO_TENANTS } from '../peers/microsoft/microsoft-defaults.ts';

/* Rights at Microsoft are taken and given back one by one, and an account goes without a trace. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  const scopes = ['User.Read', 'Mail.Send', 'Mail.ReadWrite'];
  stage.microsoft.approve(DEMO_TENANTS.bletchley.id, stage.microsoftClient.id, scopes);
  await linkOutlook(stage);
});
afterAll(() => stage.close());

it('takes one more right on the page, which then says that it includes reading', async () => {
  const page = await stage.browser.openPage('options.html#accounts');
  await page.locator('::-p-text(Rights, step by step)').click();
  await page.locator('::-p-text(With it Postern could read, change and delete the mails)').wait();
  await page.locator('::-p-text(Give this right)').click();
  await page.locator('::-p-text(The right is given)').wait();
  await page.locator('::-p-text(That right includes reading)').wait();
  const { accounts } = await askWorker(page, 'accounts.list', {});
  expect(accounts[0]?.grantedRungs).toEqual(['send', 'drafts']);
  await page.close();
});

it('gives it back by revoking and linking again, and says what Microsoft has no call for', async () => {
  const page = await stage.browser.openPage('options.html#accounts');
  await page.locator('::-p-text(Rights, step by step)').click();
  await page.locator('::-p-text(Give this right back…)').click();
  await page.locator('::-p-text(no call with which an app withdraws a consent)').wait();
  await page.locator('::-p-text(Wipe and link again)').click();
  await page.locator('::-p-text(asks for the lower rights only)').wait();
  const { accounts } = await askWorker(page, 'accounts.list', {});
  expect(accounts[0]?.grantedRungs).toEqual(['send']);
  await page.close();
});

it('is removed with its mails, and the consent page of its kind is shown', async () => {
  const page = await stage.browser.openPage('options.html#accounts');
  await makeDraft(page, { to: 'bob@example.com', subject: 'Never sent', text: 'Hello' });
  await page.locator('::-p-text(Remove…)').click();
  await page.locator('::-p-text(Remove it)').click();
  const link = await page.locator('::-p-text(Open the provider’s page)').waitHandle();
  expect(await link.evaluate((one) => one.closest('a')?.href)).toBe(
    'https://myapps.microsoft.com/',
  );
  expect((await askWorker(page, 'accounts.list', {})).accounts).toEqual([]);
  expect((await askWorker(page, 'outbox.list', {})).mails).toEqual([]);
});
