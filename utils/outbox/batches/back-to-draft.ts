import type { QueueParts } from '../delivery/alarm-first.ts';
import { clearLeftovers } from '../delivery/leftovers.ts';
import { openContent } from '../sealed-mail.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { draftOfBatch } from './batch-moves.ts';
import type { Merges } from './merges.ts';

/** The way from a merge of which nothing has left back to its draft, and what then stands in its page again. */
export function createWayBack(
  { deps }: QueueParts,
  wake: () => void,
): Pick<Merges, 'backToDraft' | 'planOf'> {
  const { store, vault, clock, onChange } = deps;
  return {
    async backToDraft(id) {
      let wiped: readonly MailRecord[] = [];
      // The draft's sealed content was never taken away, so nothing has to be opened for it.
      const done = await store.batchToDraft(id, (batch, mails) => {
        wiped = mails;
        return draftOfBatch(batch, mails, clock.now());
      });
      onChange();
      wake();
      if (done) void clearLeftovers(deps, wiped);
      return done;
    },
    async planOf(draftId) {
      const stored = await store.find(draftId);
      if (stored?.record.state.kind !== 'draft' || !stored.content) return '';
      return (await openContent(vault, draftId, stored.content)).mergePlan;
    },
  };
}
