import { type Agent, type IncomingMessage, request as openRequest } from 'node:http';
import { Readable } from 'node:stream';
import { needsPreflight, passesCors, passesPreflight, withoutHidden } from './browser-cors.ts';
import type { HostRouter } from './host-router.ts';
import { createMemoryAgent } from './memory-agent.ts';

/** Who is fetching. */
export interface PeerFetchOptions {
  /**
   * The origin of the page or worker, such as `chrome-extension://<id>`. With it the CORS protocol is
   * carried out as a browser does: preflight, Origin, hidden headers, unreadable answers. Without it
   * nothing is filtered.
   */
  readonly origin?: string;
  /** Hosts that the extension has a permission for: their answers are readable whatever CORS says. Asked each time. */
  readonly hostPermissions?: () => readonly string[];
  /** False: every fetch fails as it does offline. Asked each time. */
  readonly online?: () => boolean;
}

interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array | ReadableStream<Uint8Array> | null;
  readonly signal: AbortSignal;
  readonly mode: RequestMode;
  readonly redirect: RequestRedirect;
  readonly redirected: boolean;
}

/**
 * A `fetch` whose network ends at the router: real HTTP bytes, but over a wire in memory, so that
 * thousands of requests are cheap and need no port. Like a browser's it rejects with TypeError when the
 * connection breaks (never saying how far the request came) and with the signal's reason on abort.
 */
export function peerFetch(router: HostRouter, options: PeerFetchOptions = {}): typeof fetch {
  const agent = createMemoryAgent(router);
  return async (input, init) => {
    const outgoing = await outgoingOf(input, init);
    return await fetchFrom({ agent, options }, outgoing);
  };
}

interface Network {
  readonly agent: Agent;
  readonly options: PeerFetchOptions;
}

async function fetchFrom(network: Network, outgoing: Outgoing): Promise<Response> {
  const { origin, online, hostPermissions } = network.options;
  outgoing.signal.throwIfAborted();
  if (online?.() === false) throw new TypeError('Failed to fetch', { cause: 'offline' });
  const free = hostPermissions?.().includes(outgoing.url.host) ?? false;
  const crossing = origin !== undefined && !free;
  if (crossing && needsPreflight(outgoing.method, outgoing.headers)) {
    await preflight(network, outgoing, origin);
  }
  if (origin !== undefined && (crossing || outgoing.method !== 'GET')) {
    outgoing.headers.set('origin', origin);
  }
  const message = await roundTrip(network.agent, outgoing);
  const response = responseOf(message, outgoing);
  const blind = crossing && outgoing.mode === 'no-cors';
  if (crossing && !blind && !passesCors(response.headers, origin)) {
    message.destroy();
    throw new TypeError('Failed to fetch', { cause: 'no CORS permission' });
  }
  const location = response.headers.get('location');
  // Chromium 156 gives an opaque answer for such a status in this mode whatever its Location.
  if (isRedirect(response.status) && (location !== null || outgoing.redirect === 'manual')) {
    return await redirect(network, outgoing, { response, location: location ?? '' });
  }
  if (blind) return await opaque(response, 'opaque');
  return crossing ? withoutHidden(response) : response;
}

async function preflight(network: Network, outgoing: Outgoing, origin: string): Promise<void> {
  const { method, headers } = outgoing;
  const asking = new Headers({ origin, 'access-control-request-method': method });
  const names = [...headers.keys()].filter((name) => needsPreflight('GET', one(name, headers)));
  if (names.length > 0) asking.set('access-control-request-headers', names.join(','));
  const message = await roundTrip(network.agent, {
    ...outgoing,
    method: 'OPTIONS',
    headers: asking,
    body: null,
  });
  message.resume();
  const answer = responseHeaders(message);
  const ok =
    message.statusCode !== undefined && message.statusCode >= 200 && message.statusCode < 300;
  if (!ok || !passesPreflight(answer, { origin, method, names })) {
    throw new TypeError('Failed to fetch', { cause: 'preflight refused' });
  }
}

function one(name: string, headers: Headers): Headers {
  return new Headers([[name, headers.get(name) ?? '']]);
}

async function redirect(
  network: Network,
  outgoing: Outgoing,
  { response, location }: { readonly response: Response; readonly location: string },
): Promise<Response> {
  if (outgoing.redirect === 'error')
    throw new TypeError('Failed to fetch', { cause: 'redirected' });
  if (outgoing.redirect === 'manual') return await opaque(response, 'opaqueredirect');
  await response.body?.cancel();
  const url = new URL(location, outgoing.url);
  const keepsBody = response.status === 307 || response.status === 308;
  return await fetchFrom(network, {
    ...outgoing,
    url,
    redirected: true,
    ...(!keepsBody && { method: 'GET', body: null }),
  });
}

