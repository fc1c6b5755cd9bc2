import type { EpochMs } from '../../platform/platform.ts';
import type { CancelOutcome } from '../../providers/providers.ts';
import { draftAgain, moved, sent } from './mail-moves.ts';
import type { MailRecord } from '../store/mail-record.ts';

/** The steps of a mail that the provider sends at its hour. Pure, as mail-moves.ts says. */

/** How long after its hour a mail is looked for: it takes the provider a moment to send it. */
const LOOK_AFTER_MS = 2 * 60 * 1000;
/** A mail that can't be asked about now stays where it is, and is asked about again after this long. */
const ASK_AGAIN_MS = 60 * 60 * 1000;

/** The provider holds it. It is looked for after its hour, or again later when it is still there then. */
export function handedOver(
  record: MailRecord,
  look: { readonly now: EpochMs; readonly delayMs: number },
  handle: Uint8Array<ArrayBuffer> | null,
): MailRecord | null {
  const { earlier, schedule } = record;
  if (earlier === null || schedule === null) return null;
  const { now, delayMs } = look;
  const kept = handle === null ? earlier.handle : handle;
  return moved(record, {
    state: { kind: 'at-provider', notBack: null },
    now,
    dueAt: Math.max(schedule.at + LOOK_AFTER_MS, now + delayMs),
    failures: 0,
    schedule: { ...schedule, confirmed: true },
    earlier: {
      attempt: handle === null ? earlier.attempt : record.attempts,
      handle: kept,
      finalSliceAt: earlier.finalSliceAt ?? now,
    },
  });
}

/** The provider does not take it for that hour, which is proof: this device sends it then. */
export function keptHere(record: MailRecord, now: EpochMs): MailRecord | null {
  const { schedule } = record;
  if (schedule === null) return null;
  return moved(record, {
    state: { kind: 'scheduled' },
    now,
    dueAt: schedule.at,
    schedule: { ...schedule, by: 'device', confirmed: false },
    earlier: null,
    failures: 0,
  });
}

/** It is with the provider and can't be asked about now. */
export function stillThere(record: MailRecord, now: EpochMs): MailRecord | null {
  return handedOver(record, { now, delayMs: ASK_AGAIN_MS }, null);
}

/** The person wants it back: the provider is asked. */
export function takingBack(record: MailRecord, now: EpochMs): MailRecord | null {
  if (record.state.kind !== 'at-provider') return null;
  return moved(record, { state: { kind: 'taking-back' }, now, dueAt: now, failures: 0 });
}

/** What became of the wish to have it back. Null when it moved on meanwhile. */
export function afterCancel(
  record: MailRecord,
  end: { readonly outcome: CancelOutcome; readonly delayMs: number; readonly now: EpochMs },
): MailRecord | null {
  if (record.state.kind !== 'taking-back') return null;
  const { outcome, delayMs, now } = end;
  switch (outcome.kind) {
    case 'cancelled':
      return draftAgain(record, now);
    case 'sent':
      return sent(record, outcome.receipt, now);
    case 'ask-again':
      return moved(record, {
        state: { kind: 'taking-back' },
        now,
        dueAt: now + delayMs,
        failures: record.failures + 1,
      });
    case 'unknowable': {
      const attemptedAt = record.schedule?.at ?? now;
      return moved(record, {
        state: { kind: 'unconfirmed', attemptedAt },
        now,
        dueAt: null,
        earlier: null,
      });
    }
    default: {
      // Too late, or nobody may ask now: the provider goes on as it was told.
      const there = handedOver(record, { now, delayMs: 0 }, null);
      const notBack = outcome.kind === 'too-late' ? 'too-late' : 'no-access';
      return there && { ...there, state: { kind: 'at-provider', notBack } };
    }
  }
}
