import type { AttachmentReference } from '../../mail/mail.ts';
import type { PartBytes } from '../../mime/mime.ts';
import { letGo } from '../../platform/platform.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { OutboxError } from '../outbox-error.ts';
import { openPiece, PIECE_BYTES, pieceCount, pieceSizeBytes } from './piece-format.ts';
import type { PieceStore } from './piece-store.ts';

/**
 * The bytes of a stored file, opened piece by piece as they are asked for. The last piece that was
 * opened is kept, because the next range usually begins in it; nothing else is.
 */
export function createSealedFile(
  deps: Pick<Delivery, 'vault'> & { readonly store: Pick<PieceStore, 'readPiece'> },
  mailId: string,
  file: Pick<AttachmentReference, 'id' | 'sizeBytes'>,
): PartBytes {
  const { id: fileId, sizeBytes } = file;
  const last = pieceCount(sizeBytes) - 1;
  let kept: { readonly index: number; readonly bytes: Uint8Array } | null = null;

  /**
   * Copies of one piece what of it lies in the range. What is kept may be let go at any await, so it
   * is copied from without one in between.
   * @throws OutboxError `no-bytes` when the piece is not there, or not what was stored there
   */
  async function copyPiece(index: number, range: Uint8Array, fromByte: number): Promise<void> {
    if (kept?.index !== index) {
      const sealed = await deps.store.readPiece(fileId, index);
      if (sealed === null) throw new OutboxError('no-bytes');
      const place = { mailId, fileId, index, isLast: index === last };
      const bytes = await openPiece(deps.vault, place, sealed);
      if (bytes.length !== pieceSizeBytes(sizeBytes, index)) throw new OutboxError('no-bytes');
      letGo(sealed);
      if (kept) letGo(kept.bytes);
      kept = { index, bytes };
    }
    const start = index * PIECE_BYTES;
    const from = Math.max(fromByte, start);
    range.set(kept.bytes.subarray(from - start, fromByte + range.length - start), from - fromByte);
  }

  return {
    id: fileId,
    sizeBytes,
    async read(fromByte, toByte) {
      if (toByte > sizeBytes) throw new OutboxError('no-bytes');
      const range = new Uint8Array(toByte - fromByte);
      const first = Math.floor(fromByte / PIECE_BYTES);
      for (let index = first; index * PIECE_BYTES < toByte; index += 1) {
        await copyPiece(index, range, fromByte);
      }
      return range;
    },
    release: letGo,
  };
}
