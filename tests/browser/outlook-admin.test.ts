import { afterAll, beforeAll, expect, it } from 'vitest';
import { giveMicrosoftConsent } from '../harness/microsoft-consent.ts';
import { linkOutlook } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import { DEMO_TENANTS } from '../peers/microsoft/microsoft-defaults.ts';

/* A company in which people may allow nothing themselves. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

it('is told by a text that can be handed to the administrator, and nothing is stored', async () => {
  const { katherine } = stage.microsoftAccounts;
  const outcome = await linkOutlook(stage, { account: katherine });
  expect(outcome).toMatchObject({ kind: 'needs-admin', clientId: stage.microsoftClient.id });

  const page = await stage.browser.openPage('options.html#accounts/outlook');
  await page.locator('::-p-text(Link Outlook)').click();
  const window = await stage.browser.newWindow('https://login.microsoftonline.com/');
  await giveMicrosoftConsent(window, { account: katherine });
  await page.locator('::-p-text(An administrator of the organisation has to approve)').wait();
  const text = await page.$eval('textarea#ask-link-outlook', (field) => field.value);
  expect(text).toContain('adminconsent');
  expect(text).toContain(stage.microsoftClient.id);
  expect(text).toContain('Mail.Send');
  await page.close();
});

it('works for the same person once the administrator has approved', async () => {
  const { katherine } = stage.microsoftAccounts;
  const scopes = ['User.Read', 'Mail.Send'];
  stage.microsoft.approve(DEMO_TENANTS.langley.id, stage.microsoftClient.id, scopes);
  expect(await linkOutlook(stage, { account: katherine })).toMatchObject({
    kind: 'linked',
    canSend: true,
    account: { address: katherine.email, accountType: 'work' },
  });
});
