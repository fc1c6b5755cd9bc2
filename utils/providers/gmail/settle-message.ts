import { secret } from '../../platform/platform.ts';
import type { EarlierAttempt, SendContext, SendJob, Settled, WaitReason } from '../providers.ts';
import { sessionUri, UPLOAD_HOST } from './session-uri.ts';
import { answersAtAll, askStatus, type SessionAnswer, type Wire } from './upload-session.ts';

/** A session that holds every byte and still is not done is asked for this long. */
const STILL_WORKING_MS = 60 * 60 * 1000;
/** One that answers, but never with what it knows, for this long. */
const STILL_TROUBLED_MS = 24 * 60 * 60 * 1000;

/** From this many setbacks on a session that holds less than all, long after all left, is given up. */
const SETBACKS_UNTIL_STUCK = 10;
/** Longer than any call lasts: nothing that was sent can be on its way any more. */
const NOTHING_UNDER_WAY_MS = 15 * 60 * 1000;

/** From this many setbacks on a silent session is looked into … */
const SETBACKS_UNTIL_SUSPECT = 2;
/** … and from this many the person is asked to allow the host, where beginning anew does not help. */
const SETBACKS_UNTIL_TOLD = 5;

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
      if (isStuck(wire, earlier)) return { kind: 'not-sent' };
      return { kind: 'resume', handle: uri, offset: storedBytes };
    }
    const tooMuch = storedBytes > job.message.sizeBytes;
    return stillAsking(wire, earlier, {
      reason: 'strange-answer',
      retryAfterMs: null,
      forMs: tooMuch ? 0 : STILL_WORKING_MS,
    });
  }
  const unheard = answer.kind === 'no-answer' && answer.reason === 'network';
  if (unheard && (await isHidden(wire, job, { earlier, context }))) {
    return earlier.finalSliceAt === null && earlier.setbacks < SETBACKS_UNTIL_TOLD
      ? { kind: 'not-sent' }
      : { kind: 'needs-host', host: UPLOAD_HOST };
  }
  return verdictOn(wire, answer, earlier);
}

/**
 * True when a session still lacks bytes that were all sent, again and again. It can't have made a
 * message of less, and without its last bytes it never will: nobody sends them there any more.
 */
function isStuck(wire: Wire, { finalSliceAt, setbacks }: EarlierAttempt): boolean {
  if (finalSliceAt === null || setbacks < SETBACKS_UNTIL_STUCK) return false;
  return wire.clock.now() - finalSliceAt >= NOTHING_UNDER_WAY_MS;
}

/**
 * True when the host answers, but this session again and again does not. Google answers the
 * preflight to a session that is gone with 404 (seen at Drive), which a browser without the host
 * permission reports like a broken line.
 */
async function isHidden(
  wire: Wire,
  job: SendJob,
  { earlier, context }: { readonly earlier: EarlierAttempt; readonly context: SendContext },
): Promise<boolean> {
  if (earlier.setbacks < SETBACKS_UNTIL_SUSPECT) return false;
  if (await context.canReadAllHeaders(UPLOAD_HOST)) return false;
  return answersAtAll(wire, job, context);
}

function verdictOn(
  wire: Wire,
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
    case 'slow-down':
      // A session may keep for good the refusal that its last bytes met.
      if (earlier.finalSliceAt === null) return { kind: 'not-sent' };
      return stillAsking(wire, earlier, { ...answer, forMs: STILL_TROUBLED_MS });
    case 'trouble':
      if (earlier.finalSliceAt === null) return askAgain(answer.reason, answer.retryAfterMs);
      return stillAsking(wire, earlier, { ...answer, forMs: STILL_TROUBLED_MS });
    case 'unavailable':
      return askAgain(answer.reason, answer.retryAfterMs);
    case 'no-answer':
      return askAgain(answer.reason);
    case 'aborted':
      return askAgain('network');
    case 'refused':
    case 'missing-right':
      // A session may keep a refusal for good; the next one is opened when there is none any more.
      return earlier.finalSliceAt === null ? { kind: 'not-sent' } : answer;
    default:
      return answer;
  }
}

/** The session answers, but not with what became of the message: it is asked again for a while. */
function stillAsking(
  wire: Wire,
  { finalSliceAt }: EarlierAttempt,
  again: {
    readonly reason: WaitReason;
    readonly retryAfterMs: number | null;
    readonly forMs: number;
  },
): Settled {
  if (finalSliceAt === null) return { kind: 'not-sent' };
  const waitedMs = wire.clock.now() - finalSliceAt;
  return waitedMs >= again.forMs
    ? { kind: 'unknowable' }
    : askAgain(again.reason, again.retryAfterMs);
}

function otherwise({ finalSliceAt }: EarlierAttempt): Settled {
  return finalSliceAt === null ? { kind: 'not-sent' } : { kind: 'unknowable' };
}

function askAgain(reason: WaitReason, retryAfterMs: number | null = null): Settled {
  return { kind: 'ask-again', reason, retryAfterMs };
}
