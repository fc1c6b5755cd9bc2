import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { giveConsent } from '../harness/google-consent.ts';
import { linkAccount, makeDraft, reaches } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* Tokens run out; people are asked for as little as possible. */

let stage: Stage;
let accountId: string;

beforeAll(async () => {
  stage = await openStage();
  const linked = await linkAccount(stage);
  if (linked.kind !== 'linked') throw new Error(linked.kind);
  accountId = linked.account.id;
});
afterAll(() => stage.close());

const AUTHORIZE = { host: 'accounts.google.com', path: '/o/oauth2/v2/auth' };

it('renews a token silently when the old one has expired, and sends', async () => {
  const page = await stage.browser.openPage('popup.html');
  stage.google.expireAccessTokens();
  stage.router.log.clear();
  const id = await makeDraft(page, { to: 'a@example.com', subject: 'Renewed', text: 'Hello' });
  await askWorker(page, 'outbox.send', { id });
  await reaches(page, id, { kind: 'sent' });
  const asked = stage.router.log.requests(AUTHORIZE);
  expect(asked.map(({ query }) => new URLSearchParams(query).get('prompt'))).toEqual(['none']);
});

it('lets a mail wait when consent was withdrawn at Google, and sends it after signing in again', async () => {
  const page = await stage.browser.openPage('popup.html');
  stage.google.revokeAll(stage.accounts.ada.email);
  const id = await makeDraft(page, { to: 'b@example.com', subject: 'Waited', text: 'Hello' });
  await askWorker(page, 'outbox.send', { id });
  await reaches(page, id, { kind: 'waiting-for-sign-in' });
  const { accounts } = await askWorker(page, 'accounts.list', {});
  expect(accounts[0]?.health.kind).toBe('needs-sign-in');
  expect(await page.evaluate(() => chrome.action.getBadgeText({}))).not.toBe('');

  const again = askWorker(page, 'accounts.reconnect', { id: accountId });
  const window = await stage.browser.newWindow('https://accounts.google.com/');
  await giveConsent(window, { account: stage.accounts.ada, boxes: 'all' });
  expect(await again).toMatchObject({ kind: 'linked', canSend: true });
  await reaches(page, id, { kind: 'sent' });
  const waited = stage.google.deliveries.filter(({ envelope }) =>
    envelope.to.includes('b@example.com'),
  );
  expect(waited).toHaveLength(1);
});
