import type { RecordLabel } from '../vault/vault.ts';
import { pieceCount, pieceLabel } from './piece-format.ts';
import type { PieceStore } from './piece-store.ts';

/**
 * Lists every sealed piece of this room, one after the other, and puts what `reseal` makes of it in
 * its place; null leaves the piece as it is. One piece is in memory at a time, each is replaced in
 * a strict transaction of its own, so an interrupted run leaves every piece sealed by one of the two
 * keys. Whoever reseals sees to it that no mail is sent meanwhile.
 */
export async function resealPieces(
  store: PieceStore,
  reseal: (
    label: RecordLabel,
    sealed: Uint8Array<ArrayBuffer>,
  ) => Promise<Uint8Array<ArrayBuffer> | null>,
): Promise<void> {
  for (const { id: fileId, mailId, sizeBytes } of await store.files()) {
    const last = pieceCount(sizeBytes) - 1;
    for (const index of await store.pieceIndexes(fileId)) {
      const sealed = await store.readPiece(fileId, index);
      if (sealed === null) continue;
      const place = { mailId, fileId, index, isLast: index === last };
      const anew = await reseal(pieceLabel(place), sealed);
      if (anew !== null) await store.replacePiece({ ...place, sealed: anew });
    }
  }
}
