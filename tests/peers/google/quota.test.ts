import { describe, expect, test } from 'vitest';
import { createMovableClock } from '../clock.ts';
import type { GoogleAccount } from './google-options.ts';
import { type GoogleStage, mailText, SEND_URL, stageGoogle, UPLOAD_URL } from './google-stage.ts';
import { createQuota } from './quota.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

async function send(stage: GoogleStage, token = stage.token()): Promise<Response> {
  return await stage.fetch(SEND_URL, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ raw: Buffer.from(mailText()).toString('base64url') }),
  });
}

async function statuses(stage: GoogleStage, count: number): Promise<readonly number[]> {
  const token = stage.token();
  const all: number[] = [];
  for (let at = 0; at < count; at += 1) all.push((await send(stage, token)).status);
  return all;
}

function stageAt(now: number): GoogleStage {
  return stageGoogle({ clock: createMovableClock(() => now) });
}

describe('units a minute (PROVIDERS.md A3)', () => {
  test('60 sends of 100 units fit, the 61st is 403 rateLimitExceeded and is not sent', async () => {
    const stage = stageAt(0);
    const all = await statuses(stage, 61);
    expect(all.slice(0, 60).every((status) => status === 200)).toBe(true);
    expect(all[60]).toBe(403);
    expect(stage.google.deliveries).toHaveLength(60);
    const { error } = (await (await send(stage)).json()) as { error: unknown };
    expect(error).toMatchObject({
      code: 403,
      errors: [{ domain: 'usageLimits', reason: 'rateLimitExceeded' }],
    });
  });

  test('the room comes back as the minute passes', async () => {
    const stage = stageAt(0);
    await statuses(stage, 60);
    stage.google.clock.advance(MINUTE_MS - 1);
    expect((await send(stage)).status).toBe(403);
    stage.google.clock.advance(1);
    expect((await send(stage)).status).toBe(200);
  });

  test('opening a session costs the send, its slices and questions cost nothing', async () => {
    const stage = stageAt(0);
    const headers = { authorization: `Bearer ${stage.token()}` };
    const open = (): Promise<Response> =>
      stage.fetch(`${UPLOAD_URL}?uploadType=resumable`, { method: 'POST', headers });
    stage.google.switches.unitsPerMinute = 100;
    const uri = (await open()).headers.get('location') ?? '';
    expect((await open()).status).toBe(403);
    const question = { method: 'PUT', headers: { 'content-range': 'bytes */*' } };
    for (let at = 0; at < 5; at += 1) expect((await stage.fetch(uri, question)).status).toBe(308);
    expect((await stage.fetch(uri, { method: 'PUT', body: mailText() })).status).toBe(200);
  });

  test('each account has its own', async () => {
    const stage = stageAt(0);
    stage.google.switches.unitsPerMinute = 100;
    const { google, client, accounts } = stage;
    const scopes = ['https://www.googleapis.com/auth/gmail.send'];
    const { accessToken } = google.grant({
      account: accounts.grace.email,
      client: client.id,
      scopes,
    });
    expect([(await send(stage)).status, (await send(stage)).status]).toEqual([200, 403]);
    expect((await send(stage, accessToken)).status).toBe(200);
  });

  test('can be switched off', async () => {
    const stage = stageAt(0);
    stage.google.switches.quota = false;
    stage.google.switches.unitsPerMinute = 0;
    expect(await statuses(stage, 3)).toEqual([200, 200, 200]);
  });
});

describe('messages a day (PROVIDERS.md A3)', () => {
  test('a full day is 429 RESOURCE_EXHAUSTED until a day has passed', async () => {
    const stage = stageAt(0);
    stage.google.switches.messagesPerDay = 2;
    expect(await statuses(stage, 2)).toEqual([200, 200]);
    const full = await send(stage);
    expect(full.status).toBe(429);
    expect(await full.json()).toMatchObject({
      error: { status: 'RESOURCE_EXHAUSTED', errors: [{ reason: 'userRateLimitExceeded' }] },
    });
    stage.google.clock.advance(DAY_MS);
    expect((await send(stage)).status).toBe(200);
  });

  test('is 500 for consumers and 2,000 for Workspace', () => {
    const { google, accounts } = stageAt(0);
    const quota = createQuota(google.clock, google.switches);
    const fits = (account: GoogleAccount): number => {
      let count = 0;
      while (quota.countMessage(account) === null) count += 1;
      return count;
    };
    expect([fits(accounts.ada), fits(accounts.grace)]).toEqual([500, 2_000]);
  });
});

describe('when to come back', () => {
  test.each([
    ['header-and-text', true, true],
    ['header', true, false],
    ['text', false, true],
    ['none', false, false],
  ] as const)('switched to %s', async (said, inHeader, inText) => {
    const now = Date.UTC(2026, 8, 1, 12, 0, 0);
    const stage = stageAt(now);
    stage.google.switches.unitsPerMinute = 100;
    stage.google.switches.retryTime = said;
    await send(stage);
    stage.google.clock.advance(20_000);
    const response = await send(stage);
    expect(response.headers.get('retry-after')).toBe(inHeader ? '40' : null);
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error.message).toBe(
      `User-rate limit exceeded.${inText ? '  Retry after 2026-09-01T12:01:00.000Z' : ''}`,
    );
  });
});
