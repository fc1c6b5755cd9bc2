import type { Delivery } from '../delivery/delivery.ts';
import type { FileRecord } from './file-record.ts';
import { openContent } from '../sealed-mail.ts';

/**
 * A file that its draft does not name is kept this long: its window may still be open, unsaved, and
 * name it later.
 */
const UNNAMED_KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Wipes files that nobody will ask for: begun in a window that was closed or broke in the middle,
 * or attached in one whose draft was never saved. Files of mails on their way are not touched:
 * queueing keeps exactly those that the mail names.
 */
export async function sweepFiles(deps: Delivery): Promise<void> {
  const { store } = deps;
  for (const file of await store.filesTouchedBefore(deps.clock.now() - UNNAMED_KEPT_MS)) {
    const isNamed = file.complete && (await names(deps, file));
    if (!isNamed) await store.removeFile({ mailId: file.mailId, fileId: file.id });
  }
}

/** @throws VaultError when the draft can't be opened: then nothing of it is wiped */
async function names(deps: Delivery, { id, mailId }: FileRecord): Promise<boolean> {
  const stored = await deps.store.find(mailId);
  // Begun for a mail that was never made, unless it is a merge's.
  if (!stored) return (await deps.store.record(mailId)) !== null || (await isOfMerge(deps, mailId));
  if (!stored.content) return true;
  const { content } = await openContent(deps.vault, mailId, stored.content);
  return content.attachments.some((file) => file.id === id);
}

/** Its files go with the last of its mails. */
async function isOfMerge({ store }: Delivery, id: string): Promise<boolean> {
  return (await store.mailsOfBatch(id)).length > 0;
}
