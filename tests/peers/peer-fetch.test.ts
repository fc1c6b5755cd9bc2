import { describe, expect, test } from 'vitest';
import { createHostRouter, type HostRouter } from './host-router.ts';
import type { CorsRule, PeerAnswer, PeerRequest } from './peer.ts';
import { peerFetch } from './peer-fetch.ts';
import { wholeBody } from './request-body.ts';

const ORIGIN = 'chrome-extension://abc';
const URL_A = 'https://a.example/path?x=1';

function routerWith(
  answer: (request: PeerRequest) => PeerAnswer | Promise<PeerAnswer>,
  cors: CorsRule | null = { allowOrigin: ORIGIN, allowMethods: ['PUT'], exposeHeaders: ['Range'] },
): HostRouter {
  const router = createHostRouter();
  const host = { host: 'a.example', cors: () => cors, answer: async (r: PeerRequest) => answer(r) };
  router.mount({ hosts: [host] });
  return router;
}

async function echo(request: PeerRequest): Promise<PeerAnswer> {
  const body = (await wholeBody(request.body)).toString('latin1');
  const { method, url, headers } = request;
  return { status: 200, body: JSON.stringify({ method, url: url.href, headers, body }) };
}

interface Echoed {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function echoed(response: Response): Promise<Echoed> {
  return (await response.json()) as Echoed;
}

describe('what goes out', () => {
  test('carries method, path, query, headers and body as given', async () => {
    const fetch = peerFetch(routerWith(echo));
    const headers = { 'content-type': 'text/x', 'x-own': 'yes' };
    const seen = await echoed(await fetch(URL_A, { method: 'POST', headers, body: 'abc' }));
    expect(seen).toMatchObject({ method: 'POST', url: URL_A, body: 'abc' });
    expect(seen.headers).toMatchObject({ ...headers, 'content-length': '3' });
  });

  test.each([
    ['bytes', new Uint8Array([1, 2, 255]), '\u0001\u0002\u00ff'],
    ['a buffer', new Uint8Array([7]).buffer, '\u0007'],
    ['a blob', new Blob(['ab', 'c']), 'abc'],
    ['parameters', new URLSearchParams({ a: 'b c' }), 'a=b+c'],
  ])('sends %s whole, with a length', async (_kind, body, expected) => {
    const fetch = peerFetch(routerWith(echo));
    const seen = await echoed(await fetch(URL_A, { method: 'POST', body }));
    expect(seen.body).toBe(expected);
    expect(seen.headers['content-length']).toBe(String(expected.length));
  });

  test('streams a stream, without a length', async () => {
    const fetch = peerFetch(routerWith(echo));
    const body = new Blob(['one', 'two']).stream();
    const seen = await echoed(await fetch(URL_A, { method: 'POST', body }));
    expect(seen.body).toBe('onetwo');
    expect(seen.headers['content-length']).toBeUndefined();
  });

  test('drops the headers that a page may not set', async () => {
    const fetch = peerFetch(routerWith(echo));
    const headers = { cookie: 'a=b', 'content-length': '99', host: 'evil.example', 'sec-x': '1' };
    const seen = await echoed(await fetch(URL_A, { method: 'POST', headers, body: 'abc' }));
    expect(seen.headers).not.toHaveProperty('cookie');
    expect(seen.headers).not.toHaveProperty('sec-x');
    expect(seen.headers).toMatchObject({ 'content-length': '3', host: 'a.example' });
  });
});

describe('what comes back', () => {
  test('has status, headers, url and a body that streams', async () => {
    const answer = { status: 201, headers: { 'x-own': 'yes' }, body: 'text' };
    const response = await peerFetch(routerWith(() => answer))(URL_A);
    expect([response.status, response.ok, response.url]).toEqual([201, true, URL_A]);
    expect(response.headers.get('x-own')).toBe('yes');
    expect(await response.text()).toBe('text');
  });

  test('gives a 308 without Location as it is, since that is no redirect', async () => {
    const fetch = peerFetch(routerWith(() => ({ status: 308, headers: { range: 'bytes=0-9' } })));
    const response = await fetch(URL_A, { method: 'PUT', body: 'x' });
    expect([response.status, response.headers.get('range')]).toEqual([308, 'bytes=0-9']);
  });

  test('follows, refuses or hides a redirect as asked', async () => {
    const router = routerWith(({ url }) =>
      url.pathname === '/new'
        ? { status: 200, body: 'there' }
        : { status: 302, headers: { location: '/new' } },
    );
    const fetch = peerFetch(router);
    const followed = await fetch(URL_A);
    expect([await followed.text(), followed.redirected]).toEqual(['there', true]);
    await expect(fetch(URL_A, { redirect: 'error' })).rejects.toThrow(TypeError);
    const manual = await fetch(URL_A, { redirect: 'manual' });
    expect([manual.type, manual.status]).toEqual(['opaqueredirect', 0]);
  });

  test('is 421 for a host that nobody plays', async () => {
    const response = await peerFetch(routerWith(echo))('https://b.example/');
    expect(response.status).toBe(421);
  });
});

describe('what goes wrong', () => {
  test('a broken connection is a TypeError', async () => {
    const router = routerWith(echo);
    router.faults.add({ match: {}, fault: { kind: 'cut-before-body' } });
    await expect(peerFetch(router)(URL_A)).rejects.toThrow(TypeError);
  });

  test('offline is a TypeError and nothing arrives', async () => {
    const router = routerWith(echo);
    let online = false;
    const fetch = peerFetch(router, { online: () => online });
    await expect(fetch(URL_A)).rejects.toThrow(TypeError);
    expect(router.log.all).toEqual([]);
    online = true;
    expect((await fetch(URL_A)).ok).toBe(true);
  });

  test('an abort before, and one during the answer, reject with the reason', async () => {
    const router = routerWith(echo);
    const fetch = peerFetch(router);
    await expect(fetch(URL_A, { signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow(
      'early',
    );
    const hold = router.faults.hold({ match: {}, at: 'taken' });
    const control = new AbortController();
    const pending = fetch(URL_A, { method: 'POST', body: 'x', signal: control.signal });
    await hold.arrived;
    control.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    hold.release();
  });

  test('a body that breaks off rejects when it is read', async () => {
    const router = routerWith(() => ({ status: 200, body: 'long text' }));
    router.faults.add({ match: {}, fault: { kind: 'cut-mid-answer', afterBytes: 4 } });
    const response = await peerFetch(router)(URL_A);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(TypeError);
  });
});

describe('with an origin', () => {
  const put = { method: 'PUT', body: 'x' };

  test('asks first for what is not simple, then sends with Origin', async () => {
    const router = routerWith(echo);
    const response = await peerFetch(router, { origin: ORIGIN })(URL_A, put);
    expect((await echoed(response)).headers['origin']).toBe(ORIGIN);
    expect(router.log.all.map(({ method }) => method)).toEqual(['OPTIONS', 'PUT']);
  });

  test('does not ask first for a form', async () => {
    const router = routerWith(echo);
    const body = new URLSearchParams({ a: '1' });
    await peerFetch(router, { origin: ORIGIN })(URL_A, { method: 'POST', body });
    expect(router.log.all.map(({ method }) => method)).toEqual(['POST']);
  });

  test('shows exposed headers only', async () => {
    const headers = { range: 'bytes=0-9', 'x-other': 'secret', 'content-type': 'text/plain' };
    const router = routerWith(() => ({ status: 200, headers }));
    const response = await peerFetch(router, { origin: ORIGIN })(URL_A, put);
    expect(Object.keys(Object.fromEntries(response.headers)).toSorted()).toEqual([
      'content-length',
      'content-type',
      'range',
    ]);
  });

  test('cannot read what has no CORS headers, although a simple request was carried out', async () => {
    const router = routerWith(echo, null);
    const fetch = peerFetch(router, { origin: ORIGIN });
    await expect(fetch(URL_A, { method: 'POST', body: 'x' })).rejects.toThrow(TypeError);
    expect(router.log.requests()).toMatchObject([{ method: 'POST', status: 200 }]);
  });

  test('does not send at all when the preflight is refused', async () => {
    const router = routerWith(echo, null);
    await expect(peerFetch(router, { origin: ORIGIN })(URL_A, put)).rejects.toThrow(TypeError);
    expect(router.log.requests()).toEqual([]);
  });

  test('cannot read what is allowed to somebody else', async () => {
    const other = { allowOrigin: 'https://other.example', allowMethods: [], exposeHeaders: [] };
    const fetch = peerFetch(routerWith(echo, other), { origin: ORIGIN });
    await expect(fetch(URL_A)).rejects.toThrow(TypeError);
  });

  test('reads everything of a host that it has a permission for, without asking first', async () => {
    const router = routerWith(() => ({ status: 200, headers: { 'x-other': 'seen' } }), null);
    const fetch = peerFetch(router, { origin: ORIGIN, hostPermissions: () => ['a.example'] });
    const response = await fetch(URL_A, put);
    expect(response.headers.get('x-other')).toBe('seen');
    expect(router.log.all).toMatchObject([{ method: 'PUT', origin: ORIGIN }]);
  });
});

describe('what a page gets without being able to read', () => {
  test('no-cors: an opaque answer, whatever CORS says, with Origin and without asking first', async () => {
    const router = routerWith(echo, null);
    const fetch = peerFetch(router, { origin: ORIGIN });
    const response = await fetch(URL_A, { method: 'POST', mode: 'no-cors', body: 'x' });
    expect([response.type, response.status, response.ok]).toEqual(['opaque', 0, false]);
    expect(await response.text()).toBe('');
    expect(router.log.all).toMatchObject([{ method: 'POST', origin: ORIGIN }]);
  });

  test('no-cors: a broken connection is a TypeError all the same', async () => {
    const router = routerWith(echo, null);
    router.faults.add({ match: {}, fault: { kind: 'cut-before-body' } });
    const fetch = peerFetch(router, { origin: ORIGIN });
    await expect(fetch(URL_A, { mode: 'no-cors' })).rejects.toThrow(TypeError);
  });

  test('manual: a 308 is opaque even without Location (docs/decisions/0002-redirects.md)', async () => {
    const fetch = peerFetch(routerWith(() => ({ status: 308 })));
    const response = await fetch(URL_A, { method: 'PUT', body: 'x', redirect: 'manual' });
    expect([response.type, response.status]).toEqual(['opaqueredirect', 0]);
  });
});

test('carries a thousand requests in no time and many at once', async () => {
  const router = routerWith(echo);
  const fetch = peerFetch(router);
  const numbers = Array.from({ length: 1000 }, (_, at) => at);
  const bodies = await Promise.all(
    numbers.map(
      async (at) => (await echoed(await fetch(URL_A, { method: 'POST', body: String(at) }))).body,
    ),
  );
  expect(bodies).toEqual(numbers.map(String));
  expect(router.failures).toEqual([]);
});
