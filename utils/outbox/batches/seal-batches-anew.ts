import { leftBehind, type SealAnew } from '../../vault/vault.ts';
import { batchLabel } from './batch-record.ts';
import type { MailStore } from '../store/mail-store.ts';
import { contentLabel } from '../sealed-mail.ts';

/** After a change of the data key: who each merge went to, and the draft of one that has not left, are sealed anew; see `SealedHolder` of the vault. */
export async function sealBatchesAnew(store: MailStore, anew: SealAnew): Promise<number> {
  const batches = await store.batches();
  // Nobody knows what one that can't be read holds, so the key of before is kept for it.
  let left = (await store.countBatches()) - batches.length;
  for (const { id, sealed } of batches) {
    try {
      const after = await anew(batchLabel(id), sealed);
      if (after !== null) await store.exchangeBatch(id, sealed, after);
    } catch (error) {
      left += leftBehind(error);
    }
    try {
      const draft = await store.sealedContent(id);
      const after = draft && (await anew(contentLabel(id), draft));
      if (draft && after) await store.exchangeContent(id, draft, after);
    } catch (error) {
      left += leftBehind(error);
    }
  }
  return left;
}
