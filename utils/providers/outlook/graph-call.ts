import type { HttpAnswer, HttpRequest, Network } from '../../network/network.ts';
import type { Clock, Secret } from '../../platform/platform.ts';
import {
  callOnce,
  callWithToken,
  type Heard,
  type Rung,
  type SendContext,
  type SendJob,
  type Silence,
  type Unheard,
} from '../providers.ts';
import { refusalOf, type Refusal, type Trouble } from './graph-answer.ts';

/** What all calls go through. */
export interface Wire {
  readonly network: Network;
  readonly clock: Clock;
}

/** One mail and what may be used for it. */
export interface Act {
  readonly job: SendJob;
  readonly context: SendContext;
}

/** Whose call it is, where no mail is needed for it. */
export interface Caller {
  readonly job: Pick<SendJob, 'accountId'>;
  readonly context: Pick<SendContext, 'token' | 'signal'>;
}

/** Why a call did not bring what was asked. */
export type Unanswered =
  | Refusal
  | Trouble
  | Unheard
  | Silence
  /** A good status, but not the one or not the body that means "done". */
  | { readonly kind: 'strange' };

/** What a call brought. */
export type Said<T> = { readonly kind: 'said'; readonly value: T } | Unanswered;

/** A call of Graph, and how its answer is read. */
export interface GraphRequest<T> {
  readonly method: HttpRequest['method'];
  /** What follows `https://graph.microsoft.com/v1.0`. */
  readonly path: string;
  readonly rung: Rung;
  /** What “access denied” means, where it is not that the right is missing. */
  readonly denied?: Refusal | null;
  readonly purpose: HttpRequest['purpose'];
  readonly body?: { readonly type: 'application/json' | 'text/plain'; readonly text: string };
  readonly timeoutMs?: number;
  /** True where no id is told: then none is asked to last. */
  readonly tellsNoId?: boolean;
  /** Null for an answer that is not what was asked for. Called for 2xx only. */
  readonly read: (answer: HttpAnswer) => T | null;
}

const GRAPH = 'https://graph.microsoft.com/v1.0';
/** For a call that carries nothing large. */
const QUICK_MS = 30_000;
/** Under the five minutes after which a worker's call is ended, with room for the answer. */
export const LONG_MS = 240_000;

/**
 * The ids that Outlook gives change when a message moves; these don't
 * (https://learn.microsoft.com/graph/outlook-immutable-id).
 */
const LASTING_IDS = 'IdType="ImmutableId"';
/**
 * Microsoft's id of a call, by which its support finds it. One of our own (`client-request-id`) is not
 * sent: nobody keeps it, it makes no two calls one, and each further header has to be allowed by CORS.
 */
export const TRACE_HEADER = 'request-id';

/** Whether something was made or put there: 201 as documented, or 200 as some servers have it. */
export function isMade({ status }: HttpAnswer): boolean {
  return status === 201 || status === 200;
}

/** Whether something was taken away: 204 as documented, or 200 as some servers have it. */
export function isRemoved({ status }: HttpAnswer): boolean {
  return status === 204 || status === 200;
}

/** Calls Graph with a token of the right that the call needs. */
export async function askGraph<T>(
  wire: Wire,
  { job, context }: Caller,
  asked: GraphRequest<T>,
): Promise<Said<T>> {
  const request: HttpRequest = {
    url: GRAPH + asked.path,
    method: asked.method,
    headers: {
      ...(!asked.tellsNoId && { Prefer: LASTING_IDS }),
      ...(asked.body && { 'Content-Type': asked.body.type }),
    },
    body: asked.body?.text ?? null,
    purpose: asked.purpose,
    accountId: job.accountId,
    timeoutMs: asked.timeoutMs ?? QUICK_MS,
    signal: context.signal,
    traceHeader: TRACE_HEADER,
  };
  const heard = await callWithToken(wire.network, context, { request, rung: asked.rung });
  return understood(wire, heard, asked);
}

/**
 * The same for a call that makes something, asked to tell no more of it than these fields. A server that
 * takes no `$select` there, which is documented for reading alone, is asked without it: its refusal
 * says that nothing was made.
 */
export async function askToMake<T>(
  wire: Wire,
  caller: Caller,
  { fields, ...asked }: GraphRequest<T> & { readonly fields: string },
): Promise<Said<T>> {
  const said = await askGraph(wire, caller, { ...asked, path: `${asked.path}?${fields}` });
  return said.kind === 'rejected' ? await askGraph(wire, caller, asked) : said;
}

/**
 * The address of an upload is not good (any more): it is pre-authenticated, so none of these is about
 * the person or the client, whatever code comes with it (PROVIDERS B2).
 */
const NO_SUCH_UPLOAD = new Set([401, 403, 404, 410]);
/** The piece is not the one that is wanted: the upload is asked which one is. */
const NOT_THAT_PIECE = 416;

/** Calls the address of an upload. The address is the right: no token goes there. */
export async function askUpload<T>(
  wire: Wire,
  { job, context }: Act,
  asked: {
    readonly method: 'PUT' | 'GET';
    readonly url: Secret;
    readonly piece: { readonly bytes: Uint8Array<ArrayBuffer>; readonly range: string } | null;
    readonly read: (answer: HttpAnswer) => T | null;
  },
): Promise<Said<T>> {
  const { method, url, piece } = asked;
  const heard = await callOnce(wire.network, {
    url: url.reveal(),
    method,
    headers: {
      ...(piece && {
        'Content-Range': piece.range,
        'Content-Type': 'application/octet-stream',
      }),
    },
    body: piece?.bytes ?? null,
    purpose: piece ? 'upload-file' : 'ask-upload-status',
    accountId: job.accountId,
    timeoutMs: piece ? LONG_MS : QUICK_MS,
    signal: context.signal,
    traceHeader: TRACE_HEADER,
  });
  if (heard.kind === 'answer') {
    const { status } = heard.http;
    if (NO_SUCH_UPLOAD.has(status)) return { kind: 'not-found' };
    if (status === NOT_THAT_PIECE) return { kind: 'strange' };
  }
  return understood(wire, heard, { rung: 'drafts', read: asked.read });
}

function understood<T>(
  { clock }: Wire,
  heard: Heard,
  { rung, denied = null, read }: Pick<GraphRequest<T>, 'rung' | 'denied' | 'read'>,
): Said<T> {
  if (heard.kind !== 'answer') return heard;
  const { status } = heard.http;
  if (status < 200 || status > 299) {
    return refusalOf(heard.http, { now: clock.now(), rung, denied });
  }
  const value = read(heard.http);
  return value === null ? { kind: 'strange' } : { kind: 'said', value };
}
