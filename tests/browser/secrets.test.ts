import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaration as gmail } from '../../utils/providers/gmail/gmail.ts';
import { declaration as outlook } from '../../utils/providers/outlook/outlook.ts';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import { linkAccount, openCompose, pressSend, reaches, write } from '../harness/product-acts.ts';
import {
  filesScanned,
  needlesIn,
  scanProfile,
  TOKENS,
  type Needle,
} from '../harness/scan-profile.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* A whole session: link with a refresh token, write, send, leave. What can be read of it afterwards? */

const MAIL = {
  to: 'recipient-of-this@example.com',
  subject: 'Subject-that-is-nobodys-business',
  text: 'Text-that-is-nobodys-business',
};
const CONTENT: readonly Needle[] = [
  { name: 'the recipient', pattern: MAIL.to },
  { name: 'the subject', pattern: MAIL.subject },
  { name: 'the text', pattern: MAIL.text },
];

const EVERY_CALL = { host: null, accountId: null, result: null, offset: 0, limit: 2_000 };

let stage: Stage;
let page: Page;
let accountId: string;

beforeAll(async () => {
  stage = await openStage();
  const linked = await linkAccount(stage, { withSecret: true });
  if (linked.kind !== 'linked') throw new Error(linked.kind);
  accountId = linked.account.id;
  page = await stage.browser.openPage('options.html');
});
afterAll(() => stage.close());

/** Everything that a page of the extension can read in clear. */
async function storedInClear(): Promise<string> {
  return page.evaluate(async () => {
    const seen: unknown[] = [await chrome.storage.local.get(), await chrome.storage.session.get()];
    const ask = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('not read'));
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await ask(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const rows = await ask(database.transaction(store).objectStore(store).getAll());
        seen.push(
          rows.map((row: unknown) =>
            JSON.stringify(row, (_key, value: unknown) =>
              value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
            ),
          ),
        );
      }
      database.close();
    }
    return JSON.stringify(seen);
  });
}

const secretOfClient = (): Needle => ({ name: 'the client secret', pattern: stage.client.secret });
const address = (): Needle => ({ name: 'the address', pattern: stage.accounts.ada.email });

describe('a whole session', () => {
  it('shows no token, address, subject or text in storage, while a mail is written and sent', async () => {
    const needles = [...TOKENS, ...CONTENT, secretOfClient(), address()];
    const compose = await openCompose(stage);
    await write(compose, MAIL);
    expect(needlesIn(await storedInClear(), needles)).toEqual([]);
    const hold = stage.router.faults.hold({ match: { method: 'PUT' }, at: 'arrived' });
    await pressSend(compose);
    await hold.arrived;
    // The session's address is stored by now.
    expect(needlesIn(await storedInClear(), needles)).toEqual([]);
    hold.release();
    await stage.inbox.waitFor(MAIL.to);
    expect(needlesIn(await storedInClear(), needles)).toEqual([]);
  });

  it('shows no token in any page', async () => {
    const pages = await stage.browser.puppeteer.pages();
    for (const path of ['popup.html', 'options.html#accounts', 'options.html#privacy']) {
      pages.push(await stage.browser.openPage(path));
    }
    for (const open of pages) {
      const html = await open.evaluate(() => document.documentElement.outerHTML);
      expect(needlesIn(html, [...TOKENS, secretOfClient()])).toEqual([]);
    }
  });

  it('tells pages no token in any answer', async () => {
    const answers = [
      await askWorker(page, 'accounts.list', {}),
      await askWorker(page, 'outbox.list', {}),
      await askWorker(page, 'privacy.overview', {}),
      await askWorker(page, 'privacy.calls', EVERY_CALL),
      await askWorker(page, 'privacy.statistics', { days: 30 }),
    ];
    expect(needlesIn(JSON.stringify(answers), [...TOKENS, secretOfClient()])).toEqual([]);
  });

  it('prints nothing', () => {
    expect(stage.browser.consoleLines.filter(({ text }) => !/ERR_|net::/.test(text))).toEqual([]);
  });

  it('called the hosts on the list and no other', async () => {
    const { hosts } = await askWorker(page, 'privacy.overview', {});
    const { calls } = await askWorker(page, 'privacy.calls', EVERY_CALL);
    const own = `chrome-extension://${stage.browser.extensionId}`;
    const called = stage.router.log.all.filter(({ origin }) => origin === own);
    const reached = new Set(called.map(({ host }) => host));
    expect(reached).toEqual(new Set(gmail.hosts));
    expect(new Set(hosts.filter((one) => one.calls > 0).map(({ host }) => host))).toEqual(reached);
    // A provider without an account is on the list too, and nobody called it.
    const idle = hosts.filter((one) => one.calls === 0 && one.lastAt === null);
    expect(new Set(idle.map(({ host }) => host))).toEqual(new Set(outlook.hosts));
    expect(calls.length).toBeGreaterThan(0);
    expect(stage.router.log.all.filter(({ status }) => status === 421)).toEqual([]);
  });
});

describe('leaving', () => {
  it('leaves no token and no address behind after revoke and remove', async () => {
    const compose = await openCompose(stage);
    await write(compose, { ...MAIL, subject: `${MAIL.subject} again` });
    await compose.close();
    const popup = await stage.browser.openPage('popup.html');
    const { mails } = await askWorker(popup, 'outbox.list', {});
    const draft = mails.find(({ state }) => state.kind === 'draft');
    expect(draft?.subject).toContain(MAIL.subject);

    expect(await askWorker(page, 'accounts.revoke', { id: accountId })).toEqual({
      kind: 'revoked',
    });
    // What waits for an account waits until the person comes back, or removes it.
    await askWorker(popup, 'outbox.send', { id: draft?.id ?? '' });
    await reaches(popup, draft?.id ?? '', { kind: 'waiting-for-sign-in' });
    await askWorker(page, 'accounts.remove', { id: accountId });
    await eventually(async () => (await askWorker(popup, 'outbox.list', {})).mails.length === 0, {
      what: 'the mails of the account to be gone',
    });
    expect((await askWorker(page, 'accounts.list', {})).accounts).toEqual([]);

    const needles = [...TOKENS, ...CONTENT, address(), secretOfClient()];
    expect(needlesIn(await storedInClear(), needles)).toEqual([]);
    const { userDataDir } = stage.browser;
    await stage.browser.close({ keepProfile: true });
    expect(filesScanned(userDataDir)).toBeGreaterThan(5);
    expect(scanProfile(userDataDir, needles)).toEqual([]);
  });
});
