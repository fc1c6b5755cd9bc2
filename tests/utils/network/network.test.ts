import { describe, expect, test, vi } from 'vitest';
import {
  createNetwork,
  NetworkError,
  type CallRecord,
  type HttpAnswer,
  type HttpRequest,
  type NetworkParts,
} from '../../../utils/network/network.ts';
import { createFakeClock, type FakeClock } from '../../harness/fake-clock.ts';

const HOST = 'mail.example';
const ask: HttpRequest = {
  url: `https://${HOST}/send?upload=1`,
  method: 'POST',
  headers: { Authorization: 'Bearer t0ken', 'Content-Type': 'text/plain' },
  body: 'hé',
  purpose: 'send-mail',
  accountId: 'account-1',
  timeoutMs: 30_000,
};

type Fetched = { readonly url: string; readonly init: RequestInit };

function network(
  answer: (call: Fetched) => Response | Promise<Response>,
  parts: Partial<NetworkParts> = {},
): {
  readonly request: (request?: Partial<HttpRequest>) => Promise<HttpAnswer>;
  readonly calls: Fetched[];
  readonly records: CallRecord[];
  readonly clock: FakeClock;
} {
  const calls: Fetched[] = [];
  const records: CallRecord[] = [];
  const clock = createFakeClock(1_000);
  const made = createNetwork({
    fetch: async (input, init = {}) => {
      const call = { url: typeof input === 'string' ? input : '', init };
      calls.push(call);
      return await answer(call);
    },
    clock,
    hosts: [HOST, 'other.example'],
    isOnline: () => true,
    record: (call) => records.push(call),
    ...parts,
  });
  return { request: (request) => made.request({ ...ask, ...request }), calls, records, clock };
}

const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof NetworkError) return error.code;
    throw error;
  }
  return 'answered';
};

/** An answer whose body never ends by itself, and errors when the call is ended, as a browser's does. */
function endless(init: RequestInit, piece?: Uint8Array): Response {
  return new Response(
    new ReadableStream({
      start: (controller) => {
        init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
      },
      pull: (controller) => {
        if (piece) controller.enqueue(piece);
      },
    }),
  );
}

const never = (init: RequestInit): Promise<Response> =>
  new Promise((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
  });

describe('the closed list of hosts', () => {
  const refused: readonly string[] = [
    'https://evil.example/',
    'http://mail.example/',
    'https://mail.example:8443/',
    'https://user@mail.example/',
    'https://user:pass@mail.example/',
    'https://mail.example.evil.example/',
    'https://sub.mail.example/',
    'https://mail.example./',
    'https://mail.example@evil.example/',
    'https://evil.example\\@mail.example/',
    'wss://mail.example/',
    'data:text/plain,x',
    '//mail.example/',
    'mail.example',
    '',
  ];
  test.each(refused)('makes no call to %j and says so in the log', async (url) => {
    const { request, calls, records } = network(() => new Response('ok'));
    expect(await codeOf(request({ url }))).toBe('host-not-allowed');
    expect(calls).toEqual([]);
    expect(records).toMatchObject([{ result: 'host-not-allowed', status: null, requestBytes: 0 }]);
  });

  test.each([
    'https://mail.example/x',
    'https://MAIL.example/x',
    'https://mail.example:443/x',
    'https:\\\\mail.example\\x',
  ])('calls %j as the URL that was checked', async (url) => {
    const { request, calls } = network(() => new Response('ok'));
    expect((await request({ url })).status).toBe(200);
    expect(calls.map((call) => call.url)).toEqual(['https://mail.example/x']);
  });
});

