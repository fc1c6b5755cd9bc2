import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import { eventually } from '../harness/eventually.ts';
import {
  linkAccount,
  makeDraft,
  openCompose,
  reaches,
  SLICE,
  stateOf,
  write,
} from '../harness/product-acts.ts';
import { filesScanned, scanProfile } from '../harness/scan-profile.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* The lock in a real browser: switched on, fallen, opened, and what lies on the disk meanwhile. */

const PASSPHRASE = 'larch gate seven lanterns';
const NEXT = 'another set of quiet words';
const MAIL = { to: 'ann@example.com', subject: 'Subject-under-lock', text: 'Text-under-lock' };

let stage: Stage;
/** As the session's memory had it: to be looked for on the disk. */
let rawKey = '';

beforeAll(async () => {
  stage = await openStage();
  const linked = await linkAccount(stage, { withSecret: true });
  if (linked.kind !== 'linked') throw new Error(linked.kind);
});
afterAll(() => stage.close());

const textOf = (page: Page): Promise<string> =>
  page.evaluate(() => document.body.innerText + document.documentElement.outerHTML);

async function lockState(page: Page): Promise<string> {
  return (await askWorker(page, 'lock.status', {})).state;
}

async function clickButton(page: Page, words: string): Promise<void> {
  await page.waitForSelector(`::-p-xpath(//button[contains(., "${words}")])`);
  await page.click(`::-p-xpath(//button[contains(., "${words}")])`);
}

/** Null while the lock falls: then nothing new is answered. */
async function kindOf(page: Page, id: string): Promise<string | null> {
  const state = await stateOf(page, id).catch(() => null);
  return state?.kind ?? null;
}

/** A draft that is made by messages opens a window of its own. */
async function closeComposeWindows(): Promise<void> {
  for (const open of await stage.browser.puppeteer.pages()) {
    if (open.url().includes('compose.html')) await open.close();
  }
}

async function unlockBy(page: Page, passphrase: string): Promise<void> {
  await page.waitForSelector('#unlock-passphrase');
  await page.type('#unlock-passphrase', passphrase);
  // By style, since a field of the type password would have the browser offer to keep it.
  const masked = await page.$eval('#unlock-passphrase', (field) =>
    getComputedStyle(field).getPropertyValue('-webkit-text-security'),
  );
  expect(masked).toBe('disc');
  await clickButton(page, 'Unlock');
}

describe('the lock', () => {
  it('is switched on with a passphrase, and everything goes on', async () => {
    const page = await stage.browser.openPage('options.html#lock');
    await page.waitForSelector('#lock-new');
    await page.type('#lock-new', PASSPHRASE);
    await page.type('#lock-again', PASSPHRASE);
    await clickButton(page, 'Switch the lock on');
    await page.waitForSelector('#off-passphrase');
    const entries = await page.evaluate(() => chrome.storage.session.get('open-data-key'));
    rawKey = String(entries['open-data-key']).split(' ')[1] ?? '';
    expect(rawKey).toMatch(/^[0-9a-f]{64}$/);
    const { accounts } = await askWorker(page, 'accounts.list', {});
    expect(accounts.map(({ address }) => address)).toEqual([stage.accounts.ada.email]);
    await page.close();
  });

  it('is locked when the browser starts again: pages show the prompt and no address', async () => {
    await stage.restartBrowser();
    const popup = await stage.browser.openPage('popup.html');
    await popup.waitForSelector('#unlock-passphrase');
    expect(await textOf(popup)).not.toContain(stage.accounts.ada.email);
    await expect(askWorker(popup, 'accounts.list', {})).rejects.toThrow(/locked/);
    await expect(askWorker(popup, 'compose.new', { accountId: null })).rejects.toThrow(/locked/);
    await popup.close();
  });

  it('says so when the passphrase is wrong, and opens with the right one, and sends', async () => {
    const popup = await stage.browser.openPage('popup.html');
    await unlockBy(popup, 'not the one');
    await popup.waitForSelector('.notice-heed');
    expect(await lockState(popup)).toBe('locked');
    await unlockBy(popup, PASSPHRASE);
    await popup.waitForSelector('.popup-compose');
    const id = await makeDraft(popup, MAIL);
    await askWorker(popup, 'outbox.send', { id });
    await reaches(popup, id, { kind: 'sent' });
    await closeComposeWindows();
    await popup.close();
  });
});

