import type { EpochMs } from '../../platform/platform.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { mayDepart } from '../delivery/departure.ts';
import { moved } from './mail-moves.ts';

/** The steps of an attempt, from its beginning until its end is known. Pure, as mail-moves.ts says. */

/** Which attempt writes, and when. */
export interface Stamp {
  readonly attempt: number;
  readonly now: EpochMs;
}

/** An attempt begins, never before its time. The first one fixes the message's Date. */
export function begun(record: MailRecord, now: EpochMs): MailRecord | null {
  if (record.earlier !== null || !mayDepart(record, now)) return null;
  const attempt = record.attempts + 1;
  return moved(record, {
    state: { kind: 'sending', startedAt: now, settling: false },
    now,
    dueAt: now,
    attempts: attempt,
    dateAt: record.dateAt ?? now,
    earlier: { attempt, handle: null, finalSliceAt: null },
  });
}

/** An attempt whose end is unknown is going to be asked about. */
export function settling(record: MailRecord, now: EpochMs): MailRecord | null {
  const { state } = record;
  if (record.earlier === null || record.dueAt === null) return null;
  const startedAt = state.kind === 'sending' ? state.startedAt : now;
  return moved(record, {
    state: { kind: 'sending', startedAt, settling: true },
    now,
    dueAt: now,
  });
}

/** An interrupted upload goes on: a new attempt in the same session. */
export function resumed(record: MailRecord, { attempt, now }: Stamp): MailRecord | null {
  if (!isSettling(record, attempt)) return null;
  return moved(record, {
    state: { kind: 'sending', startedAt: now, settling: false },
    now,
    dueAt: now,
    attempts: record.attempts + 1,
    failures: record.failures + 1,
  });
}

/** A session was opened. Refused once the last bytes of another may have left. */
export function checkpointed(
  record: MailRecord,
  { attempt, now }: Stamp,
  handle: Uint8Array<ArrayBuffer>,
): MailRecord | null {
  if (!isSending(record, attempt) || record.earlier?.finalSliceAt !== null) return null;
  return { ...record, earlier: { attempt, handle, finalSliceAt: null }, updatedAt: now };
}

/** The last bytes are about to leave. */
export function finalSliceLeft(record: MailRecord, { attempt, now }: Stamp): MailRecord | null {
  if (!isSending(record, attempt) || record.earlier === null) return null;
  return { ...record, earlier: { ...record.earlier, finalSliceAt: now }, updatedAt: now };
}

/** Something of ours broke in the middle: what became of the attempt is asked later. */
export function broken(
  record: MailRecord,
  { attempt, now }: Stamp,
  delayMs: number,
): MailRecord | null {
  if (record.state.kind !== 'sending' || record.attempts !== attempt) return null;
  const state = { ...record.state, settling: true };
  return moved(record, { state, now, dueAt: now + delayMs, failures: record.failures + 1 });
}

/** True while this attempt is under way. */
export function isSending({ state, attempts }: MailRecord, attempt: number): boolean {
  return state.kind === 'sending' && !state.settling && attempts === attempt;
}

/** True while this attempt is asked about. */
export function isSettling({ state, attempts }: MailRecord, attempt: number): boolean {
  return state.kind === 'sending' && state.settling && attempts === attempt;
}
