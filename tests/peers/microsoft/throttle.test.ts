import { describe, expect, test } from 'vitest';
import {
  GRAPH,
  type MicrosoftStage,
  mimeRequest,
  mimeText,
  stageMicrosoft,
} from './microsoft-stage.ts';

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

async function send(stage: MicrosoftStage, token?: string): Promise<Response> {
  return await stage.graph(
    '/me/sendMail',
    mimeRequest(mimeText(), token === undefined ? {} : { token }),
  );
}

describe('30 messages a minute (PROVIDERS.md B2)', () => {
  test('the next is 429 with a fractional Retry-After, not taken; then it goes', async () => {
    const stage = stageMicrosoft();
    for (let sent = 0; sent < 30; sent += 1) {
      expect((await send(stage)).status).toBe(202);
      stage.microsoft.clock.advance(7);
    }
    const refused = await send(stage);
    expect([refused.status, await codeOf(refused)]).toEqual([429, 'TooManyRequests']);
    expect(refused.headers.get('retry-after')).toBe('59.79');
    expect(stage.microsoft.deliveries).toHaveLength(30);
    stage.microsoft.clock.advance(59_790);
    expect((await send(stage)).status).toBe(202);
  });

  test.each([
    ['whole', '60'],
    ['none', null],
  ] as const)('Retry-After %s, by the switch', async (form, expected) => {
    const stage = stageMicrosoft();
    stage.microsoft.switches.retryAfter = form;
    stage.microsoft.switches.messagesPerMinute = 1;
    await send(stage);
    stage.microsoft.clock.advance(1);
    expect((await send(stage)).headers.get('retry-after')).toBe(expected);
  });

  test('is per mailbox; off by the switch', async () => {
    const stage = stageMicrosoft();
    stage.microsoft.switches.messagesPerMinute = 1;
    await send(stage);
    expect((await send(stage)).status).toBe(429);
    expect((await send(stage, stage.token(undefined, stage.accounts.hedy.email))).status).toBe(202);
    stage.microsoft.switches.quota = false;
    expect((await send(stage)).status).toBe(202);
  });
});

test('a day’s limit, where the test sets one', async () => {
  const stage = stageMicrosoft();
  stage.microsoft.switches.messagesPerDay = 1;
  await send(stage);
  const refused = await send(stage);
  expect([refused.status, await codeOf(refused)]).toEqual([429, 'ErrorExceededMessageLimit']);
  stage.microsoft.clock.advance(86_400_000);
  expect((await send(stage)).status).toBe(202);
});

test('four requests at once per app and mailbox: the fifth is 429 ApplicationThrottled', async () => {
  const stage = stageMicrosoft();
  const { router } = stage;
  const token = stage.token(['User.Read', 'Mail.Send']);
  // Inside the peer, with their bodies half read, so that they count.
  const holds = [1, 2, 3, 4].map((nth) =>
    router.faults.hold({ match: { path: '/v1.0/me/sendMail' }, at: { afterBytes: 1 }, nth }),
  );
  const running = holds.map(async () => (await send(stage, token)).status);
  await Promise.all(holds.map(async ({ arrived }) => await arrived));
  const fifth = await stage.graph('/me', { token });
  expect([fifth.status, await codeOf(fifth)]).toEqual([429, 'ApplicationThrottled']);
  expect(Number(fifth.headers.get('retry-after'))).toBeCloseTo(1.128);
  const other = stage.token(['User.Read'], stage.accounts.hedy.email);
  expect((await stage.graph('/me', { token: other })).status).toBe(200);
  for (const hold of holds) hold.release();
  expect(await Promise.all(running)).toEqual([202, 202, 202, 202]);
  expect((await stage.graph('/me', { token })).status).toBe(200);
});

test('10,000 requests in ten minutes; requests that are refused for want of a token do not count', async () => {
  const stage = stageMicrosoft({ accessTokenSeconds: 5_000 });
  const token = stage.token(['User.Read']);
  const headers = { authorization: `Bearer ${token}` };
  const graph = stage.microsoft.hosts.find(({ host }) => host === 'graph.microsoft.com');
  if (!graph) throw new Error('no Graph');
  const body: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: true, value: undefined }),
    }),
  };
  const ask = async (given: Record<string, string>): Promise<number> =>
    (await graph.answer({ method: 'GET', url: new URL(`${GRAPH}/me`), headers: given, body }))
      .status;
  await ask({});
  for (let asked = 0; asked < 10_000; asked += 1) await ask(headers);
  expect(await ask(headers)).toBe(429);
  stage.microsoft.clock.advance(10 * 60_000);
  expect(await ask(headers)).toBe(200);
});
