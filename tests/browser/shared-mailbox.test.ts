import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { axeFindings } from '../harness/axe-findings.ts';
import { giveMicrosoftConsent } from '../harness/microsoft-consent.ts';
import { linkOutlook, openCompose, pressSend, write } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* A shared mailbox, from noting it to a mail of it in the inbox next door, on the pages alone. */

const OFFICE = 'office@bletchley.example';
const RIGHT = 'Give this right: Send from shared mailboxes';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await linkOutlook(stage);
});
afterAll(() => stage.close());

it('is noted on the account’s page, which then offers the step to its right', async () => {
  const page = await stage.browser.openPage('options.html#accounts');
  await page.locator('::-p-text(Other addresses to send from)').click();
  await page.locator('::-p-text(Add an address)').click();
  await page.locator('.sender-name').fill('The Office');
  await page.locator('input[id$="-0-address"]').fill(OFFICE);
  await page.select('select[id$="-0-kind"]', 'shared-mailbox');
  await page.locator('::-p-text(Save)').click();
  await page.locator('::-p-text(To send from a shared mailbox takes the right)').wait();
  await page.locator(`::-p-aria(${RIGHT})`).wait();
  expect(await axeFindings(page)).toEqual([]);
  await page.close();
});

it('is chosen as sender; its missing right is said there, and given there alone', async () => {
  const compose = await openCompose(stage);
  await compose.select('#from', await keyOf(compose, OFFICE));
  await compose.locator('::-p-text(To send from a shared mailbox takes the right)').wait();
  expect(await axeFindings(compose)).toEqual([]);
  stage.router.log.clear();
  await compose.locator(`::-p-aria(${RIGHT})`).click();
  const window = await stage.browser.newWindow('https://login.microsoftonline.com/');
  await giveMicrosoftConsent(window, { account: stage.microsoftAccounts.joan });
  await compose.waitForFunction(() => document.querySelector('.give-right') === null, {
    polling: 50,
  });
  expect(scopesAsked()).toEqual(['Mail.Send', 'Mail.Send.Shared']);

  await write(compose, { to: 'ann@example.com', subject: 'Larch', text: 'Hello Ann' });
  await pressSend(compose);
  const received = await stage.inbox.waitFor('ann@example.com');
  expect(received.from).toContain(OFFICE);
  const [mail, ...more] = stage.microsoft.deliveries;
  expect(more).toEqual([]);
  expect(new TextDecoder().decode(mail?.delivered)).toMatch(/^From: "?The Office"? <office@/m);
  const popup = await stage.browser.openPage('popup.html');
  const { accounts } = await askWorker(popup, 'accounts.list', {});
  expect(accounts).toMatchObject([
    {
      grantedRungs: ['send', 'shared-mailbox'],
      otherSenders: [{ kind: 'shared-mailbox', name: 'The Office', address: OFFICE }],
    },
  ]);
});

function scopesAsked(): readonly string[] {
  const requests = stage.router.log.requests({
    host: 'login.microsoftonline.com',
    path: '/common/oauth2/v2.0/authorize',
  });
  const asked = requests.flatMap(({ query }) =>
    (new URLSearchParams(query).get('scope') ?? '').split(' '),
  );
  return [...new Set(asked)].filter((scope) => scope.startsWith('Mail.'));
}

/** The value of the option that shows this address. */
function keyOf(compose: Page, address: string): Promise<string> {
  return compose
    .waitForFunction(
      (wanted) =>
        [...document.querySelectorAll<HTMLOptionElement>('#from option')].find(({ text }) =>
          text.includes(wanted),
        )?.value,
      { polling: 50 },
      address,
    )
    .then((handle) => handle.jsonValue())
    .then((value) => value ?? '');
}
