import type { ScheduleSettled, Settled } from '../../providers/providers.ts';
import { afterSettle } from '../moves/attempt-ends.ts';
import { askLater, attemptMail } from './attempt-mail.ts';
import { settling } from '../moves/attempt-steps.ts';
import type { Delivery } from './delivery.ts';
import { settleEither } from './hand-over.ts';
import { handleOf } from './handle-of.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { noteEnd } from './note-end.ts';
import type { ReadyMail } from './ready-mail.ts';
import { accountWaitMs, inDoubt, retryDelayMs, type Setback } from './retry-schedule.ts';
import { sendContext } from './send-context.ts';

/** Asks what became of an interrupted attempt, and goes on from what is answered. */
export async function settleMail(deps: Delivery, mail: ReadyMail): Promise<void> {
  const { id } = mail.record;
  const now = deps.clock.now();
  const record = await deps.store.change(id, (current) => {
    const next = settling(current, now);
    return next && { record: next };
  });
  if (!record?.earlier || record.dateAt === null) return;
  deps.onChange();
  const handle = await handleOf(deps, record);
  const { finalSliceAt } = record.earlier;
  const context = sendContext(deps, { mail, attempt: record.attempts, resume: null });
  const job = mail.jobAt(record.dateAt);
  try {
    const earlier = { handle, finalSliceAt, setbacks: record.failures };
    const settled = await settleEither({ ...mail, record }, { job, earlier }, context);
    if (settled.kind !== 'resume') {
      await conclude(deps, { mail, record, settled });
      return;
    }
    const finalSliceLeft = finalSliceAt !== null;
    const resume = { handle: settled.handle, offset: settled.offset, finalSliceLeft };
    await attemptMail(deps, { ...mail, record }, resume);
  } catch (error) {
    await askLater(deps, record, error);
  } finally {
    deps.inFlight.end(id, context.signal);
  }
}

async function conclude(
  deps: Delivery,
  end: {
    readonly mail: ReadyMail;
    readonly record: MailRecord;
    readonly settled: Exclude<Settled | ScheduleSettled, { kind: 'resume' }>;
  },
): Promise<void> {
  const { mail, record, settled } = end;
  const stamp = { attempt: record.attempts, now: deps.clock.now() };
  const setback = setbackIn(settled, record);
  const delayMs = retryDelayMs(setback, deps.random.fraction());
  const holdMs = accountWaitMs(setback, delayMs);
  const stored = await deps.store.change(record.id, (current) => {
    const next = afterSettle(current, stamp, { settled, delayMs });
    if (next === null) return null;
    return {
      record: next,
      ...(settled.kind === 'sent' ? { content: null } : {}),
      ...(holdMs === null ? {} : { holdUntil: stamp.now + holdMs }),
    };
  });
  if (stored !== null) await noteEnd(deps, mail, settled);
}

function setbackIn(
  settled: Exclude<Settled | ScheduleSettled, { kind: 'resume' }>,
  { failures }: MailRecord,
): Setback {
  const { reason, retryAfterMs } =
    settled.kind === 'ask-again' ? settled : ({ reason: 'network', retryAfterMs: null } as const);
  return inDoubt({ failures: failures + 1, reason, retryAfterMs });
}
