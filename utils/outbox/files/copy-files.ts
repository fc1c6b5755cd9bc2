import type { AttachmentReference } from '../../mail/mail.ts';
import { letGo } from '../../platform/platform.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { OutboxError } from '../outbox-error.ts';
import { newFile } from './file-record.ts';
import { PIECE_BYTES, pieceCount, pieceSizeBytes, sealPiece } from './piece-format.ts';
import { createSealedFile } from './sealed-file.ts';

type Files = readonly AttachmentReference[];

/**
 * Copies files to another draft, or to a mail that is not there yet, piece by piece, since each is
 * sealed for the mail that it belongs to. Gives all of them as that mail names them. What a worker
 * that ends here leaves, nobody names, and it is swept.
 * @throws OutboxError `no-bytes` when not every byte is there, or the draft is not; nothing is left then
 */
export async function copyFiles(
  deps: Delivery,
  files: Files,
  { ownerOf, to }: { readonly ownerOf: (file: AttachmentReference) => string; readonly to: string },
): Promise<Files> {
  const copies: AttachmentReference[] = [];
  try {
    for (const file of files) {
      const copy = { ...file, id: deps.random.uuid() };
      copies.push(copy);
      await copyFile(deps, file, { from: ownerOf(file), to, fileId: copy.id });
    }
    return copies;
  } catch (error) {
    for (const { id } of copies) await deps.store.removeFile({ mailId: to, fileId: id });
    throw error;
  }
}

async function copyFile(
  deps: Delivery,
  file: AttachmentReference,
  { from, to, fileId }: { readonly from: string; readonly to: string; readonly fileId: string },
): Promise<void> {
  const { store, clock, vault } = deps;
  const { sizeBytes } = file;
  const source = createSealedFile(deps, from, file);
  const place = { mailId: to, fileId };
  const pieces = pieceCount(sizeBytes);
  let isKept = await store.addFile(newFile({ id: fileId, mailId: to, sizeBytes }, clock.now()));
  for (let index = 0; isKept && index < pieces; index += 1) {
    const start = index * PIECE_BYTES;
    const bytes = await source.read(start, start + pieceSizeBytes(sizeBytes, index));
    const isLast = index === pieces - 1;
    const sealed = await sealPiece(vault, { ...place, index, isLast }, bytes);
    letGo(bytes);
    isKept = await store.putPiece({ ...place, index, sealed }, clock.now());
  }
  const end = isKept ? await store.finishFile(place, clock.now()) : 'gone';
  if (end !== 'complete') throw new OutboxError('no-bytes');
}