describe('when the lock falls', () => {
  it('a window hides what is written and has it again after unlocking', async () => {
    const compose = await openCompose(stage);
    await write(compose, MAIL);
    await compose.type('#text', ' and-more');
    const popup = await stage.browser.openPage('popup.html');
    await askWorker(popup, 'lock.now', {});
    await compose.waitForSelector('#unlock-passphrase');
    const shown = await textOf(compose);
    for (const part of [MAIL.to, MAIL.subject, MAIL.text, 'and-more']) {
      expect(shown).not.toContain(part);
    }
    await eventually(async () => (await lockState(popup)) === 'locked', {
      what: 'the lock to fall',
    });
    await unlockBy(compose, PASSPHRASE);
    await compose.waitForSelector('#text');
    const text = await compose.$eval('#text', (field) => (field as HTMLTextAreaElement).value);
    expect(text).toBe(`${MAIL.text} and-more`);
    await compose.close();
    await popup.close();
  });

  it('during an upload, that mail is sent and known as sent, and the next waits for unlocking', async () => {
    const popup = await stage.browser.openPage('popup.html');
    const first = await makeDraft(popup, { ...MAIL, subject: 'First' });
    const hold = stage.router.faults.hold({ match: SLICE, at: 'arrived' });
    await askWorker(popup, 'outbox.send', { id: first });
    await hold.arrived;
    const second = await makeDraft(popup, { ...MAIL, subject: 'Second' });
    await askWorker(popup, 'outbox.send', { id: second });
    await askWorker(popup, 'lock.now', {});
    hold.release();
    await eventually(
      async () =>
        (await kindOf(popup, first)) === 'sent' && (await kindOf(popup, second)) === 'locked',
      { what: 'the first to be sent and the second to wait' },
    );
    expect((await askWorker(popup, 'lock.status', {})).waitingMails).toBe(1);
    await unlockBy(popup, PASSPHRASE);
    await reaches(popup, second, { kind: 'sent' });
    expect(await stateOf(popup, first)).toMatchObject({ kind: 'sent' });
    await popup.close();
  });
});

describe('a change of the passphrase that is killed half-way', () => {
  it('leaves a vault that opens with one of the two, and loses nothing', async () => {
    const page = await stage.browser.openPage('options.html#privacy');
    let [now, next] = [PASSPHRASE, NEXT];
    for (const looks of [0, 20, 60, 100, 200, 400]) {
      await page.evaluate(
        (request) => void chrome.runtime.sendMessage({ name: 'lock.change-passphrase', request }),
        { passphrase: now, next },
      );
      // Each look at the page takes a millisecond or two: the worker dies at another moment each time.
      for (let look = 0; look < looks; look++) await page.evaluate(() => document.title);
      await stage.browser.worker.kill();
      const withNext = await askWorker(page, 'lock.unlock', { passphrase: next });
      if (withNext.kind === 'done') [now, next] = [next, now];
      else
        expect(await askWorker(page, 'lock.unlock', { passphrase: now })).toEqual({ kind: 'done' });
      const { accounts, unreadable } = await askWorker(page, 'accounts.list', {});
      expect([accounts.length, unreadable.length]).toEqual([1, 0]);
    }
    if (now !== PASSPHRASE) {
      await askWorker(page, 'lock.change-passphrase', { passphrase: now, next: PASSPHRASE });
    }
    await page.close();
  });
});

describe('the disk', () => {
  it('holds neither the passphrase nor the data key nor what they lock', async () => {
    const popup = await stage.browser.openPage('popup.html');
    await makeDraft(popup, { ...MAIL, subject: 'Subject-that-stays' });
    const { userDataDir } = stage.browser;
    await stage.browser.close({ keepProfile: true });
    const bytes = Buffer.from(rawKey, 'hex');
    expect(filesScanned(userDataDir)).toBeGreaterThan(5);
    expect(
      scanProfile(userDataDir, [
        { name: 'the passphrase', pattern: PASSPHRASE },
        { name: 'the other passphrase', pattern: NEXT },
        { name: 'the data key in hex', pattern: rawKey },
        { name: 'the data key in base64', pattern: bytes.toString('base64').slice(0, 40) },
        { name: 'a subject', pattern: 'Subject-that-stays' },
        { name: 'the address', pattern: stage.accounts.ada.email },
      ]),
    ).toEqual([]);
  });
});
