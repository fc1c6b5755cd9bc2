import { describe, expect, test } from 'vitest';
import type { Fault } from './faults.ts';
import { createHostRouter, type HostRouter } from './host-router.ts';
import type { PeerRequest } from './peer.ts';
import { peerFetch } from './peer-fetch.ts';
import { wholeBody } from './request-body.ts';

const URL_A = 'https://a.example/upload';

/** A host that keeps every body it was given in full. */
function stage(): {
  router: HostRouter;
  fetch: typeof fetch;
  taken: string[];
  forgotten: number[];
} {
  const taken: string[] = [];
  const forgotten: number[] = [];
  const router = createHostRouter({ clock: { now: () => 42 } });
  router.mount({
    hosts: [
      {
        host: 'a.example',
        cors: () => ({
          allowOrigin: 'https://page.example',
          allowMethods: ['PUT'],
          exposeHeaders: ['Range'],
        }),
        answer: async (request: PeerRequest) => {
          taken.push((await wholeBody(request.body)).toString());
          const headers = { range: 'bytes=0-99', location: 'https://a.example/session' };
          return { status: 200, headers, body: '{"id":"1"}' };
        },
        forgetSession: (_request, status) => forgotten.push(status),
      },
    ],
  });
  return { router, fetch: peerFetch(router), taken, forgotten };
}

const post = { method: 'POST', body: 'message' };

async function struck(
  fault: Fault,
): Promise<ReturnType<typeof stage> & { outcome: Response | Error }> {
  const staged = stage();
  staged.router.faults.add({ match: {}, fault });
  const outcome = await staged
    .fetch(URL_A, post)
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  return { ...staged, outcome };
}

