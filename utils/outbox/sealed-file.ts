import type { AttachmentReference } from '../mail/mail.ts';
import type { PartBytes } from '../mime/mime.ts';
import type { Delivery } from './delivery.ts';
import { OutboxError } from './outbox-error.ts';
import { openPiece, PIECE_BYTES, pieceCount, pieceSizeBytes } from './piece-format.ts';

/**
 * The bytes of a stored file, opened piece by piece as they are asked for. The last piece that was
 * opened is kept, because the next range usually begins in it; nothing else is.
 */
export function createSealedFile(
  deps: Pick<Delivery, 'store' | 'vault'>,
  mailId: string,
  file: Pick<AttachmentReference, 'id' | 'sizeBytes'>,
): PartBytes {
  const { id: fileId, sizeBytes } = file;
  const last = pieceCount(sizeBytes) - 1;
  let kept: { readonly index: number; readonly bytes: Uint8Array } | null = null;

  /** @throws OutboxError `no-bytes` when it is not there, or not what was stored there */
  async function piece(index: number): Promise<Uint8Array> {
    if (kept?.index === index) return kept.bytes;
    const sealed = await deps.store.readPiece(fileId, index);
    if (sealed === null) throw new OutboxError('no-bytes');
    const place = { mailId, fileId, index, isLast: index === last };
    const bytes = await openPiece(deps.vault, place, sealed);
    if (bytes.length !== pieceSizeBytes(sizeBytes, index)) throw new OutboxError('no-bytes');
    kept = { index, bytes };
    return bytes;
  }

  return {
    id: fileId,
    sizeBytes,
    async read(fromByte, toByte) {
      const range = new Uint8Array(toByte - fromByte);
      for (let at = fromByte; at < toByte;) {
        const index = Math.floor(at / PIECE_BYTES);
        const start = index * PIECE_BYTES;
        const bytes = await piece(index);
        const end = Math.min(toByte, start + bytes.length);
        if (end <= at) throw new OutboxError('no-bytes');
        range.set(bytes.subarray(at - start, end - start), at - fromByte);
        at = end;
      }
      return range;
    },
  };
}
