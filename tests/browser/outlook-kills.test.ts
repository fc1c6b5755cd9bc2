import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWorker } from '../harness/ask-worker.ts';
import {
  attach,
  linkOutlook,
  makeDraft,
  origin,
  reaches,
  stateOf,
} from '../harness/product-acts.ts';
import { openStage, type Stage } from '../harness/stage.ts';
import type { HoldPoint } from '../peers/faults.ts';
import { DEMO_TENANTS } from '../peers/microsoft/microsoft-defaults.ts';
import type { RequestMatch } from '../peers/request-match.ts';

/* Outlook, and a worker that dies between draft, upload and send; and answers that nobody heard. */

const GRAPH = 'graph.microsoft.com';
const WHOLE: RequestMatch = { host: GRAPH, method: 'POST', path: /\/sendMail$/ };
const WRITING: RequestMatch = { host: GRAPH, method: 'POST', path: /\/messages$/ };
const SENDING: RequestMatch = { host: GRAPH, method: 'POST', path: /\/send$/ };
const PIECES: RequestMatch = { method: 'PUT', path: /./ };
/** Larger than what goes with the draft itself: it has an upload of its own. */
const FILE_BYTES = 5 * 1024 * 1024;

let stage: Stage;
let page: Page;
const dir = mkdtempSync(join(tmpdir(), 'postern-outlook-'));
const file = join(dir, 'plans.bin');

beforeAll(async () => {
  writeFileSync(file, randomBytes(FILE_BYTES));
  // Chromium itself repeats a request whose kept-alive connection died (docs/decisions/0004).
  stage = await openStage({ freshConnections: true });
  const scopes = ['User.Read', 'Mail.Send', 'Mail.ReadWrite'];
  stage.microsoft.approve(DEMO_TENANTS.bletchley.id, stage.microsoftClient.id, scopes);
  await linkOutlook(stage);
  page = await stage.browser.openPage('popup.html');
});
afterAll(async () => {
  await stage.close();
  rmSync(dir, { recursive: true });
});

const arrived = (to: string): number =>
  stage.microsoft.deliveries.filter(({ envelope }) => envelope.to.includes(to)).length;

function stays(): number {
  const { email } = stage.microsoftAccounts.joan;
  return stage.microsoft.messages(email).filter(({ isDraft }) => isDraft).length;
}

async function written(to: string, withFile: boolean): Promise<string> {
  const id = await makeDraft(page, { to, subject: 'Once', text: 'Hello' });
  if (!withFile) return id;
  const compose = await stage.browser.visit(origin(stage, `compose.html?draft=${id}`));
  await attach(compose, file);
  await compose.close();
  return id;
}

describe('with the right to send alone', () => {
  it('a 202 that nobody heard is unconfirmed, and no second mail goes out by itself', async () => {
    const to = 'lost@example.com';
    const id = await written(to, false);
    stage.router.faults.add({ match: WHOLE, fault: { kind: 'cut-after-accept' } });
    await askWorker(page, 'outbox.send', { id });
    await reaches(page, id, { kind: 'unconfirmed', withinMs: 60_000 });
    expect(await askWorker(page, 'outbox.retry', { id })).toEqual({ done: false });
    await stage.browser.worker.kill();
    expect(await stateOf(page, id)).toMatchObject({ kind: 'unconfirmed' });
    expect(arrived(to)).toBe(1);
  });

  it('a worker that is killed before it heard the answer leaves one mail, unconfirmed', async () => {
    const to = 'unheard@example.com';
    const id = await written(to, false);
    const hold = stage.router.faults.hold({ match: WHOLE, at: 'taken' });
    await askWorker(page, 'outbox.send', { id });
    await hold.arrived;
    expect(await stage.browser.worker.kill()).toBe(true);
    hold.release();
    await reaches(page, id, { kind: 'unconfirmed', withinMs: 60_000 });
    expect(arrived(to)).toBe(1);
  });
});

const POINTS: readonly (readonly [string, RequestMatch, HoldPoint, boolean])[] = [
  ['before the draft is written', WRITING, 'arrived', false],
  ['after the draft is written, before its id is stored', WRITING, 'taken', false],
  ['in the middle of the upload of a file', PIECES, { afterBytes: 100_000 }, true],
  ['between the upload and the sending', SENDING, 'arrived', true],
  ['after it was sent, before the answer', SENDING, 'taken', false],
];

describe('with the right to write drafts, a worker that is killed', () => {
  beforeAll(async () => {
    const { accounts } = await askWorker(page, 'accounts.list', {});
    const id = accounts[0]?.id ?? '';
    const outcome = await askWorker(page, 'accounts.grant-rung', { id, rung: 'drafts' });
    expect(outcome).toMatchObject({ kind: 'granted' });
  });

  it.each(POINTS)('%s leaves one mail', async (_when, match, at, withFile) => {
    const to = `bob-${Math.random().toString(36).slice(2)}@example.com`;
    const id = await written(to, withFile);
    const hold = stage.router.faults.hold({ match, at });
    await askWorker(page, 'outbox.send', { id });
    await hold.arrived;
    expect(await stage.browser.worker.kill()).toBe(true);
    hold.release();
    await reaches(page, id, { kind: 'sent', withinMs: 60_000 });
    await stage.microsoft.settled();
    expect(arrived(to)).toBe(1);
    stage.router.faults.clear();
  });

  it('leaves no draft behind in the mailbox', () => {
    expect(stays()).toBe(0);
  });
});
