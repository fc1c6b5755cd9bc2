import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { giveMicrosoftConsent } from '../harness/microsoft-consent.ts';
import { linkOutlook, makeDraft, reaches } from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* A sign-in at Microsoft lives a day; after it people are asked for as little as possible. */

let stage: Stage;
let page: Page;
/** Ids of accounts; each case has its own, since a token that is refused twice running is another matter. */
const ids = new Map<string, string>();

beforeAll(async () => {
  stage = await openStage();
  const { joan, alan, hedy } = stage.microsoftAccounts;
  for (const account of [joan, alan, hedy]) {
    const linked = await linkOutlook(stage, { account });
    if (linked.kind !== 'linked') throw new Error(linked.kind);
    ids.set(account.email, linked.account.id);
  }
  page = await stage.browser.openPage('popup.html');
});
afterAll(() => stage.close());

const AUTHORIZE = {
  host: 'login.microsoftonline.com',
  path: '/common/oauth2/v2.0/authorize',
};

function prompts(): (string | null)[] {
  return stage.router.log
    .requests(AUTHORIZE)
    .map(({ query }) => new URLSearchParams(query).get('prompt'));
}

async function draft(email: string, to: string): Promise<string> {
  const mail = { to, subject: 'Waited', text: 'Hello' };
  return makeDraft(page, mail, ids.get(email) ?? null);
}

async function send(email: string, to: string): Promise<string> {
  const id = await draft(email, to);
  await askWorker(page, 'outbox.send', { id });
  return id;
}

it('renews by the refresh token within the day, without any page of Microsoft', async () => {
  const { email } = stage.microsoftAccounts.hedy;
  stage.microsoft.expireAccessTokens(email);
  stage.router.log.clear();
  await reaches(page, await send(email, 'within@example.com'), { kind: 'sent' });
  expect(prompts()).toEqual([]);
});

it('comes back silently when the day of the refresh token is over, without a window', async () => {
  const { email } = stage.microsoftAccounts.alan;
  stage.microsoft.expireAccessTokens(email);
  stage.microsoft.expireRefreshTokens(email);
  stage.router.log.clear();
  const id = await draft(email, 'after@example.com');
  const windows = stage.browser.puppeteer.targets().length;
  await askWorker(page, 'outbox.send', { id });
  await reaches(page, id, { kind: 'sent' });
  expect(prompts()).toEqual(['none']);
  expect(stage.browser.puppeteer.targets()).toHaveLength(windows);
  const { accounts } = await askWorker(page, 'accounts.list', {});
  expect(accounts.find(({ address }) => address === email)?.health.kind).toBe('works');
});

it('lets mails wait when consent was withdrawn at Microsoft meanwhile, and sends them after reconnecting', async () => {
  const { joan } = stage.microsoftAccounts;
  stage.microsoft.revokeAll(joan.email);
  stage.microsoft.expireAccessTokens(joan.email);
  const mails = [
    await send(joan.email, 'one@example.com'),
    await send(joan.email, 'two@example.com'),
  ];
  for (const id of mails) await reaches(page, id, { kind: 'waiting-for-sign-in' });
  const { accounts } = await askWorker(page, 'accounts.list', {});
  expect(accounts.find(({ address }) => address === joan.email)?.health.kind).toBe('needs-sign-in');

  const again = askWorker(page, 'accounts.reconnect', {
    id: ids.get(joan.email) ?? '',
  });
  const window = await stage.browser.newWindow('https://login.microsoftonline.com/');
  await giveMicrosoftConsent(window, { account: joan });
  expect(await again).toMatchObject({ kind: 'linked', canSend: true, relinked: true });
  for (const id of mails) await reaches(page, id, { kind: 'sent' });
  const waited = stage.microsoft.deliveries.filter(({ envelope }) =>
    envelope.to.some((to) => ['one@example.com', 'two@example.com'].includes(to)),
  );
  expect(waited).toHaveLength(2);
});