/** One request and the head of its answer. */
function roundTrip(agent: Agent, outgoing: Outgoing): Promise<IncomingMessage> {
  const { url, method, headers, body, signal } = outgoing;
  return new Promise((resolve, reject) => {
    const onWire: Record<string, string> = { host: url.host, ...Object.fromEntries(headers) };
    if (body instanceof Uint8Array) onWire['content-length'] = String(body.length);
    else if (body === null && method !== 'GET') onWire['content-length'] = '0';
    const path = url.pathname + url.search;
    const sending = openRequest({ agent, method, path, host: url.host, headers: onWire });
    const abort = (): void => void sending.destroy(new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    sending.once('error', (error) => {
      signal.removeEventListener('abort', abort);
      reject(
        signal.aborted ? reasonOf(signal) : new TypeError('Failed to fetch', { cause: error }),
      );
    });
    sending.once('response', (message) => {
      message.once('close', () => signal.removeEventListener('abort', abort));
      resolve(message);
    });
    if (body instanceof ReadableStream) {
      const pieces = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
      pieces.once('error', (error) => sending.destroy(error));
      pieces.pipe(sending);
    } else {
      sending.end(body ?? undefined);
    }
  });
}

function responseOf(message: IncomingMessage, outgoing: Outgoing): Response {
  const status = message.statusCode ?? 500;
  const bodiless = status === 204 || status === 304;
  if (bodiless) message.resume();
  const response = new Response(bodiless ? null : streamOf(message, outgoing.signal), {
    status,
    statusText: message.statusMessage ?? '',
    headers: responseHeaders(message),
  });
  // Response has no constructor argument for these two.
  Object.defineProperty(response, 'url', { value: outgoing.url.href.replace(/#.*$/, '') });
  Object.defineProperty(response, 'redirected', { value: outgoing.redirected });
  return response;
}

function streamOf(message: IncomingMessage, signal: AbortSignal): ReadableStream<Uint8Array> {
  let cancelled = false;
  return new ReadableStream(
    {
      start: (controller) => {
        message.on('data', (piece: Buffer) => {
          if (cancelled) return;
          controller.enqueue(new Uint8Array(piece));
          if ((controller.desiredSize ?? 0) <= 0) message.pause();
        });
        message.once('end', () => {
          if (!cancelled) controller.close();
        });
        message.once('error', (error) =>
          controller.error(
            signal.aborted ? reasonOf(signal) : new TypeError('network error', { cause: error }),
          ),
        );
      },
      pull: () => void message.resume(),
      cancel: () => {
        cancelled = true;
        message.destroy();
      },
    },
    { highWaterMark: 64 * 1024, size: (piece: Uint8Array) => piece.length },
  );
}

function responseHeaders(message: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    headers.append(message.rawHeaders[i] ?? '', message.rawHeaders[i + 1] ?? '');
  }
  return headers;
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** What `mode: 'no-cors'` and `redirect: 'manual'` give a page: nothing but the knowledge that it was there. */
async function opaque(response: Response, type: 'opaque' | 'opaqueredirect'): Promise<Response> {
  await response.body?.cancel();
  const nothing = new Response(null);
  Object.defineProperty(nothing, 'status', { value: 0 });
  Object.defineProperty(nothing, 'ok', { value: false });
  Object.defineProperty(nothing, 'type', { value: type });
  Object.defineProperty(nothing, 'url', { value: type === 'opaque' ? '' : response.url });
  return nothing;
}

function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('aborted', 'AbortError');
}

/** Header names that a page may not set (Fetch standard, "forbidden request-header"): dropped silently. */
const FORBIDDEN =
  /^(host|origin|cookie|content-length|connection|referer|te|trailer|sec-.*|proxy-.*)$/;

async function outgoingOf(input: RequestInfo | URL, init?: RequestInit): Promise<Outgoing> {
  const given = init?.body ?? null;
  const plain = typeof given === 'string' || given instanceof Uint8Array;
  const request = new Request(
    input instanceof URL ? input.href : input,
    // Node wants the mode of a streamed body said, as the Fetch standard does.
    given instanceof ReadableStream
      ? Object.assign({}, init, { duplex: 'half' })
      : plain
        ? { ...init, body: emptyLike(given) }
        : init,
  );
  const headers = new Headers();
  for (const [name, value] of request.headers) if (!FORBIDDEN.test(name)) headers.set(name, value);
  if (!headers.has('accept')) headers.set('accept', '*/*');
  const body = plain
    ? Buffer.from(given)
    : given instanceof ReadableStream || request.body === null
      ? request.body
      : await request.bytes();
  const { signal, mode, redirect, method } = request;
  const url = new URL(request.url);
  return { url, method, headers, body, signal, mode, redirect, redirected: false };
}

/** Stands for a body whose bytes are copied but once, and brings the same headers: a Request would copy them three times. */
function emptyLike(body: string | Uint8Array): BodyInit {
  return typeof body === 'string' ? '' : new Uint8Array();
}
