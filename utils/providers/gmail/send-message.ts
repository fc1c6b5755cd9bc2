import { letGo, secret, type Secret } from '../../platform/platform.ts';
import {
  createSlicePace,
  endOfStuck,
  type ResumePoint,
  type SendContext,
  type SendJob,
  type SendOutcome,
  type SlicePace,
} from '../providers.ts';
import { sessionUri } from './session-uri.ts';
import { asksToWait, endOf, endOfOpening, leavesOpen, retry, type Ended } from './upload-ending.ts';
import {
  askStatus,
  openSession,
  putSlice,
  type SessionAnswer,
  type Wire,
} from './upload-session.ts';

/** One session on its way. */
interface Upload {
  readonly uri: Secret;
  readonly pace: SlicePace;
  offset: number;
  finalSlice: { left: boolean; doubtful: boolean };
}

/** This often in a row a session may stumble without taking a byte. */
const STUMBLES_IN_A_ROW = 3;

/** What a run of slices that took no byte says about the session. */
interface Standstill {
  readonly stumbles: number;
  /** Each of them was answered: the line is good, and the session is stuck. */
  readonly answered: boolean;
}

const MOVING: Standstill = { stumbles: 0, answered: true };

/** Sends a message by a resumable session; a session that is forgotten in time is replaced once. */
export async function sendMessage(
  wire: Wire,
  job: SendJob,
  context: SendContext,
): Promise<SendOutcome> {
  const first = context.resume ? resumed(context.resume, job) : await begun(wire, job, context);
  if ('kind' in first) return first;
  const ended = await upload(wire, { job, context, session: first });
  if (ended.kind !== 'gone') return orStuck(ended, first, context);
  const second = await begun(wire, job, context);
  if ('kind' in second) return second;
  const endedAgain = await upload(wire, { job, context, session: second });
  return endedAgain.kind === 'gone'
    ? (endOfStuck(context) ?? retry('provider-error'))
    : orStuck(endedAgain, second, context);
}

/** A session that says nothing sensible before the last bytes left is not asked without end. */
function orStuck(
  ended: SendOutcome,
  { finalSlice }: Pick<Upload, 'finalSlice'>,
  context: SendContext,
): SendOutcome {
  const makesNoSense = ended.kind === 'unknown' && ended.reason === 'strange-answer';
  return (makesNoSense && !finalSlice.left && endOfStuck(context)) || ended;
}

/** Opens a session and has it written down before any byte goes there. */
async function begun(
  wire: Wire,
  job: SendJob,
  context: SendContext,
): Promise<Upload | SendOutcome> {
  const opened = await openSession(wire, job, context);
  if (opened.kind !== 'opened') return endOfOpening(opened);
  await context.checkpoint(opened.uri);
  return uploadFrom(opened.uri, { offset: 0, finalSliceLeft: false }, job);
}

function resumed(point: ResumePoint, job: SendJob): Upload | SendOutcome {
  const uri = sessionUri(point.handle.reveal());
  if (uri !== null && point.offset >= 0 && point.offset < job.message.sizeBytes) {
    return uploadFrom(secret(uri), point, job);
  }
  return point.finalSliceLeft
    ? { kind: 'unknown', reason: 'strange-answer' }
    : retry('strange-answer');
}

function uploadFrom(
  uri: Secret,
  from: { readonly offset: number; readonly finalSliceLeft: boolean },
  job: SendJob,
): Upload {
  const left = from.finalSliceLeft;
  const pace = createSlicePace(job.message.sizeBytes);
  return { uri, pace, offset: from.offset, finalSlice: { left, doubtful: left } };
}

interface Parts {
  readonly job: SendJob;
  readonly context: SendContext;
  readonly session: Upload;
}

async function upload(wire: Wire, parts: Parts): Promise<Ended> {
  const { job, context, session } = parts;
  let still = MOVING;
  let furthest = session.offset;
  while (still.stumbles < STUMBLES_IN_A_ROW) {
    if (context.signal.aborted) return stopped(session);
    const { toByte, answer, heardAs } = await sendNextSlice(wire, parts);
    const ended = endOf(answer, session.finalSlice, heardAs);
    if (ended) return ended;
    if (answer.kind !== 'stored') return { kind: 'unknown', reason: 'strange-answer' };
    const { storedBytes } = answer;
    // More than was sent, or everything and still not done: it can't be believed.
    if (storedBytes > toByte || storedBytes === job.message.sizeBytes) {
      return { kind: 'unknown', reason: 'strange-answer' };
    }
    const answered = still.answered && heardAs === 'answer-to-bytes';
    // What it has lost is sent again; getting it back is not getting on.
    still = storedBytes > furthest ? MOVING : { stumbles: still.stumbles + 1, answered };
    furthest = Math.max(furthest, storedBytes);
    session.offset = storedBytes;
    context.progress(storedBytes);
  }
  // A session that takes nothing will go on taking nothing; what it lacks it can't have sent.
  if (still.answered && !session.finalSlice.left) return { kind: 'gone' };
  return { kind: 'unknown', reason: 'provider-error' };
}

/**
 * Sends one slice; where its answer leaves open what became of it, the session is asked at once,
 * unless the server wants to be left alone for a while: then that is for a later attempt.
 */
async function sendNextSlice(
  wire: Wire,
  { job, context, session }: Parts,
): Promise<{
  readonly toByte: number;
  readonly answer: SessionAnswer;
  readonly heardAs: 'answer-to-bytes' | 'status';
}> {
  const { uri, pace, offset } = session;
  const toByte = pace.endOf(offset);
  const bytes = await job.message.read(offset, toByte);
  const isFinal = toByte === job.message.sizeBytes;
  if (isFinal) {
    await context.beforeFinalSlice();
    session.finalSlice.left = true;
  }
  const startedAt = wire.clock.now();
  const sliceBytes = bytes.byteLength;
  const answer = await putSlice(wire, job, { uri, fromByte: offset, bytes, context });
  letGo(bytes);
  if (answer.kind === 'stored' && answer.storedBytes === toByte) {
    pace.took(sliceBytes, wire.clock.now() - startedAt);
  } else {
    pace.stumbled();
  }
  if (!leavesOpen(answer)) return { toByte, answer, heardAs: 'answer-to-bytes' };
  if (isFinal) session.finalSlice.doubtful = true;
  if (answer.kind === 'aborted' || asksToWait(answer)) {
    return { toByte, answer, heardAs: 'answer-to-bytes' };
  }
  const status = await askStatus(wire, job, { uri, context });
  return { toByte, answer: status, heardAs: 'status' };
}

function stopped({ finalSlice }: Upload): SendOutcome {
  return finalSlice.doubtful ? { kind: 'unknown', reason: 'network' } : { kind: 'stopped' };
}
