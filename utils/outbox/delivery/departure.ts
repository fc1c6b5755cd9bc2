import type { EpochMs } from '../../platform/platform.ts';
import type { MailRecord, Schedule } from '../store/mail-record.ts';

/** When a mail goes that the person has sent, and how late it may go unasked. Pure. */

/** What the person wants of a mail that they send. */
export type Departure =
  | { readonly kind: 'at-once' }
  /** The undo window: it can be taken back before anything is asked of anybody. */
  | { readonly kind: 'after-undo'; readonly undoMs: number }
  | { readonly kind: 'at'; readonly schedule: Schedule };

/** How a mail goes that is sent now: it can be undone for that long, if at all. */
export function goingNow(undoSeconds: number): Departure {
  return undoSeconds > 0 ? { kind: 'after-undo', undoMs: undoSeconds * 1000 } : { kind: 'at-once' };
}

/** The fields of a record that say when the mail goes. */
export function departing(
  departure: Departure,
  now: EpochMs,
): Pick<MailRecord, 'state' | 'dueAt' | 'freeAt' | 'schedule'> {
  switch (departure.kind) {
    case 'at-once':
      return { state: { kind: 'queued' }, dueAt: now, freeAt: now, schedule: null };
    case 'after-undo': {
      const until = now + departure.undoMs;
      const state = { kind: 'held', heldAt: now, until } as const;
      return { state, dueAt: until, freeAt: until, schedule: null };
    }
    case 'at': {
      const { schedule } = departure;
      const { at: freeAt } = schedule;
      // What the provider sends is handed over now.
      return schedule.by === 'provider'
        ? { state: { kind: 'queued' }, dueAt: now, freeAt, schedule }
        : { state: { kind: 'scheduled' }, dueAt: freeAt, freeAt, schedule };
    }
  }
}

/** True when nothing has begun yet and its time has come. What waits for nothing is always ready. */
export function mayDepart({ state, schedule }: MailRecord, now: EpochMs): boolean {
  switch (state.kind) {
    case 'queued':
    case 'retry':
      return true;
    case 'held':
      return now >= state.until;
    case 'scheduled':
      return schedule !== null && now >= schedule.at;
    default:
      return false;
  }
}

/**
 * True when its time has passed by more than the person allows and nothing of it is under way: then
 * they are asked. What waits for the person anyway is not late before they have come.
 */
export function isLate(record: MailRecord, now: EpochMs, toleranceMs: number): boolean {
  const { state, schedule, earlier } = record;
  const waiting = state.kind === 'scheduled' || state.kind === 'queued' || state.kind === 'retry';
  return waiting && schedule !== null && earlier === null && now - schedule.at > toleranceMs;
}
