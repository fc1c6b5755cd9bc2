import {
  limitsFor,
  type ResumePoint,
  type ScheduleOutcome,
  type SendOutcome,
} from '../../providers/providers.ts';
import { afterSend, unreadable } from '../moves/attempt-ends.ts';
import { begun, broken, resumed, type Stamp } from '../moves/attempt-steps.ts';
import type { Delivery } from './delivery.ts';
import { sendOrHandOver } from './hand-over.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { noteEnd } from './note-end.ts';
import { OutboxError } from '../outbox-error.ts';
import type { ReadyMail } from './ready-mail.ts';
import { accountWaitMs, inDoubt, retryDelayMs, type Setback } from './retry-schedule.ts';
import { sealContent, sealHandle } from '../sealed-mail.ts';
import { sendContext } from './send-context.ts';

/** An attempt that something of ours broke is asked about after this long, after twice as long the next time … */
const BROKEN_MS = 60 * 1000;
/** … and so on, so many times. */
const BROKEN_DOUBLINGS = 6;

/** Makes one attempt, written down before it begins; `resume` goes on in an interrupted session. */
export async function attemptMail(
  deps: Delivery,
  mail: ReadyMail,
  resume: ResumePoint | null,
): Promise<void> {
  const { id, attempts } = mail.record;
  const now = deps.clock.now();
  const { sendsPerMinute } = limitsFor(mail.provider.declaration, mail.account.grantedRungs);
  const record = await deps.store.change(id, (current) => {
    if (resume) {
      const next = resumed(current, { attempt: attempts, now });
      return next && { record: next };
    }
    const next = begun(current, now);
    return next && { record: next, starts: { now, sendsPerMinute } };
  });
  // Null: the person took it back, another context was quicker, or the account's pace has no room.
  if (record === null || record.dateAt === null) return;
  deps.onChange();
  const context = sendContext(deps, { mail, attempt: record.attempts, resume });
  try {
    const job = mail.jobAt(record.dateAt);
    const outcome = await sendOrHandOver({ ...mail, record }, job, context);
    await conclude(deps, { mail, record, outcome });
  } catch (error) {
    // The person paused it or took it back, and then nothing more of it is to be done here.
    if (error instanceof OutboxError && error.code === 'superseded') return;
    const stamp = { attempt: record.attempts, now: deps.clock.now() };
    if (isLostFile(error) && (await comesBack(deps, mail, stamp))) return;
    await askLater(deps, record, error);
  } finally {
    deps.inFlight.end(id, context.signal);
  }
}

/**
 * Something of ours broke, and nobody knows what became of the attempt. The record says that it is
 * being sent, so it will be settled. @throws the error when that can't be stored
 */
export async function askLater(
  deps: Delivery,
  { id, attempts: attempt, failures }: MailRecord,
  error: unknown,
): Promise<void> {
  const stamp = { attempt, now: deps.clock.now() };
  const delayMs = BROKEN_MS * 2 ** Math.min(failures, BROKEN_DOUBLINGS);
  const stored = await deps.store.change(id, (current) => {
    const next = broken(current, stamp, delayMs);
    return next && { record: next };
  });
  if (stored === null) throw error;
  deps.log.report('outbox', error);
}

function isLostFile(error: unknown): boolean {
  return error instanceof OutboxError && error.code === 'no-bytes';
}

/** A file that can't be read never will be. As long as the last bytes did not leave, the mail is a draft again. */
async function comesBack(deps: Delivery, mail: ReadyMail, stamp: Stamp): Promise<boolean> {
  const rejection = { code: 'attachment-lost', detail: '' };
  const { id } = mail.record;
  const content = await sealContent(deps.vault, id, { ...mail.content, rejection, fixed: null });
  const record = await deps.store.change(id, (current) => {
    const next = unreadable(current, stamp);
    return next && { record: next, content };
  });
  return record !== null;
}

interface End {
  readonly mail: ReadyMail;
  readonly record: MailRecord;
  readonly outcome: SendOutcome | ScheduleOutcome;
}

async function conclude(deps: Delivery, end: End): Promise<void> {
  const { mail, record, outcome } = end;
  const stamp: Stamp = { attempt: record.attempts, now: deps.clock.now() };
  const setback = setbackIn(outcome, record);
  const delayMs = setback === null ? 0 : retryDelayMs(setback, deps.random.fraction());
  const holdMs = setback === null ? null : accountWaitMs(setback, delayMs);
  const content = await contentAfter(deps, end);
  const handle = await handleAfter(deps, end);
  const stored = await deps.store.change(record.id, (current) => {
    const next = afterSend(current, stamp, { outcome, delayMs, handle });
    if (next === null) return null;
    return {
      record: next,
      ...(content === undefined ? {} : { content }),
      ...(holdMs === null ? {} : { holdUntil: stamp.now + holdMs }),
    };
  });
  if (stored !== null) await noteEnd(deps, mail, outcome);
}

/** The way to a mail that was handed over, sealed; null for the others. */
async function handleAfter(
  deps: Delivery,
  { record, outcome }: End,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (outcome.kind !== 'scheduled') return null;
  return sealHandle(deps.vault, { mailId: record.id, attempt: record.attempts }, outcome.handle);
}

/** The content to store with the end: none after it was sent, with the reason when it comes back. */
async function contentAfter(
  deps: Delivery,
  { mail, record, outcome }: End,
): Promise<Uint8Array<ArrayBuffer> | null | undefined> {
  if (outcome.kind === 'sent') return null;
  if (outcome.kind !== 'rejected') return undefined;
  const { code, detail } = outcome;
  const rejection = { code, detail };
  return sealContent(deps.vault, record.id, { ...mail.content, rejection, fixed: null });
}

function setbackIn(outcome: End['outcome'], { failures }: MailRecord): Setback | null {
  if (outcome.kind === 'retry') {
    const { reason, retryAfterMs } = outcome;
    return { failures: failures + 1, reason, retryAfterMs };
  }
  if (outcome.kind !== 'unknown') return null;
  const { reason, retryAfterMs = null } = outcome;
  return inDoubt({ failures: failures + 1, reason, retryAfterMs });
}
