import * as z from 'zod/mini';
import type { EpochMs } from '../../platform/platform.ts';
import type { HttpAnswer } from '../../network/network.ts';
import type { Receipt, Rung, WaitReason } from '../providers.ts';

/** An answer that says "not taken", in the words of the contract. */
export type Refusal =
  /** The token was not accepted; another may be. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'missing-right'; readonly rung: Rung }
  /** The client's project may not use the Gmail API at all. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | {
      readonly kind: 'slow-down';
      readonly reason: 'rate-limit' | 'daily-limit';
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'rejected'; readonly code: string; readonly detail: string };

/** An answer that leaves open what became of the request's body. */
export interface Trouble {
  readonly kind: 'trouble';
  readonly reason: WaitReason;
  readonly retryAfterMs: number | null;
}

const errorBody = z.object({
  error: z.object({
    message: z.optional(z.string()),
    status: z.optional(z.string()),
    errors: z.optional(z.array(z.object({ reason: z.optional(z.string()) }))),
    details: z.optional(z.array(z.object({ reason: z.optional(z.string()) }))),
  }),
});

const messageBody = z.object({
  id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  threadId: z.optional(z.string().check(z.regex(/^[\w-]{1,64}$/))),
});

const NO_RIGHT = new Set(['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);
const NOT_ENABLED = new Set(['accessNotConfigured', 'SERVICE_DISABLED']);
const DAILY = new Set(['dailyLimitExceeded', 'dailyLimitExceededUnreg']);
const RATE = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded']);
const DETAIL_CHARACTERS = 500;

/**
 * The receipt in the answer of a finished upload (a `Message` of gmail v1); null when the answer
 * does not name a message.
 */
export function receiptOf(answer: HttpAnswer, now: EpochMs): Receipt | null {
  const message = messageBody.safeParse(parsedJson(answer.text));
  if (!message.success) return null;
  return { messageId: message.data.id, threadId: message.data.threadId ?? null, acceptedAt: now };
}

/**
 * What an answer outside 2xx and 308 says
 * (https://developers.google.com/workspace/gmail/api/guides/handle-errors).
 */
export function refusalOf(answer: HttpAnswer, now: EpochMs): Refusal | Trouble {
  const { status } = answer;
  if (status === 401) return { kind: 'unauthorized' };
  const said = errorOf(answer.text);
  if (status === 403 || status === 429) return limitOf(answer, said, now);
  if (status === 408 || status >= 500) {
    return { kind: 'trouble', reason: 'provider-error', retryAfterMs: waitOf(answer, said, now) };
  }
  if (status >= 400) return rejection(status, said);
  return { kind: 'trouble', reason: 'strange-answer', retryAfterMs: null };
}

function limitOf(answer: HttpAnswer, said: Said, now: EpochMs): Refusal {
  const has = (known: ReadonlySet<string>): boolean =>
    said.reasons.some((reason) => known.has(reason));
  const code = said.reasons[0] ?? said.status ?? String(answer.status);
  if (has(NO_RIGHT)) return { kind: 'missing-right', rung: 'send' };
  if (has(NOT_ENABLED)) return { kind: 'refused', code, detail: said.message };
  const retryAfterMs = waitOf(answer, said, now);
  if (has(DAILY)) return { kind: 'slow-down', reason: 'daily-limit', retryAfterMs };
  if (has(RATE) || answer.status === 429) {
    return { kind: 'slow-down', reason: 'rate-limit', retryAfterMs };
  }
  return rejection(answer.status, said);
}

function rejection(status: number, said: Said): Refusal {
  return {
    kind: 'rejected',
    code: said.reasons[0] ?? said.status ?? String(status),
    detail: said.message,
  };
}

/** Milliseconds to wait as the provider asked, in the header or (as Gmail does) in the text; null for neither. */
function waitOf(answer: HttpAnswer, said: Said, now: EpochMs): number | null {
  const header = answer.header('retry-after')?.trim() ?? '';
  // RFC 9110 section 10.2.3 allows whole seconds or a date; a fraction has been seen and is rounded up.
  if (/^\d+(\.\d+)?$/.test(header)) return Math.ceil(Number(header)) * 1000;
  const text = /retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(said.message)?.[1] ?? '';
  const at = Date.parse(header === '' ? text : header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

interface Said {
  /** Google's reasons, old form first; empty when the body is not Google's. */
  readonly reasons: readonly string[];
  readonly status: string | undefined;
  readonly message: string;
}

function errorOf(text: string): Said {
  const body = errorBody.safeParse(parsedJson(text));
  if (!body.success) return { reasons: [], status: undefined, message: '' };
  const { errors = [], details = [], status, message = '' } = body.data.error;
  const reasons = [...errors, ...details].flatMap(({ reason }) => reason ?? []);
  return { reasons, status, message: message.slice(0, DETAIL_CHARACTERS) };
}

/** The parsed text, or undefined (which no schema takes) when it is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
