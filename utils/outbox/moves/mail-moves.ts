import type { EpochMs } from '../../platform/platform.ts';
import type { Receipt } from '../../providers/providers.ts';
import type { MailRecord, StoredState } from '../store/mail-record.ts';
import type { Decision } from '../outbox.ts';
import { departing, mayDepart, type Departure } from '../delivery/departure.ts';

/**
 * The states of a mail as pure steps: each takes the record as it is stored now
 * and gives the next one, or null when the step is not allowed from there. Each runs inside the
 * transaction that stores its result, so of two contexts that take the same step one gets null.
 * Here: the steps that the person takes, and what every other step is made of.
 */

/** Where a record goes, beside what the state itself says. */
interface Move extends Partial<MailRecord> {
  readonly state: StoredState;
  readonly now: EpochMs;
  /** When it may move by itself; null when it does not. */
  readonly dueAt: EpochMs | null;
}

/** The record in its next state; `lane` follows from it. */
export function moved(record: MailRecord, { now, ...change }: Move): MailRecord {
  const next = { ...record, ...change, updatedAt: now };
  return { ...next, lane: rests(next.state) ? null : next.accountId };
}

const RESTING_KINDS: readonly StoredState['kind'][] = [
  'draft',
  'paused',
  'unconfirmed',
  'overdue',
  'sent',
];

/** True for a state that only the person ends. */
function rests({ kind }: StoredState): boolean {
  return RESTING_KINDS.includes(kind);
}

/** The states in which a mail waits for something that the person gives: a sign-in, a right, a host. */
export const WAITING_KINDS: readonly StoredState['kind'][] = [
  'waiting-for-sign-in',
  'waiting-for-host',
  'waiting-for-right',
  'refused',
];

/** True when a mail waits for something that the person gives. */
function waits({ kind }: StoredState): boolean {
  return WAITING_KINDS.includes(kind);
}

/** A draft is queued, as large as it was found to be, to go when the person wants it to. */
export function queued(
  record: MailRecord,
  mail: { readonly sizeBytes: number; readonly now: EpochMs; readonly departure: Departure },
): MailRecord | null {
  if (record.state.kind !== 'draft' || record.accountId === null) return null;
  const { sizeBytes, now, departure } = mail;
  return moved(record, {
    ...departing(departure, now),
    now,
    queuedAt: now,
    sizeBytes,
    apart: record.batchId !== null,
    failures: 0,
    revision: record.revision + 1,
  });
}

/** Back to a draft that can be changed and sent anew. */
export function draftAgain(record: MailRecord, now: EpochMs): MailRecord {
  return moved(record, {
    state: { kind: 'draft', returned: false },
    now,
    dueAt: null,
    revision: record.revision + 1,
    earlier: null,
    dateAt: null,
    queuedAt: null,
    freeAt: null,
    schedule: null,
    sizeBytes: 0,
  });
}

/** The same of a mail that will not be taken as it is: the person is needed. */
export function cameBack(record: MailRecord, now: EpochMs): MailRecord {
  return { ...draftAgain(record, now), state: { kind: 'draft', returned: true } };
}

/** The provider has it, or the person says so. */
export function sent(record: MailRecord, receipt: Receipt, now: EpochMs): MailRecord {
  const { acceptedAt: sentAt, messageId, threadId } = receipt;
  return moved(record, {
    state: { kind: 'sent', sentAt, messageId, threadId },
    now,
    dueAt: null,
    schedule: null,
    earlier: null,
  });
}

/** True when no byte that completes a message can have left: then it is safe to take the mail back. */
export function certainlyNotSent(record: MailRecord): boolean {
  return record.earlier === null || record.earlier.finalSliceAt === null;
}

/** True when nobody knows whether it arrived: it is unconfirmed, or has still to be asked about. */
export function mayHaveArrived(record: MailRecord): boolean {
  const { kind } = record.state;
  // What the provider holds for its hour has not arrived, as far as anybody has heard.
  if (kind === 'at-provider' || kind === 'taking-back') return false;
  return kind === 'unconfirmed' || !certainlyNotSent(record);
}

