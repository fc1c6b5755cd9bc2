import { afterAll, beforeAll, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { linkAccount, makeDraft } from '../harness/product-acts.ts';
import { scanProfile, TOKENS } from '../harness/scan-profile.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* The way out of everything at once. */

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

it('leaves nothing behind after everything is erased, and can begin anew', async () => {
  await linkAccount(stage, { withSecret: true });
  const page = await stage.browser.openPage('popup.html');
  const mail = { to: 'left-behind@example.com', subject: 'Left-behind', text: 'Left-behind-too' };
  await makeDraft(page, mail);
  const report = await askWorker(page, 'privacy.erase-everything', {});
  expect(report.left).toEqual([]);
  expect(report.revoked).toMatchObject([
    { address: stage.accounts.ada.email, result: { kind: 'revoked' } },
  ]);
  expect(report.unreadable).toBe(0);

  const { accounts, clients } = await askWorker(page, 'accounts.list', {});
  expect(accounts).toEqual([]);
  expect(clients.map(({ providerId, origin }) => [providerId, origin])).toEqual([
    ['gmail', 'none'],
    ['outlook', 'none'],
  ]);
  expect((await askWorker(page, 'outbox.list', {})).mails).toEqual([]);
  const stored = await page.evaluate(async () => ({
    local: await chrome.storage.local.get(),
    session: await chrome.storage.session.get(),
    sync: await chrome.storage.sync.get(),
    alarms: await chrome.alarms.getAll(),
    badge: await chrome.action.getBadgeText({}),
    hosts: (await chrome.permissions.getAll()).origins,
  }));
  expect(stored).toEqual({
    ...{ local: {}, session: {}, sync: {} },
    ...{ alarms: [], badge: '', hosts: [] },
  });
  const { inventory } = await askWorker(page, 'privacy.overview', {});
  expect(inventory.filter(({ count }) => count > 0)).toEqual([]);

  expect(await linkAccount(stage)).toMatchObject({ kind: 'linked', canSend: true });
  const again = await stage.browser.openPage('popup.html');
  const { accounts: anew } = await askWorker(again, 'accounts.list', {});
  expect(anew).toHaveLength(1);
  await askWorker(again, 'privacy.erase-everything', {});

  const { userDataDir } = stage.browser;
  await stage.browser.close({ keepProfile: true });
  const needles = [
    ...TOKENS,
    { name: 'the address', pattern: stage.accounts.ada.email },
    { name: 'the recipient', pattern: mail.to },
    { name: 'the subject', pattern: mail.subject },
  ];
  expect(scanProfile(userDataDir, needles)).toEqual([]);
});
