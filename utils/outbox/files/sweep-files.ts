import type { EpochMs } from '../../platform/platform.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { FileRecord } from './file-record.ts';
import { openContent } from '../sealed-mail.ts';

/**
 * A file that its draft does not name is kept this long: its window may still be open, unsaved, and
 * name it later.
 */
const UNNAMED_KEPT_MS = 24 * 60 * 60 * 1000;
/** One whose mail is not there is being copied for it, piece after piece. */
const UNMADE_KEPT_MS = 10 * 60 * 1000;

/**
 * Wipes files that nobody will ask for: begun in a window that was closed or broke in the middle,
 * attached in one whose draft was never saved, or copied for a mail that was never made. Files of
 * mails on their way are not touched: queueing keeps exactly those that the mail names.
 */
export async function sweepFiles(deps: Delivery): Promise<void> {
  const { store } = deps;
  const now = deps.clock.now();
  for (const file of await store.filesTouchedBefore(now - UNMADE_KEPT_MS)) {
    // One draft that can't be opened keeps its own files, and not everybody's.
    const wanted = await isWanted(deps, file, now).catch((error: unknown) => {
      deps.log.report('outbox', error);
      return true;
    });
    if (wanted) continue;
    await store.removeFile({ mailId: file.mailId, fileId: file.id });
  }
}

/** @throws VaultError when the draft can't be opened: then nothing of it is wiped */
async function isWanted(
  { store, vault }: Delivery,
  { id, mailId, touchedAt, complete }: FileRecord,
  now: EpochMs,
): Promise<boolean> {
  // A merge has no record of its own: its files go with the last of its mails.
  if ((await store.record(mailId)) === null) return (await store.unsentOfBatch(mailId)) > 0;
  if (touchedAt >= now - UNNAMED_KEPT_MS) return true;
  if (!complete) return false;
  const stored = await store.find(mailId);
  if (!stored?.content) return true;
  const { content } = await openContent(vault, mailId, stored.content);
  return content.attachments.some((file) => file.id === id);
}