/** Puts a mail that waits, was put off or halted back in the queue, due at once. */
export function dueNow(record: MailRecord, now: EpochMs): MailRecord | null {
  const { state } = record;
  if (state.kind === 'halted') {
    return moved(record, { state: { kind: 'queued' }, now, dueAt: now, freeAt: now });
  }
  if (waits(state) || state.kind === 'retry') {
    return moved(record, { state: { kind: 'queued' }, now, dueAt: now });
  }
  if (state.kind === 'sending' && state.settling) return moved(record, { state, now, dueAt: now });
  return null;
}

/** Waits as others of its account do, without asking for itself: only what would begin anew. */
export function waitingLike(
  record: MailRecord,
  state: StoredState,
  now: EpochMs,
): MailRecord | null {
  if (record.earlier !== null || !mayDepart(record, now)) return null;
  return moved(record, { state, now, dueAt: null });
}

/** What the person does with one mail of a merge makes it theirs. */
function takenOut(record: MailRecord): MailRecord {
  return { ...record, apart: record.batchId !== null };
}

/** Resting states that certainly were not sent. */
const BACK_TO_DRAFT: readonly StoredState['kind'][] = ['overdue', 'paused'];

/**
 * The person takes back what certainly was not sent, also while it is being sent: an attempt writes
 * down that its last bytes leave before they do, and of that and this only one can be stored.
 */
export function takenBack(record: MailRecord, now: EpochMs): MailRecord | null {
  const theirs = rests(record.state) && !BACK_TO_DRAFT.includes(record.state.kind);
  if (theirs || isHandedOver(record) || !certainlyNotSent(record)) return null;
  return takenOut(draftAgain(record, now));
}

/** True while the provider may be taking the mail for its hour: that has to end before it can be taken back. */
function isHandedOver({ state, schedule }: MailRecord): boolean {
  return state.kind === 'sending' && schedule !== null && schedule.by !== 'device';
}

/** The person stops it for now, in the same way. The session of its upload is kept, to go on there. */
export function halted(
  record: MailRecord,
  { now, acknowledgedBytes }: { readonly now: EpochMs; readonly acknowledgedBytes: number },
): MailRecord | null {
  const { kind } = record.state;
  const moves = kind === 'queued' || kind === 'sending' || kind === 'retry';
  if (!moves || isHandedOver(record) || !certainlyNotSent(record)) return null;
  return moved(record, { state: { kind: 'halted', acknowledgedBytes }, now, dueAt: null });
}

/**
 * What the person says of a mail that nobody can know about, or that can't be asked about before
 * the person has done something that they may not want to do. Sent again it keeps Message-ID and
 * Date, so that a recipient's program can tell that two copies are one mail.
 */
export function decided(record: MailRecord, decision: Decision, now: EpochMs): MailRecord | null {
  const { state } = record;
  const undecided = waits(state) && mayHaveArrived(record);
  if (state.kind !== 'unconfirmed' && !undecided) return null;
  switch (decision) {
    case 'arrived': {
      const leftAt = record.earlier?.finalSliceAt ?? record.updatedAt;
      const acceptedAt = state.kind === 'unconfirmed' ? state.attemptedAt : leftAt;
      return sent(record, { messageId: null, threadId: null, acceptedAt }, now);
    }
    case 'send-again':
      return moved(takenOut(record), {
        state: { kind: 'queued' },
        now,
        dueAt: now,
        freeAt: now,
        failures: 0,
        schedule: null,
        earlier: null,
      });
    case 'to-draft':
      return takenOut(draftAgain(record, now));
  }
}

/** There is no account to send it as (any more). */
export function orphaned(record: MailRecord, now: EpochMs): MailRecord | null {
  if (record.dueAt === null) return null;
  return moved(record, {
    state: { kind: 'waiting-for-sign-in', why: 'no_grant' },
    now,
    dueAt: null,
  });
}
