import type { EpochMs } from '../../platform/platform.ts';
import { certainlyNotSent, decided, moved } from '../moves/mail-moves.ts';
import { draftRecord, type MailRecord } from '../store/mail-record.ts';
import type { BatchRecord } from './batch-record.ts';
import type { BatchChange, BatchStep } from './batch-store.ts';

/**
 * What a person does to all mails of a merge at once. Pure; each runs inside the transaction that
 * stores what it gives. A mail whose bytes are on their way is left to come to its end, and one
 * that the person has taken out of the merge is theirs.
 */

/** True when nothing of it is under way and nothing of it can have arrived. */
function isIdle(record: MailRecord): boolean {
  const { kind } = record.state;
  return !record.apart && (kind === 'queued' || kind === 'retry') && certainlyNotSent(record);
}

/** A mail of a merge that waits its turn waits for the person instead. */
export function paused(record: MailRecord, now: EpochMs): MailRecord | null {
  if (!isIdle(record)) return null;
  const state = { kind: 'paused', plannedAt: record.dueAt ?? now } as const;
  return moved(record, { state, now, dueAt: null });
}

/** Holds back every mail that has not begun. */
export function pausing(now: EpochMs): BatchStep {
  return (batch, mails) => {
    if (batch.control !== 'running') return null;
    return changeOf({ ...batch, control: 'paused', updatedAt: now }, mails, (mail) =>
      paused(mail, now),
    );
  };
}

/**
 * Goes on. `delayOf` says how long after now the nth of the remaining mails is due, so that a
 * merge which rested for days does not send them all on one.
 */
export function resuming(now: EpochMs, delayOf: (nth: number) => number): BatchStep {
  return (batch, mails) => {
    if (batch.control !== 'paused') return null;
    const planned = mails
      .flatMap((mail) => (mail.state.kind === 'paused' ? [{ mail, at: mail.state.plannedAt }] : []))
      .sort((a, b) => a.at - b.at || (a.mail.id < b.mail.id ? -1 : 1));
    const turn = new Map(planned.map(({ mail }, nth) => [mail.id, nth]));
    return changeOf({ ...batch, control: 'running', updatedAt: now }, mails, (mail) => {
      const nth = turn.get(mail.id);
      if (nth === undefined) return null;
      const freeAt = now + delayOf(nth);
      return moved(mail, { state: { kind: 'queued' }, now, dueAt: freeAt, freeAt });
    });
  };
}

/** A mail of a merge that could go again is a draft only because it was refused, unless the person took it out. */
export function isRejected({ state, apart, dropped }: MailRecord): boolean {
  return state.kind === 'draft' && !apart && !dropped;
}

/** True for a mail of a cancelled merge that can be wiped: it certainly was not sent. */
export function canBeCancelled(record: MailRecord): boolean {
  const { state } = record;
  if (record.apart || !certainlyNotSent(record)) return false;
  switch (state.kind) {
    case 'draft':
    case 'sent':
    case 'unconfirmed':
      return false;
    case 'sending':
      return state.settling;
    default:
      return true;
  }
}

/** Wipes every mail that certainly was not sent. What was refused stays, to be looked at. */
export function cancelling(now: EpochMs): BatchStep {
  return (batch, mails) => {
    const wiped = mails.filter(canBeCancelled).map(({ id }) => [id, null] as const);
    return {
      batch: { ...batch, control: 'cancelled', updatedAt: now },
      mails: new Map(wiped),
    };
  };
}

/**
 * The draft that the merge was started from, to be written anew. Null once any of its mails is under
 * way, has come to an end, or was taken out: that one may need the files that are the draft's again.
 */
export function draftOfBatch(
  batch: BatchRecord,
  mails: readonly MailRecord[],
  now: EpochMs,
): MailRecord | null {
  const isWhole = mails.length > 0 && mails.every(canBeCancelled);
  if (batch.control === 'cancelled' || !isWhole) return null;
  // A window that still has the draft of before open must not take this one for it.
  return { ...draftRecord(batch.id, batch.accountId, now), revision: batch.draftRevision + 1 };
}

/**
 * Wipes these mails of a merge, as far as they certainly were not sent: what was refused could go again.
 * What is under way, or may have arrived, is not sent once more.
 */
export function dropping(ids: ReadonlySet<string>, now: EpochMs): BatchStep {
  return (batch, mails) => {
    const dropped = mails.filter(
      ({ id, apart, state }) => ids.has(id) && !apart && state.kind !== 'sent',
    );
    if (dropped.length === 0) return null;
    return {
      batch: { ...batch, updatedAt: now },
      mails: new Map(
        dropped.map((mail) => [
          mail.id,
          canBeCancelled(mail) || isRejected(mail) ? null : { ...mail, dropped: true },
        ]),
      ),
    };
  };
}

/**
 * A merge in which mails are to go (again), with these. Where it is paused they wait with the others:
 * running, it had no way for those to go on.
 */
export function goingAgain(
  batch: BatchRecord,
  again: readonly MailRecord[],
  now: EpochMs,
): BatchChange {
  const isPaused = batch.control === 'paused';
  const mails = again.map((mail) => {
    const mine = { ...mail, apart: false };
    return [mail.id, (isPaused && paused(mine, now)) || mine] as const;
  });
  const control = isPaused ? 'paused' : 'running';
  return { batch: { ...batch, control, updatedAt: now }, mails: new Map(mails) };
}

/** What the person says of all unconfirmed mails. Sent again they keep Message-ID and Date. */
export function decidingAll(decision: 'arrived' | 'send-again', now: EpochMs): BatchStep {
  return (batch, mails) => {
    const steps = mails
      .filter(({ state, apart }) => !apart && state.kind === 'unconfirmed')
      .filter(({ dropped }) => decision === 'arrived' || !dropped)
      .flatMap((mail) => decided(mail, decision, now) ?? []);
    if (steps.length === 0) return null;
    if (decision === 'send-again') return goingAgain(batch, steps, now);
    return {
      batch: { ...batch, updatedAt: now },
      mails: new Map(steps.map((mail) => [mail.id, mail])),
      contents: new Map(steps.map(({ id }) => [id, null])),
    };
  };
}

/** True when every mail has come to its end: only then the result can be dismissed. */
export function isOver(mails: readonly MailRecord[]): boolean {
  return mails.every(
    ({ state, apart }) => apart || state.kind === 'sent' || state.kind === 'draft',
  );
}

function changeOf(
  batch: BatchRecord,
  mails: readonly MailRecord[],
  step: (mail: MailRecord) => MailRecord | null,
): BatchChange {
  const changed = new Map<string, MailRecord>();
  for (const mail of mails) {
    const next = step(mail);
    if (next) changed.set(mail.id, next);
  }
  return { batch, mails: changed };
}
