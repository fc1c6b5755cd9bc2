import type { EpochMs } from '../../platform/platform.ts';
import { unknown, type Unsent } from './call-ending.ts';
import { draftOf, handleOf, type Draft } from './draft-handle.ts';
import { DRAFT_CHANGED, fillDraft } from './fill-draft.ts';
import type { Act, Wire } from './graph-call.ts';
import { makeDraft } from './make-draft.ts';
import { discard } from './mail-lookup.ts';
import { submitDraft } from './submit-draft.ts';

/** How a delivery by draft ended. */
export type DraftEnd = { readonly kind: 'accepted'; readonly draft: Draft } | Unsent;

/** Writes the draft, or goes on with an earlier one; fills it; hands it in. */
export async function deliverDraft(
  wire: Wire,
  act: Act,
  sendAt: EpochMs | null,
): Promise<DraftEnd> {
  const { resume } = act.context;
  if (act.context.signal.aborted && resume?.finalSliceLeft !== true) return { kind: 'stopped' };
  const begun = resume ? draftOf(resume.handle) : await makeDraft(wire, act, sendAt);
  // A handle that can't be read: what it stood for is looked for by the mail's own id.
  if (begun === null) return unknown('strange-answer');
  if (isEnd(begun)) return begun;
  const filled = await fillDraft(wire, act, { draft: begun, resumed: resume !== null });
  if (isEnd(filled)) {
    // What the person changed there is theirs.
    if (filled.kind === 'rejected' && filled.code !== DRAFT_CHANGED) {
      await discard(wire, act, begun.id);
    }
    return filled;
  }
  const submitted = await submitDraft(wire, act, filled);
  return submitted.kind === 'accepted' ? { kind: 'accepted', draft: filled } : submitted;
}

/** The handle of a draft that was handed in. */
export function handedIn(draft: Draft): ReturnType<typeof handleOf> {
  return handleOf({ ...draft, complete: true, upload: null });
}

function isEnd(made: Draft | Unsent): made is Unsent {
  return 'kind' in made;
}