describe('a call', () => {
  test('carries exactly the given headers and body, no cookie, no referrer, no cache', async () => {
    const { request, calls } = network(() => new Response('ok'));
    await request();
    const { signal, ...init } = calls[0]!.init;
    expect(signal).toBeInstanceOf(AbortSignal);
    expect(init).toEqual({
      method: 'POST',
      headers: ask.headers,
      body: 'hé',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
    });
  });

  test.each([200, 202, 400, 401, 403, 404, 410, 412, 429, 500, 503])(
    'takes status %i for an answer',
    async (status) => {
      const { request } = network(() => new Response('{"a":1}', { status }));
      expect(await request()).toMatchObject({ status, text: '{"a":1}' });
    },
  );

  test('reads a header without regard to case, and null where there is none', async () => {
    const { request } = network(() => new Response(null, { headers: { 'Retry-After': '7' } }));
    const answer = await request();
    expect([answer.header('retry-after'), answer.header('Range')]).toEqual(['7', null]);
  });

  test('is recorded with host, purpose, account, sizes, time and result, and nothing else', async () => {
    const { request, records, clock } = network(() => {
      clock.jump(250);
      return new Response('ünï', { status: 201 });
    });
    await request();
    expect(records).toEqual([
      {
        at: 1_000,
        host: HOST,
        purpose: 'send-mail',
        accountId: 'account-1',
        status: 201,
        requestBytes: 3,
        answerBytes: 5,
        durationMs: 250,
        result: 'answered',
        requestId: null,
      },
    ]);
  });

  test('is recorded with the host’s own id of it, where the caller knows its header', async () => {
    const answer = () => new Response('ok', { headers: { 'x-trace': 'abc' } });
    const { request, records } = network(answer);
    await request({ traceHeader: 'x-trace' });
    await request();
    expect(records.map(({ requestId }) => requestId)).toEqual(['abc', null]);
  });

  test('survives a recorder that throws, whether it was answered or not', async () => {
    const record = vi.fn(() => {
      throw new Error('log is full');
    });
    expect((await network(() => new Response('ok'), { record }).request()).status).toBe(200);
    const offline = network(() => new Response('ok'), { record, isOnline: () => false });
    expect(await codeOf(offline.request())).toBe('offline');
    expect(record).toHaveBeenCalledTimes(2);
  });

  test('is not made at all when the browser is offline or the signal has been given', async () => {
    const offline = network(() => new Response('ok'), { isOnline: () => false });
    expect(await codeOf(offline.request())).toBe('offline');
    const stopped = network(() => new Response('ok'));
    expect(await codeOf(stopped.request({ signal: AbortSignal.abort() }))).toBe('aborted');
    expect([offline.calls, stopped.calls]).toEqual([[], []]);
    expect(offline.records).toMatchObject([{ result: 'offline', requestBytes: 0 }]);
  });
});

describe('time', () => {
  test('ends a call that is not answered, and does not probe then', async () => {
    const { request, clock, calls, records } = network(({ init }) => never(init));
    const ended = codeOf(request({ timeoutMs: 5_000 }));
    await clock.advance(4_999);
    expect(records).toEqual([]);
    await clock.advance(1);
    expect(await ended).toBe('timeout');
    expect(records).toMatchObject([{ result: 'timeout', durationMs: 5_000, requestBytes: 3 }]);
    expect(calls).toHaveLength(1);
  });

  test('ends an answer whose body does not end', async () => {
    const { request, clock } = network(({ init }) => endless(init));
    const ended = codeOf(request({ timeoutMs: 5_000 }));
    await clock.advance(5_000);
    expect(await ended).toBe('timeout');
  });

  test('leaves no timer behind when a call has ended', async () => {
    const { request, clock } = network(() => new Response('ok'));
    await request();
    await clock.advance(0);
    expect(clock.sleeping()).toBe(0);
  });

  test('ends a call by the signal of its caller, and says that it was that', async () => {
    const stop = new AbortController();
    const { request, records } = network(({ init }) => never(init));
    const ended = codeOf(request({ signal: stop.signal }));
    stop.abort();
    expect(await ended).toBe('aborted');
    expect(records).toMatchObject([{ result: 'aborted' }]);
  });
});

describe('size', () => {
  test('reads 1 MiB of an answer and cancels the rest', async () => {
    const piece = new Uint8Array(100_000).fill(97);
    const { request, records } = network(({ init }) => endless(init, piece));
    expect((await request()).text.length).toBe(1024 * 1024);
    expect(records).toMatchObject([{ answerBytes: 1024 * 1024, result: 'answered' }]);
  });

  test('puts characters together that arrive in pieces', async () => {
    const bytes = new TextEncoder().encode('Grüße 🦊');
    const { request } = network(
      () =>
        new Response(
          new ReadableStream({
            start: (controller) => {
              for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
              controller.close();
            },
          }),
        ),
    );
    expect((await request()).text).toBe('Grüße 🦊');
  });
});

describe('redirects', () => {
  const redirectTo = (status: number, location?: string): Response =>
    new Response(null, { status, headers: location === undefined ? {} : { location } });

  test.each([301, 302, 303, 307, 308])('takes no %i for an answer', async (status) => {
    const { request, records } = network(() => redirectTo(status, 'https://other.example/'));
    expect(await codeOf(request())).toBe('redirected');
    expect(records).toMatchObject([{ result: 'redirected', status: null }]);
  });

  test('knows the answer that browsers give in place of a redirect', async () => {
    const opaque = new Response(null);
    Object.defineProperties(opaque, { type: { value: 'opaqueredirect' }, status: { value: 0 } });
    expect(await codeOf(network(() => opaque).request())).toBe('redirected');
  });

  test('takes a 308 without Location for an answer where the caller asked for that', async () => {
    const { request, calls } = network(() => redirectTo(308));
    expect((await request({ allows308: true })).status).toBe(308);
    expect(calls[0]!.init.redirect).toBe('follow');
  });

  test('refuses what a browser brought from elsewhere, also to a host on the list', async () => {
    const elsewhere = new Response('{"id":"1"}', { status: 200 });
    Object.defineProperty(elsewhere, 'redirected', { value: true });
    expect(await codeOf(network(() => elsewhere).request({ allows308: true }))).toBe('redirected');
  });

  test.each([301, 302, 303, 307])('takes no %i for an answer in an upload', async (status) => {
    expect(await codeOf(network(() => redirectTo(status)).request({ allows308: true }))).toBe(
      'redirected',
    );
  });
});

