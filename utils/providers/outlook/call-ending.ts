import type { SendOutcome, Settled, WaitReason } from '../providers.ts';
import type { Unanswered } from './graph-call.ts';

/** What calls without an answer mean for a mail. */

/** Every end of a send but the good one. */
export type Unsent = Exclude<SendOutcome, { kind: 'sent' }>;

/** The mail may go later; PROOF that it did not go now. */
export function retry(reason: WaitReason, retryAfterMs: number | null = null): Unsent {
  return { kind: 'retry', reason, retryAfterMs };
}

/** It has to be asked what became of it. */
export function unknown(
  reason: WaitReason,
  retryAfterMs: number | null = null,
): Extract<SendOutcome, { kind: 'unknown' }> {
  return { kind: 'unknown', reason, ...(retryAfterMs !== null && { retryAfterMs }) };
}

/** Why an answer is missing or can't be used; null for one that says clearly "not done". */
export function doubtOf(answer: Unanswered): WaitReason | null {
  switch (answer.kind) {
    case 'trouble':
    case 'no-answer':
      return answer.reason;
    case 'strange':
    case 'hidden-answer':
      return 'strange-answer';
    case 'aborted':
      return 'network';
    default:
      return null;
  }
}

/** The end of a call that carried the whole mail, to be sent at once. */
export function endOfSending(answer: Unanswered): Unsent {
  const doubt = doubtOf(answer);
  if (doubt === null) return refusedEnd(answer);
  return unknown(doubt, answer.kind === 'trouble' ? answer.retryAfterMs : null);
}

/**
 * The end of a call from which no mail can come: writing a draft, filling it. What was lost is
 * `unknown` all the same, so that the next step looks at what is there and goes on from it.
 */
export function endOfPreparing(answer: Unanswered): Unsent {
  switch (answer.kind) {
    case 'aborted':
      return { kind: 'stopped' };
    case 'hidden-answer':
      return { kind: 'needs-host', host: answer.host };
    case 'not-found':
      // The draft is gone, perhaps by the person's hand.
      return unknown('provider-error');
    default:
      return endOfSending(answer);
  }
}

/** What a look that brought nothing means. */
export function endOfLooking(
  answer: Exclude<Unanswered, { kind: 'not-found' }>,
): Exclude<Settled, { kind: 'sent' | 'not-sent' | 'resume' | 'unknowable' }> {
  switch (answer.kind) {
    case 'slow-down':
    case 'trouble':
    case 'unavailable':
      return askAgain(answer.reason, answer.retryAfterMs);
    case 'no-answer':
      return askAgain(answer.reason);
    case 'hidden-answer':
      return { kind: 'needs-host', host: answer.host };
    case 'strange':
    case 'rejected':
      return askAgain('strange-answer');
    case 'aborted':
      return askAgain('network');
    default:
      return answer;
  }
}

/** It could not be seen now. */
export function askAgain(
  reason: WaitReason,
  retryAfterMs: number | null = null,
): Extract<Settled, { kind: 'ask-again' }> {
  return { kind: 'ask-again', reason, retryAfterMs };
}

function refusedEnd(answer: Unanswered): Unsent {
  switch (answer.kind) {
    case 'slow-down':
    case 'unavailable':
      return retry(answer.reason, answer.retryAfterMs);
    case 'not-found':
      return { kind: 'refused', code: '404', detail: '' };
    case 'needs-sign-in':
    case 'missing-right':
    case 'refused':
    case 'needs-host':
    case 'rejected':
      return answer;
    default:
      return unknown('strange-answer');
  }
}
