import type { EpochMs } from '../../platform/platform.ts';
import type {
  ScheduleOutcome,
  ScheduleSettled,
  SendOutcome,
  Settled,
} from '../../providers/providers.ts';
import { isSending, isSettling, type Stamp } from './attempt-steps.ts';
import { handedOver, keptHere, stillThere } from './handed-over-moves.ts';
import { cameBack, certainlyNotSent, moved, sent } from './mail-moves.ts';
import type { MailRecord, StoredState } from '../store/mail-record.ts';

/** The ends of an attempt, as the provider tells them. Pure, as mail-moves.ts says. */

/** An incomplete upload whose session could not be asked this often is begun anew. */
const GIVES_UP_SESSION_AFTER = 5;

/** How an attempt ended. `rejected` gives a draft, whose content has to say why. */
export function afterSend(
  record: MailRecord,
  { attempt, now }: Stamp,
  end: {
    readonly outcome: SendOutcome | ScheduleOutcome;
    readonly delayMs: number;
    /** Of a mail that was handed over, sealed. */
    readonly handle?: Uint8Array<ArrayBuffer> | null;
  },
): MailRecord | null {
  if (!isSending(record, attempt)) return null;
  const { outcome, delayMs } = end;
  const failures = record.failures + 1;
  switch (outcome.kind) {
    case 'sent':
      return sent(record, outcome.receipt, now);
    case 'scheduled':
      return handedOver(record, { now, delayMs: 0 }, end.handle ?? null);
    case 'too-soon':
      return keptHere(record, now);
    case 'rejected':
      return cameBack(record, now);
    case 'unknown': {
      const state = { kind: 'sending', startedAt: startOf(record), settling: true } as const;
      // Asked at once after the first setback, so that a hiccup is not seen, unless time was asked for.
      const atOnce = record.failures === 0 && outcome.retryAfterMs === undefined;
      const dueAt = atOnce ? now : now + delayMs;
      return moved(record, { state, now, dueAt, failures });
    }
    case 'retry': {
      const state = { kind: 'retry', reason: outcome.reason } as const;
      return moved(disproved(record), { state, now, dueAt: now + delayMs, failures });
    }
    case 'stopped':
      return moved(disproved(record), { state: { kind: 'queued' }, now, dueAt: now });
    default:
      return moved(disproved(record), { state: waitingFor(outcome), now, dueAt: null });
  }
}

/** A file of the mail can't be read. Null once its last bytes may have left. */
export function unreadable(record: MailRecord, { attempt, now }: Stamp): MailRecord | null {
  if (!isSending(record, attempt) || !certainlyNotSent(record)) return null;
  return cameBack(record, now);
}

/** What became of an attempt that was asked about. */
export function afterSettle(
  record: MailRecord,
  { attempt, now }: Stamp,
  end: {
    readonly settled: Exclude<Settled | ScheduleSettled, { kind: 'resume' }>;
    readonly delayMs: number;
  },
): MailRecord | null {
  if (!isSettling(record, attempt)) return null;
  const { settled, delayMs } = end;
  const startedAt = startOf(record);
  const failures = record.failures + 1;
  switch (settled.kind) {
    case 'sent':
      return sent(record, settled.receipt, now);
    case 'scheduled':
      return handedOver(record, { now, delayMs }, null);
    case 'withdrawn':
      return cameBack(record, now);
    case 'not-sent': {
      const state = { kind: 'queued' } as const;
      const schedule = record.schedule && { ...record.schedule, confirmed: false };
      return moved(record, { state, now, dueAt: now, earlier: null, failures, schedule });
    }
    case 'ask-again': {
      // Nothing can have come of it, so nothing is lost by beginning anew when no answer comes.
      if (certainlyNotSent(record) && record.failures >= GIVES_UP_SESSION_AFTER) {
        return moved(record, {
          state: { kind: 'retry', reason: settled.reason },
          now,
          dueAt: now + delayMs,
          earlier: null,
          failures,
        });
      }
      const state = { kind: 'sending', startedAt, settling: true } as const;
      return moved(record, { state, now, dueAt: now + delayMs, failures });
    }
    case 'unknowable': {
      const attemptedAt = record.earlier?.finalSliceAt ?? startedAt;
      const state = { kind: 'unconfirmed', attemptedAt } as const;
      return moved(record, { state, now, dueAt: null, earlier: null });
    }
    default:
      // What the provider holds goes without us: nothing waits for the person but the news of it.
      if (record.schedule?.confirmed === true) return stillThere(record, now);
      return moved(record, { state: waitingFor(settled), now, dueAt: null });
  }
}

/** Proof that the last bytes made no message: the session may be gone on with, nothing is in doubt. */
function disproved(record: MailRecord): MailRecord {
  const { earlier } = record;
  if (!earlier?.handle) return { ...record, earlier: null };
  return { ...record, earlier: { ...earlier, finalSliceAt: null } };
}

type NeedsPerson = Extract<
  SendOutcome,
  { kind: 'needs-sign-in' | 'needs-host' | 'missing-right' | 'refused' }
>;

function waitingFor(outcome: NeedsPerson): StoredState {
  switch (outcome.kind) {
    case 'needs-sign-in':
      return { kind: 'waiting-for-sign-in', why: outcome.why };
    case 'needs-host':
      return { kind: 'waiting-for-host', host: outcome.host };
    case 'missing-right':
      return { kind: 'waiting-for-right', rung: outcome.rung };
    case 'refused':
      return { kind: 'refused', code: outcome.code };
  }
}

function startOf({ state, updatedAt }: MailRecord): EpochMs {
  return state.kind === 'sending' ? state.startedAt : updatedAt;
}
