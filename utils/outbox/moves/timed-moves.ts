import type { EpochMs } from '../../platform/platform.ts';
import { departing, isLate } from '../delivery/departure.ts';
import { dueNow, moved } from './mail-moves.ts';
import type { MailRecord, Schedule } from '../store/mail-record.ts';

/** The steps of a mail that has a time to go. Pure, as mail-moves.ts says. */

/** Its time has passed: it waits for the person, who says whether it still goes. */
export function askedAbout(
  record: MailRecord,
  now: EpochMs,
  toleranceMs: number,
): MailRecord | null {
  if (!isLate(record, now, toleranceMs)) return null;
  return moved(record, { state: { kind: 'overdue' }, now, dueAt: null });
}

/**
 * The clock went back to before this was stored: what it had still to wait, an undo window as a whole,
 * it waits from now. Without this it would wait for as long as the clock went back. An hour that the
 * person chose stays that hour. Null when nothing is to be changed.
 */
export function waitingFromNow(record: MailRecord, now: EpochMs): MailRecord | null {
  const { state, dueAt, freeAt, schedule, earlier } = record;
  const backMs = record.updatedAt - now;
  if (backMs <= 0) return null;
  if (dueAt === null || state.kind === 'scheduled' || state.kind === 'at-provider') {
    // Nothing but the time at which it was stored, or the clock would be found set back at each run.
    return { ...record, updatedAt: now };
  }
  if (state.kind === 'held') {
    const undoMs = state.until - state.heldAt;
    return moved(record, { ...departing({ kind: 'after-undo', undoMs }, now), now });
  }
  const notBefore = schedule?.by === 'device' && earlier === null ? schedule.at : now;
  const leftAt = earlier?.finalSliceAt ?? null;
  return moved(record, {
    state,
    now,
    dueAt: Math.max(notBefore, dueAt - backMs),
    freeAt: freeAt === null ? null : freeAt - backMs,
    earlier: earlier && {
      ...earlier,
      finalSliceAt: leftAt === null ? null : Math.min(leftAt, now),
    },
  });
}

/** The person wants it sent at another time. */
export function rescheduled(
  record: MailRecord,
  schedule: Schedule,
  now: EpochMs,
): MailRecord | null {
  const { kind } = record.state;
  const timed = kind === 'held' || kind === 'scheduled' || kind === 'overdue';
  if (!timed || schedule.at <= now) return null;
  return moved(record, { ...departing({ kind: 'at', schedule }, now), now });
}

/**
 * The person wants it sent now, whatever it waited for and however late it is. What is tried again
 * before its hour keeps that: it is handed over now, to go then. So does what may be handed over
 * already: it can only be asked about as that.
 */
export function sentNow(record: MailRecord, now: EpochMs): MailRecord | null {
  const { kind } = record.state;
  if (kind === 'held' || kind === 'scheduled' || kind === 'overdue') {
    return moved(record, { ...departing({ kind: 'at-once' }, now), now });
  }
  const next = dueNow(record, now);
  if (next === null) return null;
  const { schedule, earlier } = next;
  const keeps = schedule?.by === 'provider' && (schedule.at > now || earlier !== null);
  return keeps ? next : { ...next, schedule: null };
}
