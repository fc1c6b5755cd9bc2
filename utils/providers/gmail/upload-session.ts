import {
  NetworkError,
  type HttpAnswer,
  type HttpRequest,
  type Network,
} from '../../network/network.ts';
import { secret, type Clock, type Secret } from '../../platform/platform.ts';
import {
  callWithToken,
  type Receipt,
  type SendContext,
  type SendJob,
  type Silence,
  type Unheard,
} from '../providers.ts';
import { receiptOf, refusalOf, type Refusal, type Trouble } from './google-answer.ts';
import { OPEN_UPLOAD_URL, PROBE_URL, sessionUri, UPLOAD_HOST } from './session-uri.ts';

/** What the calls of one upload go through. */
export interface Wire {
  readonly network: Network;
  readonly clock: Clock;
}

/** What a request to open a session came to. */
export type Opened =
  | { readonly kind: 'opened'; readonly uri: Secret }
  | { readonly kind: 'strange' }
  | Exclude<Refusal, { kind: 'unauthorized' }>
  | Trouble
  | Unheard
  | Silence;

/** What a session answered to a slice or to a question. */
export type SessionAnswer =
  | { readonly kind: 'accepted'; readonly receipt: Receipt }
  /** It holds this many bytes and wants more. */
  | { readonly kind: 'stored'; readonly storedBytes: number }
  /** It wants more, but how much it holds can't be read. */
  | { readonly kind: 'hidden-range' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'strange' }
  | Exclude<Refusal, { kind: 'unauthorized' }>
  | Trouble
  | Unheard
  | Silence;

const OPEN_TIMEOUT_MS = 30_000;
const STATUS_TIMEOUT_MS = 30_000;
// Under the five minutes after which a worker's call is ended, with room for the answer.
const SLICE_TIMEOUT_MS = 240_000;

/** Headers that Google sets on each answer of an upload host and exposes wherever it exposes any. */
const WITNESS_HEADERS = ['x-guploader-uploadid', 'date', 'server'] as const;

/** Opens a session for the whole message. No byte of the message leaves. */
export async function openSession(wire: Wire, job: SendJob, context: SendContext): Promise<Opened> {
  const metadata = job.threadId === null ? {} : { threadId: job.threadId };
  const answer = await callWithToken(wire.network, context, {
    request: {
      url: OPEN_UPLOAD_URL,
      method: 'POST',
      headers: {
        'Content-Type': 'application/json; charset=UTF-8',
        'X-Upload-Content-Type': 'message/rfc822',
        'X-Upload-Content-Length': String(job.message.sizeBytes),
      },
      body: JSON.stringify(metadata),
      purpose: 'open-upload',
      accountId: job.accountId,
      timeoutMs: OPEN_TIMEOUT_MS,
      signal: context.signal,
    },
    rung: 'send',
  });
  if (answer.kind !== 'answer') return answer;
  const { status } = answer.http;
  if (status !== 200 && status !== 201)
    return withoutToken(refusalOf(answer.http, wire.clock.now()));
  const location = answer.http.header('location');
  if (location === null) {
    const readable = await context.canReadAllHeaders(UPLOAD_HOST);
    return readable ? { kind: 'strange' } : { kind: 'hidden-answer', host: UPLOAD_HOST };
  }
  const uri = sessionUri(location);
  return uri === null ? { kind: 'strange' } : { kind: 'opened', uri: secret(uri) };
}

/** Sends the bytes from `fromByte` on. */
export async function putSlice(
  wire: Wire,
  job: SendJob,
  slice: {
    readonly uri: Secret;
    readonly fromByte: number;
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly context: SendContext;
  },
): Promise<SessionAnswer> {
  const lastByte = slice.fromByte + slice.bytes.byteLength - 1;
  return askSession(wire, slice.context, {
    url: slice.uri.reveal(),
    method: 'PUT',
    headers: {
      'Content-Type': 'message/rfc822',
      'Content-Range': `bytes ${slice.fromByte}-${lastByte}/${job.message.sizeBytes}`,
    },
    body: slice.bytes,
    allows308: true,
    purpose: 'send-mail',
    accountId: job.accountId,
    timeoutMs: SLICE_TIMEOUT_MS,
    signal: slice.context.signal,
  });
}

/** Asks a session what it holds, or what became of the message. */
export async function askStatus(
  wire: Wire,
  job: SendJob,
  question: { readonly uri: Secret; readonly context: SendContext },
): Promise<SessionAnswer> {
  return askSession(wire, question.context, {
    url: question.uri.reveal(),
    method: 'PUT',
    headers: { 'Content-Range': `bytes */${job.message.sizeBytes}` },
    body: null,
    allows308: true,
    purpose: 'ask-upload-status',
    accountId: job.accountId,
    timeoutMs: STATUS_TIMEOUT_MS,
    signal: question.context.signal,
  });
}

/** Whether the host answers anything at all. No token and no session goes there. */
export async function answersAtAll(
  wire: Wire,
  job: SendJob,
  context: SendContext,
): Promise<boolean> {
  try {
    await wire.network.request({
      url: PROBE_URL,
      method: 'GET',
      headers: {},
      body: null,
      purpose: 'probe-host',
      accountId: job.accountId,
      timeoutMs: STATUS_TIMEOUT_MS,
      signal: context.signal,
    });
    return true;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return error.code === 'cors-refused';
  }
}

async function askSession(
  wire: Wire,
  context: SendContext,
  request: HttpRequest,
): Promise<SessionAnswer> {
  const answer = await callWithToken(wire.network, context, { request, rung: 'send' });
  if (answer.kind !== 'answer') return answer;
  const { http } = answer;
  const now = wire.clock.now();
  switch (http.status) {
    case 200:
    case 201: {
      const receipt = receiptOf(http, now);
      return receipt ? { kind: 'accepted', receipt } : { kind: 'strange' };
    }
    case 308:
      return storedIn(http, context, request.body === null ? 'status' : 'answer-to-bytes');
    case 404:
    case 410:
      return { kind: 'gone' };
    default:
      return withoutToken(refusalOf(http, now));
  }
}

/**
 * Google leaves `Range` out when it holds nothing yet. A browser leaves it out when the answer does
 * not expose it: so its absence means zero only where the host permission, or another header,
 * proves that it would have been seen. In the answer to bytes no other header proves that: there
 * Google has something to say in it.
 */
async function storedIn(
  http: HttpAnswer,
  context: SendContext,
  heardAs: 'answer-to-bytes' | 'status',
): Promise<SessionAnswer> {
  const range = http.header('range');
  if (range === null) {
    const witness = WITNESS_HEADERS.some((name) => http.header(name) !== null);
    const seen =
      (heardAs === 'status' && witness) || (await context.canReadAllHeaders(UPLOAD_HOST));
    return seen ? { kind: 'stored', storedBytes: 0 } : { kind: 'hidden-range' };
  }
  // Google's guides show it with its unit and, for a while, showed it without.
  const last = /^(?:bytes[= ])?0-(\d{1,15})$/i.exec(range.trim())?.[1];
  return last === undefined
    ? { kind: 'strange' }
    : { kind: 'stored', storedBytes: Number(last) + 1 };
}

function withoutToken(
  refusal: Refusal | Trouble,
): Exclude<Refusal, { kind: 'unauthorized' }> | Trouble | Unheard {
  return refusal.kind === 'unauthorized'
    ? { kind: 'needs-sign-in', why: 'token_rejected' }
    : refusal;
}