describe('a call without any answer', () => {
  const broken = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

  test('is told as refused by CORS when the host is there but may not be read', async () => {
    const { request, calls, records } = network(({ init }) =>
      init.mode === 'no-cors' ? new Response(null) : broken(),
    );
    expect(await codeOf(request())).toBe('cors-refused');
    expect(calls.map(({ url, init }) => [init.method, url, init.mode, init.redirect])).toEqual([
      ['POST', ask.url, undefined, 'manual'],
      ['GET', `https://${HOST}/send`, 'no-cors', 'follow'],
      ['POST', `https://${HOST}/send`, undefined, 'manual'],
      ['GET', `https://${HOST}/send`, 'no-cors', 'follow'],
      ['POST', `https://${HOST}/send`, undefined, 'manual'],
    ]);
    expect(records.map(({ purpose, result }) => [purpose, result])).toEqual([
      ['probe-host', 'answered'],
      ['probe-host', 'failed'],
      ['probe-host', 'answered'],
      ['probe-host', 'failed'],
      ['send-mail', 'cors-refused'],
    ]);
  });

  test('probes with nothing of the call in it: no body, no query, no header value, no cookie', async () => {
    const { request, calls } = network(({ init }) =>
      init.mode === 'no-cors' ? new Response(null) : broken(),
    );
    await codeOf(request());
    for (const { url, init } of calls.slice(1)) {
      expect(url).not.toContain('upload');
      expect([init.body, init.credentials, init.referrerPolicy]).toEqual([
        undefined,
        'omit',
        'no-referrer',
      ]);
      expect(JSON.stringify(init.headers ?? {})).not.toContain('t0ken');
    }
    expect(calls[2]!.init.headers).toEqual({ authorization: 'probe', 'content-type': 'probe' });
  });

  test('is told as failed when the host can be read again: the connection broke', async () => {
    let first = true;
    const { request, calls } = network(() => {
      if (!first) return new Response(null, { status: 401 });
      first = false;
      return broken();
    });
    expect(await codeOf(request())).toBe('failed');
    expect(calls).toHaveLength(3);
  });

  test('is told as failed when the line broke at the question too, and then held', async () => {
    let breaks = 2;
    const { request } = network(({ init }) => {
      if (init.mode === 'no-cors') return new Response(null);
      breaks -= 1;
      return breaks >= 0 ? broken() : new Response(null, { status: 401 });
    });
    expect(await codeOf(request())).toBe('failed');
    expect(breaks).toBe(-1);
  });

  test('is told as failed when the host is not there either', async () => {
    const { request, calls } = network(broken);
    expect(await codeOf(request())).toBe('failed');
    expect(calls).toHaveLength(2);
  });

  test('is never told as refused by CORS for a host that the person allowed', async () => {
    const { request, calls } = network(
      ({ init }) => (init.mode === 'no-cors' ? new Response(null) : broken()),
      { hasHostPermission: (host) => Promise.resolve(host === HOST) },
    );
    expect(await codeOf(request())).toBe('failed');
    expect(calls).toHaveLength(1);
  });

  test('is told as failed, never as offline, when the network went during it', async () => {
    let online = true;
    const { request, calls, records } = network(
      () => {
        online = false;
        return broken();
      },
      { isOnline: () => online },
    );
    expect(await codeOf(request())).toBe('failed');
    expect([calls.length, records.length]).toEqual([1, 1]);
  });

  test('is told as failed when the answer breaks off in its body', async () => {
    const { request, calls } = network(
      () =>
        new Response(
          new ReadableStream({ pull: (controller) => controller.error(new TypeError('cut')) }),
        ),
    );
    expect(await codeOf(request())).toBe('failed');
    expect(calls).toHaveLength(1);
  });

  test('a probe that hangs ends in time, and the call is told as failed', async () => {
    const { request, clock } = network(({ init }) =>
      init.mode === 'no-cors' ? never(init) : broken(),
    );
    const ended = codeOf(request());
    await clock.advance(5_000);
    expect(await ended).toBe('failed');
  });

  test('says in its error the host and the code, and keeps the cause', async () => {
    const { request } = network(broken);
    const error: unknown = await request().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'NetworkError', host: HOST, message: `failed: ${HOST}` });
    expect((error as Error).cause).toBeInstanceOf(TypeError);
  });
});
