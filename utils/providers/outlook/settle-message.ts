import type { EpochMs } from '../../platform/platform.ts';
import type { EarlierAttempt, Settled } from '../providers.ts';
import { askAgain, endOfLooking } from './call-ending.ts';
import { draftBytes } from './draft-progress.ts';
import { draftOf, handleOf, type Draft } from './draft-handle.ts';
import type { Act, Wire } from './graph-call.ts';
import { discard, findCopies, type FoundMail } from './mail-lookup.ts';
import { whereIs, type Whereabouts } from './whereabouts.ts';

/** Longer than any call lasts: nothing that was sent can be on its way any more. */
export const NOTHING_UNDER_WAY_MS = 15 * 60 * 1000;
/** A sent copy that is not to be seen by then will not come. */
const COPY_COMES_WITHIN_MS = 2 * 60 * 60 * 1000;
/** From this many setbacks on a draft that is never taken is begun anew. */
const SETBACKS_UNTIL_ANEW = 4;

/**
 * Looks what became of an attempt. A draft that is still one can be handed in again without harm;
 * a mail that went in one request can only be looked for, and not being found proves nothing.
 */
export async function settleMessage(
  wire: Wire,
  act: Act,
  earlier: EarlierAttempt,
): Promise<Settled> {
  const draft = earlier.handle === null ? null : draftOf(earlier.handle);
  if (draft === null) return await settleWithoutDraft(wire, act, earlier);
  const where = await whereIs(wire, act, draft.id);
  switch (where.kind) {
    case 'sent':
      return sentOrNot(wire, draft, where.mail);
    case 'draft':
      return await settleDraft(wire, act, { draft, earlier });
    case 'nowhere':
      return settleNowhere(wire, earlier);
    default:
      return unseen(where, earlier.finalSliceAt);
  }
}

/** What a look that brought nothing means: while nothing was handed in, a lost right stops nobody. */
export function unseen(
  where: Exclude<Whereabouts, { kind: 'draft' | 'sent' | 'nowhere' }>,
  finalSliceAt: EpochMs | null,
): ReturnType<typeof endOfLooking> | { readonly kind: 'not-sent' } {
  if (where.kind === 'missing-right' && finalSliceAt === null) return { kind: 'not-sent' };
  return endOfLooking(where);
}

/** A draft that has left. Before it was whole nobody but the person can have sent it. */
export function sentOrNot(
  wire: Pick<Wire, 'clock'>,
  { complete }: Pick<Draft, 'complete'>,
  mail: FoundMail,
): Extract<Settled, { kind: 'sent' | 'unknowable' }> {
  return complete ? { kind: 'sent', receipt: receiptOf(wire, mail) } : { kind: 'unknowable' };
}

/** What Outlook says of a mail that has left. */
function receiptOf(
  { clock }: Pick<Wire, 'clock'>,
  { id, conversationId }: FoundMail,
): Extract<Settled, { kind: 'sent' }>['receipt'] {
  return { messageId: id, threadId: conversationId, acceptedAt: clock.now() };
}

async function settleDraft(
  wire: Wire,
  act: Act,
  { draft, earlier }: { readonly draft: Draft; readonly earlier: EarlierAttempt },
): Promise<Settled> {
  const { finalSliceAt, setbacks } = earlier;
  if (finalSliceAt === null || setbacks < SETBACKS_UNTIL_ANEW) {
    return { kind: 'resume', handle: handleOf(draft), offset: draftBytes(act.job, draft, 0) };
  }
  // Refused again and again: once nothing can be under way any more, it is taken back, which proves
  // that it was not sent, and the next attempt hears the refusal itself.
  if (wire.clock.now() - finalSliceAt < NOTHING_UNDER_WAY_MS) return askAgain('provider-error');
  const gone = await discard(wire, act, draft.id);
  return gone.kind === 'said' ? { kind: 'not-sent' } : askAgain('provider-error');
}

function settleNowhere({ clock }: Wire, { finalSliceAt }: EarlierAttempt): Settled {
  if (finalSliceAt === null) return { kind: 'not-sent' };
  return clock.now() - finalSliceAt < COPY_COMES_WITHIN_MS
    ? askAgain('provider-error')
    : { kind: 'unknowable' };
}

/**
 * No draft is known: it went in one request, or the worker ended before the draft's id was written
 * down. With the right to look, leftovers are removed, and a mail that was sent may be found.
 */
async function settleWithoutDraft(
  wire: Wire,
  act: Act,
  { finalSliceAt }: EarlierAttempt,
): Promise<Settled> {
  const otherwise = { kind: finalSliceAt === null ? 'not-sent' : 'unknowable' } as const;
  if (!act.job.account.grantedRungs.includes('drafts')) return otherwise;
  const copies = await findCopies(wire, act);
  if (copies.kind === 'not-found') return otherwise;
  if (copies.kind !== 'said') {
    const end = unseen(copies, finalSliceAt);
    return end.kind === 'missing-right' ? otherwise : end;
  }
  const sent = copies.value.find(({ isDraft }) => !isDraft);
  if (finalSliceAt !== null) {
    return sent ? { kind: 'sent', receipt: receiptOf(wire, sent) } : otherwise;
  }
  for (const { id, isDraft } of copies.value) {
    if (isDraft) await discard(wire, act, id);
  }
  return otherwise;
}
