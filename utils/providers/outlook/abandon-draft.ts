import type { AbandonOutcome, ResumeHandle } from '../providers.ts';
import { draftOf } from './draft-handle.ts';
import type { Caller, Wire } from './graph-call.ts';
import { discard, lookAt } from './mail-lookup.ts';

/**
 * Removes the draft of a mail that was taken back. It is looked at first: what is no draft any more
 * was sent, by whomever, and stays.
 */
export async function abandonDraft(
  wire: Wire,
  caller: Caller,
  handle: ResumeHandle,
): Promise<AbandonOutcome> {
  const draft = draftOf(handle);
  if (draft === null) return { kind: 'nothing-there' };
  const seen = await lookAt(wire, caller, draft.id);
  if (seen.kind === 'not-found') return { kind: 'nothing-there' };
  if (seen.kind !== 'said') return { kind: 'not-heard' };
  if (!seen.value.isDraft) return { kind: 'sent' };
  const gone = await discard(wire, caller, draft.id);
  if (gone.kind === 'said') return { kind: 'removed' };
  return { kind: gone.kind === 'not-found' ? 'nothing-there' : 'not-heard' };
}
