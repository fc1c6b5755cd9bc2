import type { SendContext, SendOutcome } from '../providers.ts';
import { deliverDraft } from './deliver-draft.ts';
import type { Act, Wire } from './graph-call.ts';
import { sendWhole } from './send-whole.ts';

/**
 * Sends a mail: by a draft where that right is there, since a draft is sent once whatever happens
 * on the way; else in one request.
 */
export async function sendMessage(wire: Wire, act: Act): Promise<SendOutcome> {
  const { job, context } = act;
  if (context.resume === null && !job.account.grantedRungs.includes('drafts')) {
    return await sendWhole(wire, act);
  }
  let written = context.resume !== null;
  const checkpoint: SendContext['checkpoint'] = (handle) => {
    written = true;
    return context.checkpoint(handle);
  };
  const end = await deliverDraft(wire, { job, context: { ...context, checkpoint } }, null);
  // The right was taken back meanwhile and there is another way; but a draft that was written down
  // may be handed in yet, once the right is back, and both would arrive.
  if (end.kind === 'missing-right' && end.rung === 'drafts' && !written) {
    return await sendWhole(wire, act);
  }
  if (end.kind !== 'accepted') return end;
  context.progress(job.message.sizeBytes);
  const { id, conversationId } = end.draft;
  const acceptedAt = wire.clock.now();
  return { kind: 'sent', receipt: { messageId: id, threadId: conversationId, acceptedAt } };
}
