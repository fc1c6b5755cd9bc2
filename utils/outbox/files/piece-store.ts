import type { EpochMs } from '../../platform/platform.ts';
import type { FileRecord } from './file-record.ts';

/** Which file of which mail. */
export interface FilePlace {
  readonly mailId: string;
  readonly fileId: string;
}

/** A sealed piece on its way to the disk. */
export interface StoredPiece extends FilePlace {
  readonly index: number;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/**
 * Files of mails on the disk, in sealed pieces. They come and go only while their mail is a draft, or not there yet;
 * when a mail's content is wiped, its files are, in the same transaction. Every write resolves after
 * a strict commit; every call rejects with OutboxError only.
 */
export interface PieceStore {
  /** False when the mail is there, and no draft (any more). */
  addFile(file: FileRecord): Promise<boolean>;
  /** Null when there is none, or none that can be read. */
  findFile(place: FilePlace): Promise<FileRecord | null>;
  /** Stores a piece, also in the place of an earlier one. False when the file or the draft is gone. */
  putPiece(piece: StoredPiece, now: EpochMs): Promise<boolean>;
  /** Marks the file complete when every piece is there. */
  finishFile(place: FilePlace, now: EpochMs): Promise<'complete' | 'incomplete' | 'gone'>;
  /** Wipes a file of a draft, or of a mail that was never made. */
  removeFile(place: FilePlace): Promise<void>;
  /** Null when it is not there. */
  readPiece(fileId: string, index: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Files that nothing has come to since. */
  filesTouchedBefore(at: EpochMs): Promise<readonly FileRecord[]>;
  /** Every file there is that can be read. */
  files(): Promise<readonly FileRecord[]>;
  /** How many there are, whether or not they can be read. */
  countFiles(): Promise<number>;
  /** The indexes of the stored pieces of a file, in order. */
  pieceIndexes(fileId: string): Promise<readonly number[]>;
  /** Puts the same piece, sealed anew, in its place. False when something else lies there by now. */
  replacePiece(piece: StoredPiece, before: Uint8Array): Promise<boolean>;
}
