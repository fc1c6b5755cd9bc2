import { endOfSending, unknown, type Unsent } from './call-ending.ts';
import type { Draft } from './draft-handle.ts';
import { askGraph, type Act, type Said, type Wire } from './graph-call.ts';
import { discard, lookAt, pathOf } from './mail-lookup.ts';
import { denialOf, rungToSend, senderOf } from './sender.ts';

/** What handing a draft in came to. `accepted`: from here on Outlook sends it. */
export type Submitted = { readonly kind: 'accepted' } | Unsent;

/**
 * Hands a draft in for sending (https://learn.microsoft.com/graph/api/message-send). A draft is sent
 * once, however often it is handed in, so this may be repeated. For the same reason no refusal
 * counts before the draft is seen to be one still: the browser may have repeated the request by
 * itself, and the refusal be the answer to the second.
 */
export async function submitDraft(wire: Wire, act: Act, draft: Draft): Promise<Submitted> {
  const { job, context } = act;
  const doubtful = context.resume?.finalSliceLeft === true;
  if (context.signal.aborted && !doubtful) return { kind: 'stopped' };
  const sender = senderOf(job);
  const rung = rungToSend(sender);
  const ready = await context.token({ rung });
  // Nothing was asked, so nothing is in doubt.
  if (ready.kind !== 'token' && !doubtful) return endOfSending(ready);
  await context.beforeFinalSlice();
  const said = await askGraph(wire, act, {
    method: 'POST',
    path: `${pathOf(draft.id)}/send`,
    rung,
    denied: denialOf(sender),
    purpose: 'send-mail',
    read: ({ status }) => (status === 202 ? true : null),
  });
  if (said.kind === 'said') return { kind: 'accepted' };
  return await refusedSubmission(wire, act, { draft, said, doubtful });
}

async function refusedSubmission(
  wire: Wire,
  act: Act,
  refused: {
    readonly draft: Draft;
    readonly said: Exclude<Said<true>, { kind: 'said' }>;
    readonly doubtful: boolean;
  },
): Promise<Submitted> {
  const { draft, said, doubtful } = refused;
  const end = said.kind === 'not-found' ? unknown('provider-error') : endOfSending(said);
  if (end.kind === 'unknown') return end;
  if (end.kind === 'stopped') return unknown('network');
  // An earlier request may still be on its way.
  if (doubtful) {
    return unknown('provider-error', end.kind === 'retry' ? end.retryAfterMs : null);
  }
  if (wasCalled(said)) {
    const seen = await lookAt(wire, act, draft.id);
    if (seen.kind !== 'said' || !seen.value.isDraft) {
      return unknown('provider-error', end.kind === 'retry' ? end.retryAfterMs : null);
    }
  }
  if (end.kind === 'rejected') await discard(wire, act, draft.id);
  return end;
}

/** False where no token could be had, or the line was known to be down: then nothing was asked. */
function wasCalled({ kind }: Exclude<Said<true>, { kind: 'said' }>): boolean {
  return kind !== 'unavailable' && kind !== 'needs-host' && kind !== 'needs-sign-in';
}
