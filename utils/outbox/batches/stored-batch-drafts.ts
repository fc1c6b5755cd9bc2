import type { MailDatabase, WritableTables } from '../store/mail-database.ts';
import { placed } from '../store/mail-groups.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { readBatch, type BatchRecord } from './batch-record.ts';
import type { BatchStore } from './batch-store.ts';
import { mailsIn, wipeMail } from './stored-batch-mails.ts';

/**
 * The drafts that merges were started from. Only the record of such a draft is taken away when it
 * becomes a merge: its sealed content stays under its id, which is the merge's, and is found there
 * exactly as long as no mail of the merge may have left.
 */
export function storedDrafts(
  database: MailDatabase,
): Pick<BatchStore, 'keepsDraft' | 'batchToDraft'> {
  return {
    keepsDraft: (id) => database.read(async (tables) => (await tables.count('contents', id)) > 0),
    batchToDraft: (id, step) =>
      database.write(async (tables) => {
        const batch = readBatch(await tables.batches.get(id));
        if (!batch || (await tables.contents.count(id)) === 0) return false;
        const mails = await mailsIn(tables, id);
        // Nobody knows what one that can't be read has done.
        if (mails.length < (await tables.mails.index('batch').count(id))) return false;
        const draft = step(batch, mails);
        if (!draft) return false;
        await Promise.all(mails.map((mail) => wipeMail(tables, mail.id)));
        await tables.batches.delete(id);
        // Its content and its files lie there under this id already.
        await tables.mails.add(placed(draft));
        return true;
      }),
  };
}

/** A merge that is cancelled, or has no mail left, is not gone back from. */
export async function wipeDraftWhenDone(
  { mails, contents }: WritableTables,
  { id, control }: BatchRecord,
): Promise<void> {
  const isDone = control === 'cancelled' || (await mails.index('batch').count(id)) === 0;
  if (isDone) await contents.delete(id);
}

/**
 * Once the last bytes of a mail may have left, its merge is not gone back from. Written with the
 * step that lets them go, so whoever finds the draft knows that none has left, also of those mails
 * whose receipts are gone.
 */
export async function wipeDraftOnceLeft(
  { contents }: WritableTables,
  { batchId, state, earlier }: MailRecord,
): Promise<void> {
  if (batchId === null) return;
  const hasEnded = state.kind === 'sent' || state.kind === 'unconfirmed';
  const mayHaveLeft = earlier !== null && earlier.finalSliceAt !== null;
  if (hasEnded || mayHaveLeft) await contents.delete(batchId);
}
