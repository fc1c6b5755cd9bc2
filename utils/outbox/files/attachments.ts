import type { Delivery } from '../delivery/delivery.ts';
import { newFile, type FileRecord } from './file-record.ts';
import type { Outbox } from '../outbox.ts';
import { PIECE_BYTES, pieceCount, pieceSizeBytes, sealPiece } from './piece-format.ts';

/**
 * Files of drafts, piece by piece. A worker may end between two pieces: the next one takes the
 * next piece, because all that is known of a file lies in the store.
 */
export function createAttachments(
  deps: Delivery,
): Pick<Outbox, 'beginFile' | 'putPiece' | 'finishFile' | 'removeFile'> {
  const { store, clock, random } = deps;
  return {
    async beginFile({ mailId, sizeBytes }) {
      const file = newFile({ id: random.uuid(), mailId, sizeBytes }, clock.now());
      const isThere = (await store.record(mailId)) !== null;
      if (!isThere || !(await store.addFile(file))) return { kind: 'not-a-draft' };
      return { kind: 'begun', fileId: file.id, pieceBytes: PIECE_BYTES };
    },
    async putPiece({ index, bytes, ...place }) {
      const file = await store.findFile(place);
      if (!file) return { kind: 'gone' };
      if (!fits(file, index, bytes)) return { kind: 'refused' };
      const isLast = index === pieceCount(file.sizeBytes) - 1;
      const sealed = await sealPiece(deps.vault, { ...place, index, isLast }, bytes);
      const stored = await store.putPiece({ ...place, index, sealed }, clock.now());
      return { kind: stored ? 'stored' : 'gone' };
    },
    async finishFile(place) {
      return { kind: await store.finishFile(place, clock.now()) };
    },
    removeFile: (place) => store.removeFile(place),
  };
}

/** A piece that belongs into the file as it was begun. What is complete is not changed any more. */
function fits(file: FileRecord, index: number, bytes: Uint8Array): boolean {
  if (file.complete || index >= pieceCount(file.sizeBytes)) return false;
  return bytes.length === pieceSizeBytes(file.sizeBytes, index);
}
