import * as z from 'zod/mini';
import { retryAfterMs, type HttpAnswer } from '../../network/network.ts';
import { once } from '../../once/once.ts';
import type { EpochMs } from '../../platform/platform.ts';
import { parsedJson, shownCode, shownWords, type Rung, type WaitReason } from '../providers.ts';

/** An answer that says "not done", in the words of the contract. */
export type Refusal =
  | { readonly kind: 'missing-right'; readonly rung: Rung }
  /** The client, the account or its organisation may not do this at all. The mail is not at fault. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | {
      readonly kind: 'slow-down';
      readonly reason: 'rate-limit' | 'daily-limit';
      readonly retryAfterMs: number | null;
    }
  /** There is no such message or file (any more, or yet). */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'rejected'; readonly code: string; readonly detail: string };

/** An answer that leaves open what became of the request. */
export interface Trouble {
  readonly kind: 'trouble';
  readonly reason: WaitReason;
  readonly retryAfterMs: number | null;
}

const errorBody = once(() =>
  z.object({
    error: z.object({
      code: z.optional(z.unknown()),
      message: z.optional(z.unknown()),
    }),
  }),
);

// Graph writes one code with a large or a small first letter, by the service behind it.
const NOT_FOUND = /^(?:Error(?:Item|Message)NotFound|itemNotFound)$/i;
/** Said of the sender's own limits. Exchange has several names for them, with 403, 429 or 400. */
const LIMIT_OF_A_DAY =
  /^Error(?:ExceededMessageLimit|SubmissionQuotaExceeded|RecipientLimitExceeded)$/i;
/** Said of a sender whom Microsoft stops: only the person can lift that, at Outlook. */
const SENDER_STOPPED =
  /^(?:Error(?:MessageSubmissionBlocked|AccountSuspend(?:ShowTierUpgrade)?|MailboxStoreUnavailable)|MailboxNot(?:Enabled|Supported)ForRESTAPI)$/i;
/** Said of what the mail wants, with a status that otherwise means the one who asks. */
const ABOUT_THE_MAIL = /^Error(?:SendAsDenied|InvalidUser|MessageSizeExceeded)$/i;
/** Exchange's, the directory's, and the one of https://learn.microsoft.com/graph/errors. */
const NO_RIGHT = /^(?:(?:Error)?AccessDenied|Authorization_RequestDenied)$/i;
/** Another change to the same message is under way. */
const BUSY = new Set([408, 409, 412, 423, 424]);

/**
 * What an answer outside 2xx says (https://learn.microsoft.com/graph/errors; the codes are
 * Exchange's). `rung` is the right that the call was made with; `denied` stands for “access denied”
 * where that says something else than that the right is missing.
 */
export function refusalOf(
  answer: HttpAnswer,
  asked: { readonly now: EpochMs; readonly rung: Rung; readonly denied: Refusal | null },
): Refusal | Trouble {
  const { status } = answer;
  const { code, detail } = errorOf(answer.text);
  const wait = retryAfterMs(answer, asked.now);
  if (LIMIT_OF_A_DAY.test(code)) {
    return { kind: 'slow-down', reason: 'daily-limit', retryAfterMs: wait };
  }
  if (status === 429) return { kind: 'slow-down', reason: 'rate-limit', retryAfterMs: wait };
  if (BUSY.has(status) || status >= 500) {
    return { kind: 'trouble', reason: 'provider-error', retryAfterMs: wait };
  }
  if (status < 400) return { kind: 'trouble', reason: 'strange-answer', retryAfterMs: null };
  const said = { code: shownCode(code) || String(status), detail };
  if (SENDER_STOPPED.test(code)) return { kind: 'refused', ...said };
  if (ABOUT_THE_MAIL.test(code)) return { kind: 'rejected', ...said };
  if (status === 403 && NO_RIGHT.test(code)) {
    return asked.denied ?? { kind: 'missing-right', rung: asked.rung };
  }
  if (NOT_FOUND.test(code) || ((status === 404 || status === 410) && code === '')) {
    return { kind: 'not-found' };
  }
  // Only a status that can mean nothing else sends a mail back to its writer: 401, 403, 404 and
  // whatever a proxy on the way says are about who asks.
  return status === 400 || status === 413 || status === 422
    ? { kind: 'rejected', ...said }
    : { kind: 'refused', ...said };
}

/** '' for what the body does not say. */
function errorOf(body: string): { readonly code: string; readonly detail: string } {
  const parsed = errorBody().safeParse(parsedJson(body));
  if (!parsed.success) return { code: '', detail: '' };
  const { code, message } = parsed.data.error;
  return {
    code: typeof code === 'string' ? code : '',
    detail: typeof message === 'string' ? shownWords(message) : '',
  };
}
