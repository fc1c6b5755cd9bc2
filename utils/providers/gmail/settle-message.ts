import { secret } from '../../platform/platform.ts';
import type { EarlierAttempt, SendContext, SendJob, Settled, WaitReason } from '../providers.ts';
import { sessionUri, UPLOAD_HOST } from './session-uri.ts';
import { askStatus, type SessionAnswer, type Wire } from './upload-session.ts';

/** A session that holds every byte and still is not done is asked for this long. */
const STILL_WORKING_MS = 60 * 60 * 1000;

/**
 * Asks the session what became of an attempt. As long as its last bytes never left, no message can
 * have come of it, whatever the session says: then a new one may begin.
 */
export async function settleMessage(
  wire: Wire,
  job: SendJob,
  question: { readonly earlier: EarlierAttempt; readonly context: SendContext },
): Promise<Settled> {
  const { earlier, context } = question;
  const stored = earlier.handle === null ? null : sessionUri(earlier.handle.reveal());
  if (stored === null) return otherwise(earlier);
  const uri = secret(stored);
  const answer = await askStatus(wire, job, { uri, context });
  if (answer.kind === 'stored') {
    const { storedBytes } = answer;
    if (storedBytes < job.message.sizeBytes) {
      return { kind: 'resume', handle: uri, offset: storedBytes };
    }
    return complete(wire, earlier, storedBytes > job.message.sizeBytes);
  }
  return verdictOn(answer, earlier);
}

function verdictOn(
  answer: Exclude<SessionAnswer, { kind: 'stored' }>,
  earlier: EarlierAttempt,
): Settled {
  switch (answer.kind) {
    case 'accepted':
      // Complete before its last bytes left: nobody can say what that message is.
      return earlier.finalSliceAt === null
        ? { kind: 'unknowable' }
        : { kind: 'sent', receipt: answer.receipt };
    case 'gone':
    case 'rejected':
    case 'strange':
      return otherwise(earlier);
    case 'hidden-range':
    case 'hidden-answer': {
      const host = answer.kind === 'hidden-answer' ? answer.host : UPLOAD_HOST;
      return earlier.finalSliceAt === null ? { kind: 'not-sent' } : { kind: 'needs-host', host };
    }
    case 'trouble':
    case 'slow-down':
      return askAgain(answer.reason, answer.retryAfterMs);
    case 'no-answer':
    case 'unavailable':
      return askAgain(answer.reason);
    case 'aborted':
      return askAgain('network');
    default:
      return answer;
  }
}

/** Every byte is there. It may take the provider a while to make a message of it. */
function complete(wire: Wire, { finalSliceAt }: EarlierAttempt, tooMuch: boolean): Settled {
  if (finalSliceAt === null) return { kind: 'not-sent' };
  const waitedMs = wire.clock.now() - finalSliceAt;
  return tooMuch || waitedMs > STILL_WORKING_MS
    ? { kind: 'unknowable' }
    : askAgain('strange-answer');
}

function otherwise({ finalSliceAt }: EarlierAttempt): Settled {
  return finalSliceAt === null ? { kind: 'not-sent' } : { kind: 'unknowable' };
}

function askAgain(reason: WaitReason, retryAfterMs: number | null = null): Settled {
  return { kind: 'ask-again', reason, retryAfterMs };
}
