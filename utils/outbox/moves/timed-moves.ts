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
 * The clock went back to before the mail was held. It is held for the whole window again, from now:
 * without this it would be held for as long as the clock went back.
 */
export function heldAnew(record: MailRecord, now: EpochMs): MailRecord | null {
  const { state } = record;
  if (state.kind !== 'held' || now >= state.heldAt) return null;
  const undoMs = state.until - state.heldAt;
  return moved(record, { ...departing({ kind: 'after-undo', undoMs }, now), now });
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

/** The person wants it sent now, whatever it waited for and however late it is. */
export function sentNow(record: MailRecord, now: EpochMs): MailRecord | null {
  const { kind } = record.state;
  if (kind === 'held' || kind === 'scheduled' || kind === 'overdue') {
    return moved(record, { ...departing({ kind: 'at-once' }, now), now });
  }
  const next = dueNow(record, now);
  return next && { ...next, schedule: null };
}
