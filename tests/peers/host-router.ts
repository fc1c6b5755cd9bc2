import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { PeerClock } from './clock.ts';
import {
  type CorsControl,
  type CorsMode,
  corsHeaders,
  createCorsControl,
  preflightHeaders,
} from './cors.ts';
import { createFaults, type Fault, type FaultDesk, type Faults, type HeldAt } from './faults.ts';
import { bentAnswer, refusalBy, writeAnswer } from './faulty-answer.ts';
import type { Peer, PeerAnswer, PeerHost, PeerRequest } from './peer.ts';
import { arrivingBody, ConnectionCut, pause } from './request-body.ts';
import { createRequestLog, type LoggedRequest, type RequestLog } from './request-log.ts';

/** One listener that plays every mounted host, chosen by the Host header. */
export interface HostRouter {
  /** @throws Error when one of the hosts is mounted already. */
  mount(peer: Peer): void;
  /** Serves a host by a plain node:http listener: no CORS, no faults but those that cut. */
  mountPages(host: string, listener: RequestListener): void;
  readonly hosts: readonly string[];
  readonly faults: Faults;
  readonly cors: CorsControl;
  readonly log: RequestLog;
  /** Errors inside peers: a test that cares ends with `expect(router.failures).toEqual([])`. */
  readonly failures: readonly unknown[];
  readonly listener: RequestListener;
}

interface Exchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly host: PeerHost;
  readonly request: PeerRequest;
  readonly entry: LoggedRequest;
  readonly fault: Fault | null;
  readonly holds: readonly HeldAt[];
  readonly mode: CorsMode;
}

/** A router with nothing mounted. */
export function createHostRouter(options: { readonly clock?: PeerClock } = {}): HostRouter {
  const clock = options.clock ?? { now: () => Date.now() };
  const hosts = new Map<string, PeerHost>();
  const pages = new Map<string, RequestListener>();
  const faults: FaultDesk = createFaults();
  const cors = createCorsControl();
  const log = createRequestLog();
  const failures: unknown[] = [];

  const receive = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = urlOf(message);
    const entry = log.open({
      at: clock.now(),
      host: url.host,
      method: message.method ?? 'GET',
      path: url.pathname,
      query: url.search.slice(1),
      contentRange: message.headers['content-range'] ?? null,
      origin: message.headers.origin ?? null,
      authorized: message.headers.authorization !== undefined,
    });
    const { fault, holds } = faults.strike(entry);
    entry.fault = fault?.kind ?? null;
    for (const held of holds) if (held.at === 'arrived') await held.stand(entry);
    if (fault?.kind === 'cut-before-body') throw new ConnectionCut('cut before the body');

    const page = pages.get(url.host);
    if (page) {
      response.once('finish', () => (entry.status = response.statusCode));
      page(message, response);
      return;
    }
    const host = hosts.get(url.host) ?? strangerAt(url.host);
    const body = keptOpen(arrivingBody(message, { entry, fault, holds }));
    const request = { method: entry.method, url, headers: plainHeaders(message), body };
    const mode = cors.modeOf({ ...entry, method: methodMeant(request) });
    await exchange({ message, response, host, request, entry, fault, holds, mode });
  };

  return {
    mount: (peer) => {
      for (const host of peer.hosts) {
        if (hosts.has(host.host)) throw new Error(`${host.host} is mounted already`);
        hosts.set(host.host, host);
      }
    },
    mountPages: (host, listener) => void pages.set(host, listener),
    get hosts() {
      return [...hosts.keys(), ...pages.keys()];
    },
    faults,
    cors,
    log,
    failures,
    listener: (message, response) => {
      receive(message, response).catch((error: unknown) => {
        if (!(error instanceof ConnectionCut)) failures.push(error);
        message.socket.resetAndDestroy();
      });
    },
  };
}

async function exchange(traffic: Exchange): Promise<void> {
  const { response, host, request, entry, fault, holds } = traffic;
  const answer = await answerOf(traffic);
  await drained(request.body);
  for (const held of holds) if (held.at === 'taken') await held.stand(entry);
  if (fault?.kind === 'slow-answer') await pause(fault.delayMs);
  if (fault?.kind === 'cut-after-accept') throw new ConnectionCut('cut after accepting');
  const told = bentAnswer(answer, fault, host);
  entry.status = told.status;
  entry.responseBytes = await writeAnswer(response, withCors(told, traffic), fault);
}

async function answerOf({ host, request, fault, mode }: Exchange): Promise<PeerAnswer> {
  if (isPreflight(request)) {
    const asked = request.headers['access-control-request-headers'];
    return { status: 200, headers: preflightHeaders(host.cors(request), mode, asked) };
  }
  const refusal = refusalBy(fault, host);
  if (refusal) return refusal;
  if (fault?.kind === 'forget-session') host.forgetSession?.(request, fault.status);
  return await host.answer(request);
}

function withCors(answer: PeerAnswer, { host, request, mode }: Exchange): PeerAnswer {
  if (request.headers['origin'] === undefined || isPreflight(request)) return answer;
  return { ...answer, headers: { ...answer.headers, ...corsHeaders(host.cors(request), mode) } };
}

function isPreflight(request: PeerRequest): boolean {
  return (
    request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
  );
}

/** A preflight is treated like the request that it announces. */
function methodMeant(request: PeerRequest): string {
  return request.headers['access-control-request-method'] ?? request.method;
}

/** A peer may stop reading anywhere; what is left can still be read by the router. */
function keptOpen(pieces: AsyncGenerator<Uint8Array>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) };
}

/** What the peer left unread has to be read, or the client would never look at the answer. */
async function drained(body: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = body[Symbol.asyncIterator]();
  while ((await pieces.next()).done !== true);
}

function urlOf(message: IncomingMessage): URL {
  const host = (message.headers.host ?? 'unknown.invalid').replace(/:\d+$/, '').toLowerCase();
  return new URL(message.url ?? '/', `https://${host}`);
}

function plainHeaders(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}

/** 421 Misdirected Request (RFC 9110 section 15.5.20): nobody plays this host. */
function strangerAt(host: string): PeerHost {
  return {
    host,
    cors: () => null,
    answer: () => Promise.resolve({ status: 421, body: `no peer plays ${host}\n` }),
  };
}
