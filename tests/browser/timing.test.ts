import type { Page } from 'puppeteer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RequestOf } from '../../utils/messaging/messaging.ts';
import { askWorker } from '../harness/ask-worker.ts';
import {
  linkAccount,
  makeDraft,
  openCompose,
  OPENING,
  pressSend,
  reaches,
  stateOf,
  write,
} from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';

/* When a mail goes: the undo window and the schedule, on the real clock and the real alarms. */

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  await linkAccount(stage, { withSecret: true, undoSeconds: 10 });
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.router.log.clear();
  page = await stage.browser.openPage('popup.html');
});

const choose = async (changes: Partial<RequestOf<'sending.choose'>>): Promise<void> => {
  const choices = await askWorker(page, 'sending.choices', {});
  await askWorker(page, 'sending.choose', { ...choices, ...changes });
};

/** Opened sessions: every mail begins with one. */
const openings = (): readonly number[] =>
  stage.router.log.requests(OPENING).map((request) => request.at);

describe('the undo window', () => {
  it('gives the mail back to the window it was written in, and nothing was asked of Google', async () => {
    const compose = await openCompose(stage);
    await write(compose, { to: 'undone@example.com', subject: 'Undone', text: 'Too soon' });
    await pressSend(compose);
    await compose.waitForSelector('.countdown');
    await compose.locator('button ::-p-text(Undo)').click();
    await compose.waitForSelector('#text');
    const text = await compose.$eval('#text', (field) => 'value' in field && field.value);
    expect(text).toBe('Too soon');
    expect(openings()).toEqual([]);
    await compose.close();
  });

  it('ends by itself, with every page closed, and never early', async () => {
    const mail = { to: 'held@example.com', subject: 'Held', text: 'Hello' };
    const id = await makeDraft(page, mail);
    const outcome = await askWorker(page, 'outbox.send', { id });
    const until = outcome.kind === 'held' ? outcome.until : Infinity;
    await page.close();
    await stage.inbox.waitFor(mail.to, { timeoutMs: 60_000 });
    expect(openings()).toHaveLength(1);
    expect(openings()[0]).toBeGreaterThanOrEqual(until);
  });

  it('outlives a browser that is killed in it: the mail goes once, and not early', async () => {
    await choose({ undoSeconds: 20 });
    const mail = { to: 'killed@example.com', subject: 'Killed', text: 'Hello' };
    const id = await makeDraft(page, mail);
    const outcome = await askWorker(page, 'outbox.send', { id });
    const until = outcome.kind === 'held' ? outcome.until : Infinity;
    await stage.restartBrowser();
    page = await stage.browser.openPage('popup.html');
    await reaches(page, id, { kind: 'sent', withinMs: 60_000 });
    await stage.google.settled();
    const arrived = stage.google.deliveries.filter(({ envelope }) => envelope.to.includes(mail.to));
    expect(arrived).toHaveLength(1);
    expect(openings()).toHaveLength(1);
    expect(openings()[0]).toBeGreaterThanOrEqual(until);
  });

  it('leaves what was undone undone when the browser is killed right after', async () => {
    const id = await makeDraft(page, { to: 'never@example.com', subject: 'No', text: 'No' });
    await askWorker(page, 'outbox.send', { id });
    expect(await askWorker(page, 'outbox.edit', { id })).toEqual({ done: true });
    await stage.restartBrowser();
    page = await stage.browser.openPage('popup.html');
    expect(await stateOf(page, id)).toEqual({ kind: 'draft', reason: null });
    // What is sent now would take it along if it were still waiting anywhere.
    await choose({ undoSeconds: 0 });
    const next = await makeDraft(page, { to: 'next@example.com', subject: 'Next', text: 'Next' });
    await askWorker(page, 'outbox.send', { id: next });
    await reaches(page, next, { kind: 'sent' });
    expect(openings()).toHaveLength(1);
    expect(await stateOf(page, id)).toEqual({ kind: 'draft', reason: null });
  });
});

describe('a scheduled mail', () => {
  it('is sent by an alarm that wakes a dead worker, with every page closed, and never early', async () => {
    const mail = { to: 'later@example.com', subject: 'Later', text: 'Hello' };
    const id = await makeDraft(page, mail);
    const at = Date.now() + 35_000;
    const schedule = { id, at, zone: 'Europe/Berlin' };
    expect(await askWorker(page, 'outbox.schedule', schedule)).toEqual({ kind: 'scheduled', at });
    for (const open of await stage.browser.puppeteer.pages()) {
      if (open.url().startsWith('chrome-extension://')) await open.close();
    }
    expect(await stage.browser.worker.kill()).toBe(true);
    await stage.inbox.waitFor(mail.to, { timeoutMs: 110_000 });
    expect(openings()).toHaveLength(1);
    expect(openings()[0]).toBeGreaterThanOrEqual(at);
  });

  it('is not sent when it was taken back', async () => {
    const id = await makeDraft(page, { to: 'back@example.com', subject: 'Back', text: 'Back' });
    const schedule = { id, at: Date.now() + 3_600_000, zone: 'UTC' };
    await askWorker(page, 'outbox.schedule', schedule);
    expect(await askWorker(page, 'outbox.edit', { id })).toEqual({ done: true });
    expect(await stateOf(page, id)).toEqual({ kind: 'draft', reason: null });
    expect(openings()).toEqual([]);
  });
});
