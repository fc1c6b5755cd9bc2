import type { AttachmentReference } from '../../mail/mail.ts';
import { letGo } from '../../platform/platform.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { OutboxError } from '../outbox-error.ts';
import { newFile } from './file-record.ts';
import { PIECE_BYTES, pieceCount, pieceSizeBytes, sealPiece } from './piece-format.ts';
import { createSealedFile } from './sealed-file.ts';

/**
 * Copies a file to another draft, piece by piece, since each is sealed for the mail that it belongs
 * to. Gives it as that draft names it.
 * @throws OutboxError `no-bytes` when not every byte is there, or the other draft is not
 */
export async function copyFile(
  deps: Delivery,
  file: AttachmentReference,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<AttachmentReference> {
  const { store, clock, vault, random } = deps;
  const { sizeBytes } = file;
  const source = createSealedFile(deps, from, file);
  const copy = newFile({ id: random.uuid(), mailId: to, sizeBytes }, clock.now());
  const place = { mailId: to, fileId: copy.id };
  const pieces = pieceCount(sizeBytes);
  let isKept = await store.addFile(copy);
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
  return { ...file, id: copy.id };
}
