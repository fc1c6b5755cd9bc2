import * as z from 'zod/mini';
import { once } from '../../once/once.ts';
import type { EpochMs } from '../../platform/platform.ts';
import { msUntil, retryAfterMs, type HttpAnswer } from '../../network/network.ts';
import {
  parsedJson,
  shownCode,
  shownWords,
  type Receipt,
  type Rung,
  type WaitReason,
} from '../providers.ts';

/** An answer that says "not taken", in the words of the contract. */
export type Refusal =
  /** The token was not accepted; another may be. */
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'missing-right'; readonly rung: Rung }
  /** The project, the account or its organisation may not send at all. The mail is not at fault. */
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

/** A text that may be missing. One field of another shape must not hide what the others say. */
const text = once(() =>
  z.pipe(
    z.optional(z.unknown()),
    z.transform((value) => (typeof value === 'string' ? value : '')),
  ),
);
const reasons = once(() =>
  z.pipe(
    z.optional(z.unknown()),
    z.transform((value): readonly unknown[] => (Array.isArray(value) ? value : [])),
  ),
);
const withReason = once(() => z.object({ reason: z.string() }));

const errorBody = once(() =>
  z.object({
    error: z.union([
      z.object({ message: text(), status: text(), errors: reasons(), details: reasons() }),
      // Google's sign-in endpoints, and what stands before the API, say it as RFC 6750 section 3 does.
      z.string(),
    ]),
    error_description: text(),
  }),
);

/** A message says that it is one by its id, whatever that looks like. */
const messageBody = once(() =>
  z.object({
    id: z.union([z.string().check(z.minLength(1)), z.number()]),
    threadId: z.optional(z.unknown()),
  }),
);

const ID = /^[\w-]{1,64}$/;

const NO_RIGHT = new Set([
  'insufficientPermissions',
  'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
  'insufficient_scope',
]);
/** OAuth's own words for what 401 says (RFC 6750 section 3.1, RFC 6749 section 5.2). */
const DEAD_TOKEN = new Set(['invalid_token', 'invalid_grant']);
/** Said with 400: this mailbox can't send at all ("Mail service not enabled"). */
const NO_MAILBOX = new Set(['failedPrecondition', 'FAILED_PRECONDITION']);
const DAILY = new Set(['dailyLimitExceeded', 'dailyLimitExceededUnreg']);
const RATE = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
  'concurrentLimitExceeded',
  'quotaExceeded',
]);

/**
 * The receipt in the answer of a finished upload (a `Message` of gmail v1); null when the answer
 * does not name a message.
 */
export function receiptOf(answer: HttpAnswer, now: EpochMs): Receipt | null {
  const message = messageBody().safeParse(parsedJson(answer.text));
  if (!message.success) return null;
  const { id, threadId } = message.data;
  return { messageId: idOf(id), threadId: idOf(threadId), acceptedAt: now };
}

/** Null for what does not look like an id: the message was taken all the same. */
function idOf(value: unknown): string | null {
  const id = typeof value === 'number' ? String(value) : value;
  return typeof id === 'string' && ID.test(id) ? id : null;
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
  if (status >= 400) {
    const isDead = DEAD_TOKEN.has(said.reasons[0] ?? '');
    return isDead ? { kind: 'unauthorized' } : refusalOfClient(status, said);
  }
  return { kind: 'trouble', reason: 'strange-answer', retryAfterMs: null };
}

function limitOf(answer: HttpAnswer, said: Said, now: EpochMs): Refusal {
  const has = (known: ReadonlySet<string>): boolean =>
    said.reasons.some((reason) => known.has(reason));
  if (has(NO_RIGHT)) return { kind: 'missing-right', rung: 'send' };
  const retryAfterMs = waitOf(answer, said, now);
  if (has(DAILY)) return { kind: 'slow-down', reason: 'daily-limit', retryAfterMs };
  if (has(RATE) || answer.status === 429) {
    return { kind: 'slow-down', reason: 'rate-limit', retryAfterMs };
  }
  // 403 is about who asks (a policy, a project, an account, a proxy on the way), never about the mail.
  return { kind: 'refused', code: codeOf(answer.status, said), detail: said.message };
}

/**
 * Only Google's own word, or a status that can mean nothing else, sends a mail back to its writer:
 * a page of something on the way (404, 405, 407, 451 …) is no judgement on a mail.
 */
function refusalOfClient(status: number, said: Said): Refusal {
  const noMailbox = said.reasons.some((reason) => NO_MAILBOX.has(reason));
  const aboutTheMail = said.reasons.length > 0 || status === 400 || status === 413;
  const kind = aboutTheMail && !noMailbox ? 'rejected' : 'refused';
  return { kind, code: codeOf(status, said), detail: said.message };
}

/** Codes are stored in clear and shown: visible ASCII, and not much of it. */
function codeOf(status: number, { reasons: [first = ''] }: Said): string {
  return shownCode(first) || String(status);
}

/** Milliseconds to wait as the provider asked, in the header or (as Gmail does) in the text; null for neither. */
function waitOf(answer: HttpAnswer, said: Said, now: EpochMs): number | null {
  const inText = /retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(said.message)?.[1] ?? '';
  return retryAfterMs(answer, now) ?? msUntil(Date.parse(inText), answer, now);
}

interface Said {
  /** Google's reasons, the most exact first; empty when the body is not Google's. */
  readonly reasons: readonly string[];
  readonly message: string;
}

/** Google's streaming fronts put the same error into a list of one. */
function errorOf(body: string): Said {
  const json = parsedJson(body);
  const only: unknown = Array.isArray(json) && json.length === 1 ? json[0] : json;
  const parsed = errorBody().safeParse(only);
  if (!parsed.success) return { reasons: [], message: '' };
  const { error, error_description } = parsed.data;
  if (typeof error === 'string') return said([error], error_description);
  const { errors, details, status, message } = error;
  return said([...errors.map(reasonIn), ...details.map(reasonIn), status], message);
}

function reasonIn(entry: unknown): string {
  const parsed = withReason().safeParse(entry);
  return parsed.success ? parsed.data.reason : '';
}

function said(all: readonly string[], message: string): Said {
  const known = all.filter((reason) => reason !== '');
  return { reasons: known, message: shownWords(message) };
}