describe('faults', () => {
  test('cut-before-body: the peer sees nothing', async () => {
    const { outcome, taken, router } = await struck({ kind: 'cut-before-body' });
    expect(outcome).toBeInstanceOf(TypeError);
    expect(taken).toEqual([]);
    expect(router.log.all).toMatchObject([
      { status: null, requestBytes: 0, fault: 'cut-before-body' },
    ]);
  });

  test('cut-mid-body: exactly so many bytes arrive', async () => {
    const { outcome, taken, router } = await struck({ kind: 'cut-mid-body', afterBytes: 3 });
    expect(outcome).toBeInstanceOf(TypeError);
    expect(taken).toEqual([]);
    expect(router.log.all).toMatchObject([{ status: null, requestBytes: 3 }]);
  });

  test('cut-after-accept: taken in full, no answer', async () => {
    const { outcome, taken } = await struck({ kind: 'cut-after-accept' });
    expect(outcome).toBeInstanceOf(TypeError);
    expect(taken).toEqual(['message']);
  });

  test('fail-after-accept: taken in full, yet 503', async () => {
    const { outcome, taken } = await struck({ kind: 'fail-after-accept', status: 503 });
    expect(outcome).toMatchObject({ status: 503 });
    expect(taken).toEqual(['message']);
  });

  test.each<[Fault, number]>([
    [{ kind: 'refuse', status: 500, body: '{}' }, 500],
    [{ kind: 'too-many-requests', retryAfterSeconds: 7 }, 429],
    [{ kind: 'unauthorized' }, 401],
  ])('$kind: answered, not taken', async (fault, status) => {
    const { outcome, taken, router } = await struck(fault);
    expect(outcome).toMatchObject({ status });
    expect(taken).toEqual([]);
    expect(router.log.all).toMatchObject([{ status, requestBytes: 7 }]);
  });

  test('too-many-requests names its time only when told to', async () => {
    const named = await struck({ kind: 'too-many-requests', retryAfterSeconds: 7 });
    expect((named.outcome as Response).headers.get('retry-after')).toBe('7');
    const silent = await struck({ kind: 'too-many-requests' });
    expect((silent.outcome as Response).headers.get('retry-after')).toBeNull();
  });

  test('forget-session: the peer is told before it answers', async () => {
    const { forgotten } = await struck({ kind: 'forget-session', status: 410 });
    expect(forgotten).toEqual([410]);
  });

  test('answer-range and answer-location replace or drop the header', async () => {
    const short = await struck({ kind: 'answer-range', range: 'bytes=0-1' });
    expect((short.outcome as Response).headers.get('range')).toBe('bytes=0-1');
    const none = await struck({ kind: 'answer-range', range: null });
    expect((none.outcome as Response).headers.get('range')).toBeNull();
    const nowhere = await struck({ kind: 'answer-location', location: null });
    expect((nowhere.outcome as Response).headers.get('location')).toBeNull();
    expect(nowhere.taken).toEqual(['message']);
  });

  test('answer-garbage: the status stays, the body is no JSON', async () => {
    const { outcome } = await struck({ kind: 'answer-garbage' });
    expect((outcome as Response).status).toBe(200);
    await expect((outcome as Response).json()).rejects.toThrow(SyntaxError);
  });

  test('answer-length: a body shorter than promised breaks, a longer one is cut to the promise', async () => {
    const longer = await struck({ kind: 'answer-length', offBy: 5 });
    await expect((longer.outcome as Response).text()).rejects.toThrow(TypeError);
    const shorter = await struck({ kind: 'answer-length', offBy: -2 });
    expect(await (shorter.outcome as Response).text()).toBe('{"id":"1');
  });

  test('slow-answer: nothing comes before its time', async () => {
    const startedAt = performance.now();
    const { outcome } = await struck({ kind: 'slow-answer', delayMs: 30 });
    expect((outcome as Response).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(29);
  });

  test('slow-body: the body is taken at its speed', async () => {
    const startedAt = performance.now();
    const { taken } = await struck({ kind: 'slow-body', bytesPerSecond: 175 });
    expect(taken).toEqual(['message']);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(39);
  });

  test('strikes the nth fitting request, so many times, and counts', async () => {
    const { router, fetch } = stage();
    const fault = { kind: 'refuse', status: 500 } as const;
    const plan = router.faults.add({ match: { method: 'POST' }, fault, nth: 2, times: 2 });
    const statuses: number[] = [];
    for (const method of ['POST', 'PUT', 'POST', 'POST', 'POST']) {
      statuses.push((await fetch(URL_A, { method, body: 'x' })).status);
    }
    expect(statuses).toEqual([200, 200, 500, 500, 200]);
    expect(plan.struck()).toBe(2);
  });

  test('fits by host, path, query and Content-Range', async () => {
    const { router, fetch } = stage();
    const status = async (
      match: Parameters<typeof router.faults.add>[0]['match'],
    ): Promise<number> => {
      const plan = router.faults.add({ match, fault: { kind: 'refuse', status: 500 } });
      const headers = { 'content-range': 'bytes 0-6/7' };
      const response = await fetch(`${URL_A}?id=1`, { method: 'PUT', body: 'x', headers });
      plan.remove();
      return response.status;
    };
    expect(await status({ host: 'b.example' })).toBe(200);
    expect(await status({ host: 'a.example', path: '/upload', query: /^id=1$/ })).toBe(500);
    expect(await status({ path: /^\/up/ })).toBe(500);
    expect(await status({ path: '/up' })).toBe(200);
    expect(await status({ contentRange: /^bytes \*/ })).toBe(200);
    expect(await status({ contentRange: /-6\/7$/ })).toBe(500);
  });

  test('are all gone after clear', async () => {
    const { router, fetch } = stage();
    router.faults.add({ match: {}, fault: { kind: 'cut-before-body' }, times: Infinity });
    router.faults.clear();
    expect((await fetch(URL_A, post)).status).toBe(200);
  });
});

describe('holds', () => {
  test('arrived: the body is untouched until the release', async () => {
    const { router, fetch, taken } = stage();
    const hold = router.faults.hold({ match: { method: 'POST' } });
    const pending = fetch(URL_A, post);
    expect(await hold.arrived).toMatchObject({ method: 'POST', path: '/upload', requestBytes: 0 });
    expect(taken).toEqual([]);
    hold.release();
    expect((await pending).status).toBe(200);
  });

  test('afterBytes: stands in the middle of the body', async () => {
    const { router, fetch, taken } = stage();
    const hold = router.faults.hold({ match: {}, at: { afterBytes: 100_000 } });
    const pending = fetch(URL_A, { method: 'POST', body: new Uint8Array(1_000_000) });
    const { requestBytes } = await hold.arrived;
    expect(requestBytes).toBeGreaterThanOrEqual(100_000);
    expect(taken).toEqual([]);
    hold.release();
    expect((await pending).status).toBe(200);
  });

  test('afterBytes beyond the end of the body: stands at its end', async () => {
    const { router, fetch } = stage();
    const hold = router.faults.hold({ match: {}, at: { afterBytes: 100 } });
    const pending = fetch(URL_A, post);
    expect((await hold.arrived).requestBytes).toBe(7);
    hold.release();
    expect((await pending).status).toBe(200);
  });

  test('taken: the peer has it, the client knows nothing', async () => {
    const { router, fetch, taken } = stage();
    const hold = router.faults.hold({ match: {}, at: 'taken', nth: 2 });
    await fetch(URL_A, post);
    const pending = fetch(URL_A, post);
    expect((await hold.arrived).status).toBeNull();
    expect(taken).toEqual(['message', 'message']);
    hold.release();
    expect((await pending).status).toBe(200);
  });

  test('a client that goes away while held does no harm', async () => {
    const { router, fetch, taken } = stage();
    const hold = router.faults.hold({ match: {}, at: 'taken' });
    const control = new AbortController();
    const pending = fetch(URL_A, { ...post, signal: control.signal });
    await hold.arrived;
    control.abort();
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    hold.release();
    expect((await fetch(URL_A, post)).status).toBe(200);
    expect(taken).toHaveLength(2);
    expect(router.failures).toEqual([]);
  });

  test('seen: reports the nth request without stopping it', async () => {
    const { router, fetch } = stage();
    const second = router.faults.seen({ method: 'POST' }, 2);
    await fetch(URL_A, post);
    await fetch(URL_A, { ...post, body: 'other' });
    expect(await second).toMatchObject({ number: 2, requestBytes: 5 });
  });
});

describe('CORS', () => {
  const headers = { origin: 'https://page.example' };
  const sent = async (mode: 'exposed' | 'hidden' | 'refused'): Promise<Headers> => {
    const { router } = stage();
    router.cors.set(mode);
    const fetch = peerFetch(router, {
      origin: headers.origin,
      hostPermissions: () => ['a.example'],
    });
    return (await fetch(URL_A, post)).headers;
  };

  test('exposed: the answer may be read, its headers too', async () => {
    const answer = await sent('exposed');
    expect(answer.get('access-control-allow-origin')).toBe('https://page.example');
    expect(answer.get('access-control-expose-headers')).toBe('Range');
  });

  test('hidden: the answer may be read, its headers not', async () => {
    const answer = await sent('hidden');
    expect(answer.get('access-control-allow-origin')).toBe('https://page.example');
    expect(answer.get('access-control-expose-headers')).toBeNull();
  });

  test('refused: not a word of CORS', async () => {
    const answer = await sent('refused');
    expect([...answer.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('can be switched for some requests, with their preflights, and back', async () => {
    const { router } = stage();
    const fetch = peerFetch(router, { origin: headers.origin });
    const back = router.cors.only({ method: 'PUT' }, 'refused');
    await expect(fetch(URL_A, { method: 'PUT', body: 'x' })).rejects.toThrow(TypeError);
    expect(router.log.requests()).toEqual([]);
    expect((await fetch(URL_A, { method: 'POST', body: 'x' })).status).toBe(200);
    back();
    expect((await fetch(URL_A, { method: 'PUT', body: 'x' })).status).toBe(200);
  });
});

describe('log', () => {
  test('has every request with its sizes, origin and Content-Range', async () => {
    const { router, fetch } = stage();
    const answered = await fetch(`${URL_A}?a=b`, {
      method: 'PUT',
      body: 'message',
      headers: { 'content-range': 'bytes 0-6/7', authorization: 'Bearer x' },
    });
    await answered.text();
    expect(router.log.all).toEqual([
      {
        number: 1,
        at: 42,
        host: 'a.example',
        method: 'PUT',
        path: '/upload',
        query: 'a=b',
        contentRange: 'bytes 0-6/7',
        origin: null,
        authorized: true,
        requestBytes: 7,
        responseBytes: 10,
        status: 200,
        fault: null,
      },
    ]);
    expect(router.log.hosts()).toEqual(['a.example']);
  });

  test('counts on after clear', async () => {
    const { router, fetch } = stage();
    await fetch(URL_A, post);
    router.log.clear();
    await fetch(URL_A, post);
    expect(router.log.all.map(({ number }) => number)).toEqual([2]);
  });
});

test('refuses to mount a host twice', () => {
  const { router } = stage();
  const host = {
    host: 'a.example',
    cors: () => null,
    answer: () => Promise.resolve({ status: 200 }),
  };
  expect(() => router.mount({ hosts: [host] })).toThrow('a.example is mounted already');
});

test('serves plain pages beside peers', async () => {
  const { router, fetch } = stage();
  router.mountPages('crm.example', (_request, response) => response.end('<h1>Contacts</h1>'));
  expect(router.hosts).toEqual(['a.example', 'crm.example']);
  expect(await (await fetch('https://crm.example/')).text()).toBe('<h1>Contacts</h1>');
  expect(router.log.all).toMatchObject([{ host: 'crm.example', status: 200 }]);
});

test('keeps the error of a broken peer for the test to see', async () => {
  const router = createHostRouter();
  const answer = (): Promise<never> => Promise.reject(new Error('bug'));
  router.mount({ hosts: [{ host: 'a.example', cors: () => null, answer }] });
  await expect(peerFetch(router)(URL_A)).rejects.toThrow(TypeError);
  expect(router.failures).toEqual([new Error('bug')]);
});
