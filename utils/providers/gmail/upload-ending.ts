import type { SendOutcome, WaitReason } from '../providers.ts';
import { UPLOAD_HOST } from './session-uri.ts';
import type { Opened, SessionAnswer } from './upload-session.ts';

/** How one session ended. `gone`: forgotten before the last bytes left, so another may be opened. */
export type Ended = SendOutcome | { readonly kind: 'gone' };

/** What is known of a session's last bytes. */
export interface FinalSlice {
  /** They have been about to leave, in this attempt or an earlier one. */
  readonly left: boolean;
  /** They left and nobody said what became of them: only `sent` can be proved any more. */
  readonly doubtful: boolean;
}

/** The provider may have what it wants by waiting; proof that the message was not accepted. */
export function retry(reason: WaitReason, retryAfterMs: number | null = null): SendOutcome {
  return { kind: 'retry', reason, retryAfterMs };
}

/** A session was not opened. Nothing of the message left, so every ending is proof. */
export function endOfOpening(answer: Exclude<Opened, { kind: 'opened' }>): SendOutcome {
  switch (answer.kind) {
    case 'strange':
      return retry('strange-answer');
    case 'trouble':
    case 'slow-down':
    case 'unavailable':
      return retry(answer.reason, answer.retryAfterMs);
    case 'no-answer':
      return retry(answer.reason);
    case 'aborted':
      return { kind: 'stopped' };
    case 'hidden-answer':
      return { kind: 'needs-host', host: answer.host };
    default:
      return answer;
  }
}

/** True when an answer to bytes does not say whether they were taken. */
export function leavesOpen(answer: SessionAnswer): boolean {
  return (
    answer.kind === 'trouble' ||
    answer.kind === 'no-answer' ||
    answer.kind === 'strange' ||
    answer.kind === 'hidden-answer' ||
    answer.kind === 'aborted'
  );
}

/** True when the server names a time before which it wants to hear nothing. */
export function asksToWait(answer: SessionAnswer): boolean {
  return answer.kind === 'trouble' && (answer.retryAfterMs ?? 0) > 0;
}

/** What an answer of the session, to bytes or to a question, means for the send; null: it goes on. */
export function endOf(
  answer: SessionAnswer,
  final: FinalSlice,
  heardAs: 'answer-to-bytes' | 'status',
): Ended | null {
  if (answer.kind === 'stored') return null;
  if (answer.kind === 'gone' && !final.left) return answer;
  const outcome = outcomeOf(answer, final, heardAs);
  if (!final.doubtful || outcome.kind === 'sent' || outcome.kind === 'unknown') return outcome;
  return outcome.kind === 'retry'
    ? unknown(outcome.reason, outcome.retryAfterMs)
    : unknown('provider-error');
}

function outcomeOf(
  answer: Exclude<SessionAnswer, { kind: 'stored' }>,
  final: FinalSlice,
  heardAs: 'answer-to-bytes' | 'status',
): SendOutcome {
  switch (answer.kind) {
    case 'accepted':
      // A session that claims to be complete before its last bytes left is to be asked once more.
      return final.left ? { kind: 'sent', receipt: answer.receipt } : unknown('strange-answer');
    case 'gone':
      return unknown('provider-error');
    case 'strange':
      return unknown('strange-answer');
    case 'trouble':
      return unknown(answer.reason, answer.retryAfterMs);
    case 'no-answer':
      return unknown(answer.reason);
    case 'aborted':
      return { kind: 'stopped' };
    case 'hidden-range':
      // After the last bytes it may hold everything and be at work on it: that proves nothing.
      return final.left ? unknown('strange-answer') : { kind: 'needs-host', host: UPLOAD_HOST };
    case 'hidden-answer':
      return { kind: 'needs-host', host: answer.host };
    case 'slow-down':
    case 'unavailable':
      return retry(answer.reason, answer.retryAfterMs);
    case 'rejected':
      // A refused question says something about the session, not about the message.
      return heardAs === 'status' ? unknown('provider-error') : answer;
    default:
      return answer;
  }
}

function unknown(reason: WaitReason, retryAfterMs: number | null = null): SendOutcome {
  return { kind: 'unknown', reason, ...(retryAfterMs !== null && { retryAfterMs }) };
}
