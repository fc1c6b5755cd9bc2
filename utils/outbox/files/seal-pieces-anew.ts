import { leftBehind, type SealAnew } from '../../vault/vault.ts';
import { pieceCount, pieceLabel, type PiecePlace } from './piece-format.ts';
import type { PieceStore } from './piece-store.ts';

/**
 * After a change of the data key: every sealed piece of this room is sealed anew, one after the
 * other. One piece is in memory at a time, and each is replaced in a strict transaction of its own;
 * see `SealedHolder` of the vault.
 */
export async function sealPiecesAnew(store: PieceStore, anew: SealAnew): Promise<number> {
  const files = await store.files();
  // Nobody knows how the pieces of a file are labelled whose record can't be read.
  let left = (await store.countFiles()) - files.length;
  for (const { id: fileId, mailId, sizeBytes } of files) {
    const last = pieceCount(sizeBytes) - 1;
    for (const index of await store.pieceIndexes(fileId)) {
      left += await sealPieceAnew(store, anew, { mailId, fileId, index, isLast: index === last });
    }
  }
  return left;
}

/** 1 when it has to be left. */
async function sealPieceAnew(store: PieceStore, anew: SealAnew, place: PiecePlace): Promise<0 | 1> {
  const before = await store.readPiece(place.fileId, place.index);
  if (before === null) return 0;
  try {
    const sealed = await anew(pieceLabel(place), before);
    if (sealed !== null) await store.replacePiece({ ...place, sealed }, before);
    return 0;
  } catch (error) {
    return leftBehind(error);
  }
}
