import type { EpochMs } from '../../platform/platform.ts';
import type { CancelOutcome, HeldMail, ScheduleOutcome, ScheduleSettled } from '../providers.ts';
import { askAgain } from './call-ending.ts';
import { deliverDraft, handedIn } from './deliver-draft.ts';
import { draftOf, type Draft } from './draft-handle.ts';
import type { Act, Wire } from './graph-call.ts';
import { discard, findDeleted } from './mail-lookup.ts';
import { sentOrNot, settleMessage, unseen } from './settle-message.ts';
import { whereIs } from './whereabouts.ts';

/**
 * Sending at an hour by Exchange: a draft that carries PidTagDeferredSendTime and is handed in stays
 * among the drafts until then. Whether it has been handed in can't be seen from it, so what is in
 * doubt is taken back, which proves that it won't be sent, and done anew.
 */

/** Nearer than this it is sent by hand: writing and filling the draft takes its time. */
const TOO_SOON_MS = 5 * 60 * 1000;
/** So near to its hour nobody could say what came first, it or the wish to take it back. */
const TOO_LATE_MS = 2 * 60 * 1000;
/** What has not left so long after its hour will not. */
const OVERDUE_MS = 2 * 60 * 60 * 1000;

/** Hands a mail over to be sent at an hour. */
export async function scheduleMessage(
  wire: Wire,
  act: Act,
  { sendAt }: { readonly sendAt: EpochMs },
): Promise<ScheduleOutcome> {
  const tooSoon = sendAt - wire.clock.now() < TOO_SOON_MS;
  if (act.context.resume === null && tooSoon) return { kind: 'too-soon' };
  const end = await deliverDraft(wire, act, sendAt);
  return end.kind === 'accepted' ? { kind: 'scheduled', handle: handedIn(end.draft) } : end;
}

/** Looks what became of a mail that was, or may have been, handed over. */
export async function settleSchedule(
  wire: Wire,
  act: Act,
  held: HeldMail,
): Promise<ScheduleSettled> {
  const { earlier } = held;
  const draft = earlier.handle === null ? null : draftOf(earlier.handle);
  if (draft === null) {
    const settled = await settleMessage(wire, act, earlier);
    return settled.kind === 'resume' ? askAgain('strange-answer') : settled;
  }
  const where = await whereIs(wire, act, draft.id);
  switch (where.kind) {
    case 'sent':
      return sentOrNot(wire, draft, where.mail);
    case 'draft':
      return held.confirmed
        ? await stillHeld(wire, act, { held, draft })
        : await takeBackDoubtful(wire, act, { held, draft });
    case 'nowhere':
      return nowhere(wire, held);
    default:
      return unseen(where, earlier.finalSliceAt);
  }
}

/** Takes a mail out of Outlook's hands. */
export async function cancelSchedule(wire: Wire, act: Act, held: HeldMail): Promise<CancelOutcome> {
  const draft = held.earlier.handle === null ? null : draftOf(held.earlier.handle);
  const handedOver = held.confirmed || held.earlier.finalSliceAt !== null;
  if (draft === null) {
    const settled = await settleSchedule(wire, act, held);
    return cancelledBy(settled);
  }
  const where = await whereIs(wire, act, draft.id);
  if (where.kind === 'sent') return sentOrNot(wire, draft, where.mail);
  if (where.kind === 'nowhere') return cancelledBy(nowhere(wire, held));
  if (where.kind !== 'draft') return cancelledBy(unseen(where, held.earlier.finalSliceAt));
  if (handedOver && !isEarly(wire, held, TOO_LATE_MS)) return { kind: 'too-late' };
  const gone = await discard(wire, act, draft.id);
  if (gone.kind === 'said') return { kind: 'cancelled' };
  return gone.kind === 'not-found' ? askAgain('network') : cancelledBy(unseen(gone, 0));
}

function cancelledBy(settled: ScheduleSettled): CancelOutcome {
  switch (settled.kind) {
    case 'not-sent':
    case 'withdrawn':
      return { kind: 'cancelled' };
    case 'scheduled':
      return askAgain('strange-answer');
    default:
      return settled;
  }
}

function isEarly({ clock }: Wire, { sendAt }: HeldMail, byMs: number): boolean {
  return clock.now() < sendAt - byMs;
}

/** It was handed in for certain and waits, unless the person has deleted it there: then it won't go. */
async function stillHeld(
  wire: Wire,
  act: Act,
  { held, draft }: { readonly held: HeldMail; readonly draft: Draft },
): Promise<ScheduleSettled> {
  const deleted = await findDeleted(wire, act);
  if (
    deleted.kind === 'said' &&
    deleted.value.some(({ id, isDraft }) => isDraft && id === draft.id)
  ) {
    return { kind: 'withdrawn' };
  }
  const overdue = !isEarly(wire, held, -OVERDUE_MS);
  return overdue ? { kind: 'unknowable' } : { kind: 'scheduled', handle: handedIn(draft) };
}

/** Perhaps it waits for its hour, perhaps for nothing. Before the hour, taking it back is proof. */
async function takeBackDoubtful(
  wire: Wire,
  act: Act,
  { held, draft }: { readonly held: HeldMail; readonly draft: Draft },
): Promise<ScheduleSettled> {
  const neverHandedIn = held.earlier.finalSliceAt === null;
  if (!neverHandedIn && !isEarly(wire, held, TOO_LATE_MS)) {
    return isEarly(wire, held, -OVERDUE_MS) ? askAgain('provider-error') : { kind: 'unknowable' };
  }
  const gone = await discard(wire, act, draft.id);
  if (gone.kind === 'said') return { kind: 'not-sent' };
  return gone.kind === 'not-found' ? askAgain('network') : unseen(gone, 0);
}

/** Before its hour it can't have left, so somebody took it away. */
function nowhere(wire: Wire, held: HeldMail): ScheduleSettled {
  if (held.earlier.finalSliceAt === null && !held.confirmed) return { kind: 'not-sent' };
  if (isEarly(wire, held, 0)) return { kind: held.confirmed ? 'withdrawn' : 'not-sent' };
  return isEarly(wire, held, -OVERDUE_MS) ? askAgain('provider-error') : { kind: 'unknowable' };
}
