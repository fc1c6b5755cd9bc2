import { VaultError, type RecordLabel } from '../../vault/vault.ts';
import { OutboxError } from '../outbox-error.ts';
import type { Seal } from '../sealed-mail.ts';

/**
 * A file in sealed pieces (docs/vault-format.md, "Large content"). Each is bound to its mail, its
 * file, its index and whether it is the last: one that is swapped, left out, moved to another draft
 * or cut off does not open.
 */

/** The clear size of every piece but the last; part of version 1 of the format. */
export const PIECE_BYTES = 512 * 1024;

/** One piece of a file. `isLast` follows from the file's size. */
export interface PiecePlace {
  readonly mailId: string;
  readonly fileId: string;
  readonly index: number;
  readonly isLast: boolean;
}

/** How many pieces a file makes: an empty one has one, which says that nothing follows. */
export function pieceCount(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / PIECE_BYTES));
}

/** The clear size of one piece; 0 beyond the end. */
export function pieceSizeBytes(sizeBytes: number, index: number): number {
  return Math.max(0, Math.min(PIECE_BYTES, sizeBytes - index * PIECE_BYTES));
}

/** What the vault binds a piece to. */
export function pieceLabel({ mailId, fileId, index, isLast }: PiecePlace): RecordLabel {
  const id = `${mailId}/${fileId}/${index}/${isLast ? 1 : 0}`;
  return { kind: 'attachment-piece', id, version: 1 };
}

/** Seals one piece. @throws VaultError */
export function sealPiece(
  vault: Seal,
  place: PiecePlace,
  clear: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  return vault.seal(pieceLabel(place), clear);
}

/**
 * Opens one piece.
 * @throws OutboxError `no-bytes` when it is not what was stored; VaultError when that can't be told now
 */
export async function openPiece(
  vault: Seal,
  place: PiecePlace,
  sealed: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await vault.open(pieceLabel(place), sealed);
  } catch (cause) {
    const lost = cause instanceof VaultError && LOST.has(cause.code);
    throw lost ? new OutboxError('no-bytes', { cause }) : cause;
  }
}

const LOST: ReadonlySet<string> = new Set(['corrupt', 'wrong-key', 'unsupported-version']);
