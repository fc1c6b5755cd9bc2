import type { Page } from 'puppeteer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import {
  linkAccount,
  makeDraft,
  OPENING,
  reaches,
  SLICE,
  stateOf,
} from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import type { HoldPoint } from '../peers/faults.ts';
import type { RequestMatch } from '../peers/request-match.ts';

/* The worker dies in the middle of a send. However it ends: one mail in the inbox. */

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  await linkAccount(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  page = await stage.browser.openPage('popup.html');
});

/** Big enough for several slices. */
const LONG = 'A line that is as long as lines are.\n'.repeat(60_000);

const POINTS: readonly (readonly [string, RequestMatch, HoldPoint, string])[] = [
  ['before the session is opened', OPENING, 'arrived', 'short'],
  ['after the session is opened, before its address is stored', OPENING, 'taken', 'short'],
  ['before the upload', SLICE, 'arrived', 'short'],
  ['in the middle of the first slice', SLICE, { afterBytes: 100_000 }, LONG],
  ['after the mail was accepted, before the answer', SLICE, 'taken', 'short'],
];

describe('a worker that is killed', () => {
  it.each(POINTS)('%s leaves one mail', async (_when, match, at, text) => {
    const to = `bob-${Math.random().toString(36).slice(2)}@example.com`;
    const id = await makeDraft(page, { to, subject: 'Once', text });
    const hold = stage.router.faults.hold({ match, at });
    await askWorker(page, 'outbox.send', { id });
    await hold.arrived;
    expect(await stage.browser.worker.kill()).toBe(true);
    hold.release();
    await reaches(page, id, { kind: 'sent', withinMs: 60_000 });
    await stage.google.settled();
    const arrived = stage.google.deliveries.filter(({ envelope }) => envelope.to.includes(to));
    expect(arrived).toHaveLength(1);
    stage.router.faults.clear();
  });
});

/**
 * Twice: Chromium itself repeats a request whose kept-alive connection died without an answer
 * (docs/decisions/0004). A session takes the repetition for what it is.
 */
const LOST = { match: SLICE, fault: { kind: 'cut-after-accept' }, times: 2 } as const;

describe('an answer that is lost', () => {
  const send = async (text: string): Promise<{ id: string; to: string }> => {
    const to = `eve-${Math.random().toString(36).slice(2)}@example.com`;
    const id = await makeDraft(page, { to, subject: 'Lost', text });
    await askWorker(page, 'outbox.send', { id });
    return { id, to };
  };
  const arrived = (to: string): number =>
    stage.google.deliveries.filter(({ envelope }) => envelope.to.includes(to)).length;

  it('after the mail was accepted leads to one mail, known as sent', async () => {
    stage.router.faults.add(LOST);
    const { id, to } = await send('short');
    await reaches(page, id, { kind: 'sent', withinMs: 60_000 });
    expect(arrived(to)).toBe(1);
  });

  it('with a session forgotten before the last slice leads to one mail', async () => {
    const fault = { kind: 'forget-session', status: 404 } as const;
    stage.router.faults.add({ match: SLICE, fault });
    const { id, to } = await send(LONG);
    await reaches(page, id, { kind: 'sent', withinMs: 60_000 });
    expect(arrived(to)).toBe(1);
  });

  it('with a session forgotten after the last slice is unconfirmed, and never sent again by itself', async () => {
    stage.router.faults.add(LOST);
    stage.router.faults.add({
      match: { ...SLICE, contentRange: /^bytes \*/ },
      fault: { kind: 'forget-session', status: 410 },
    });
    const { id, to } = await send('short');
    await reaches(page, id, { kind: 'unconfirmed', withinMs: 60_000 });
    expect(arrived(to)).toBe(1);
    expect(await askWorker(page, 'outbox.retry', { id })).toEqual({ done: false });
    await stage.browser.worker.kill();
    expect(await stateOf(page, id)).toMatchObject({ kind: 'unconfirmed' });
    expect(arrived(to)).toBe(1);
    expect(await askWorker(page, 'outbox.decide', { id, decision: 'arrived' })).toEqual({
      done: true,
    });
  });
});

describe('a browser that is killed', () => {
  it('in the middle of an upload leaves one mail when it comes back', async () => {
    await stage.close();
    stage = await openStage();
    await linkAccount(stage, { withSecret: true });
    page = await stage.browser.openPage('popup.html');
    const mail = { to: 'after-the-crash@example.com', subject: 'Back', text: LONG };
    const id = await makeDraft(page, mail);
    const hold = stage.router.faults.hold({ match: SLICE, nth: 2, at: 'arrived' });
    await askWorker(page, 'outbox.send', { id });
    await hold.arrived;
    await stage.restartBrowser();
    hold.release();
    page = await stage.browser.openPage('popup.html');
    await reaches(page, id, { kind: 'sent', withinMs: 60_000 });
    await stage.google.settled();
    expect(stage.google.deliveries).toHaveLength(1);
  });
});
