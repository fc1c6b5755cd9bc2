import { createSealedFile } from '../../utils/outbox/files/sealed-file.ts';
import {
  PIECE_BYTES,
  pieceCount,
  pieceSizeBytes,
  sealPiece,
} from '../../utils/outbox/files/piece-format.ts';
import type { PieceStore } from '../../utils/outbox/files/piece-store.ts';
import { freshVault } from '../utils/vault/test-vault.ts';
import { bareLoop, readingMs, type MessageBytesResult } from './message-bytes.ts';

const FILE = { id: 'film', sizeBytes: 25 * 1024 * 1024 };
const MAIL_ID = 'bench';
const SLICE_BYTES = 256 * 1024;
const ROUNDS = 5;

/**
 * Throughput of a message whose 25 MB file lies in sealed pieces, as every send reads it; the disk
 * is left out. The floor decrypts the same bytes in pieces of the same size and loops over them.
 */
export async function measureSealedBytes(): Promise<MessageBytesResult> {
  const vault = freshVault();
  const sealed: Uint8Array<ArrayBuffer>[] = [];
  for (let index = 0; index < pieceCount(FILE.sizeBytes); index += 1) {
    const clear = new Uint8Array(pieceSizeBytes(FILE.sizeBytes, index)).fill(index + 1);
    const isLast = index === pieceCount(FILE.sizeBytes) - 1;
    const place = { mailId: MAIL_ID, fileId: FILE.id, index, isLast };
    sealed.push(await sealPiece(vault, place, clear));
  }
  // A copy each time, as a database gives it: whoever reads a piece lets its memory go.
  const store: Pick<PieceStore, 'readPiece'> = {
    readPiece: (_fileId, index) => Promise.resolve(sealed[index]?.slice() ?? null),
  };
  const floorMs = await createFloor();
  let best = { oursMs: Number.POSITIVE_INFINITY, floorMs: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round += 1) {
    const floor = await floorMs();
    const ours = await readingMs(createSealedFile({ store, vault }, MAIL_ID, FILE), SLICE_BYTES);
    best = { oursMs: Math.min(best.oursMs, ours), floorMs: Math.min(best.floorMs, floor) };
  }
  const perSecond = (ms: number): number => FILE.sizeBytes / 1e6 / (ms / 1000);
  return { ours: perSecond(best.oursMs), floor: perSecond(best.floorMs) };
}

async function createFloor(): Promise<() => Promise<number>> {
  const { subtle } = crypto;
  const key = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const algorithm = { name: 'AES-GCM', iv: crypto.getRandomValues(new Uint8Array(12)) };
  const piece = await subtle.encrypt(algorithm, key, new Uint8Array(PIECE_BYTES));
  const target = new Uint8Array(Math.ceil(PIECE_BYTES / 57) * 78);
  return async () => {
    const startedAt = performance.now();
    for (let index = 0; index < pieceCount(FILE.sizeBytes); index += 1) {
      bareLoop(new Uint8Array(await subtle.decrypt(algorithm, key, piece.slice(0))), target);
    }
    return performance.now() - startedAt;
  };
}
