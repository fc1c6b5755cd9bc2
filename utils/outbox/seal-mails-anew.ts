import { leftBehind, sameBytes, type SealAnew } from '../vault/vault.ts';
import type { MailStore } from './store/mail-store.ts';
import { contentLabel, handleLabel } from './sealed-mail.ts';

/**
 * After a change of the data key: content and resume handle of each mail are sealed anew, and
 * replaced only where they are still what was read; see `SealedHolder` of the vault.
 */
export async function sealMailsAnew(store: MailStore, anew: SealAnew): Promise<number> {
  let left = 0;
  for (const id of await store.ids()) {
    left += await tried(() => sealContentAnew(store, anew, id));
    left += await tried(() => sealHandleAnew(store, anew, id));
  }
  return left;
}

async function tried(work: () => Promise<0 | 1>): Promise<0 | 1> {
  try {
    return await work();
  } catch (error) {
    return leftBehind(error);
  }
}

async function sealContentAnew(store: MailStore, anew: SealAnew, id: string): Promise<0> {
  const before = await store.sealedContent(id);
  const after = before && (await anew(contentLabel(id), before));
  if (before && after) await store.exchangeContent(id, before, after);
  return 0;
}

/** 1 for a record that can't be read: nobody knows what it holds, so the key of before is kept for it. */
async function sealHandleAnew(store: MailStore, anew: SealAnew, id: string): Promise<0 | 1> {
  const found = await store.record(id);
  if (found === null) return 0;
  if (!found.readable) return 1;
  const { earlier } = found.record;
  if (!earlier?.handle) return 0;
  const before = earlier.handle;
  const after = await anew(handleLabel(id, earlier.attempt), before);
  if (after === null) return 0;
  await store.change(id, (current) => {
    if (!current.earlier?.handle || !sameBytes(current.earlier.handle, before)) return null;
    return { record: { ...current, earlier: { ...current.earlier, handle: after } } };
  });
  return 0;
}
