import { describe, expect, test } from 'vitest';
import { purposes, world } from './google-world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RENEWAL = { host: 'oauth2.googleapis.com', method: 'POST' };

/** An account whose token has ended, at a server that wants to be left alone for two hours. */
async function refused(status: number) {
  const made = await world('id and secret');
  const { id } = await made.linked();
  made.clock.jump(HOUR_MS);
  const headers = { 'retry-after': '7200', 'access-control-expose-headers': 'retry-after' };
  const fault = { kind: 'refuse', status, headers } as const;
  made.router.faults.add({ match: RENEWAL, fault, times: 1 });
  const before = made.calls.length;
  const first = await made.accounts.token(id, 'send');
  return { made, id, first, asked: () => purposes(made, before) };
}

describe('a renewal that was refused for a time', () => {
  test.each([
    [429, 'rate-limit'],
    [503, 'provider-error'],
  ] as const)('with %i is not tried again before, by whichever worker', async (status, reason) => {
    const { made, id, first, asked } = await refused(status);
    expect(first).toEqual({ kind: 'unavailable', reason, retryAfterMs: 2 * HOUR_MS });
    made.clock.jump(HOUR_MS);
    for (const accounts of [made.accounts, made.worker()]) {
      const again = await accounts.token(id, 'send', { rejected: true });
      expect(again).toEqual({ kind: 'unavailable', reason, retryAfterMs: HOUR_MS });
    }
    expect(asked()).toEqual(['renew-token']);
    expect((await made.accounts.get(id))?.health).toEqual({ kind: 'works' });
    made.clock.jump(HOUR_MS);
    expect((await made.worker().token(id, 'send')).kind).toBe('token');
    expect(asked()).toEqual(['renew-token', 'renew-token']);
  });

  test('is tried again after the time, or when the clock went back to long before', async () => {
    const { made, id, asked } = await refused(429);
    made.clock.jump(-30 * DAY_MS);
    await made.session.clear();
    await made.accounts.token(id, 'send');
    expect(asked()).toEqual(['renew-token', 'renew-token']);
  });

  test('does not hold up the person, who signs in again', async () => {
    const { made, id } = await refused(429);
    expect((await made.accounts.reconnect(id)).kind).toBe('linked');
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
    await made.session.clear();
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
  });
});
