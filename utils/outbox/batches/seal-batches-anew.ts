import { leftBehind, type SealAnew } from '../../vault/vault.ts';
import { batchLabel } from './batch-record.ts';
import type { BatchStore } from './batch-store.ts';

/** After a change of the data key: who each merge went to is sealed anew; see `SealedHolder` of the vault. */
export async function sealBatchesAnew(store: BatchStore, anew: SealAnew): Promise<number> {
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
  }
  return left;
}
