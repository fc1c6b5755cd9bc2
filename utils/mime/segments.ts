/** The pieces that a message is put together from, each able to write any part of itself. */
import {
  base64Length,
  base64Lines,
  LINE_BYTES,
  LINE_SOURCE_BYTES,
  type Base64Encoder,
} from './base64.ts';
import { MimeError } from './mime-error.ts';
import type { PartBytes } from './mime.ts';

/** A run of bytes in the message. */
export interface Segment {
  readonly sizeBytes: number;
  /** Fills all of `target` with the bytes of the segment from `fromByte` on. */
  fill(target: Uint8Array, fromByte: number): Promise<void>;
}

/** Bytes that are there already. */
export function fixedSegment(bytes: Uint8Array): Segment {
  return {
    sizeBytes: bytes.length,
    fill(target, fromByte) {
      target.set(bytes.subarray(fromByte, fromByte + target.length));
      return Promise.resolve();
    },
  };
}

/**
 * A file in base64. Only the source bytes of the lines that are touched are read; whole lines are
 * written straight to their place, a cut one and the last one by way of a scratch line.
 */
export function base64Segment(part: PartBytes, encoder: Base64Encoder, index: number): Segment {
  const lastLine = base64Lines(part.sizeBytes) - 1;
  return {
    sizeBytes: base64Length(part.sizeBytes),
    async fill(target, fromByte) {
      const toByte = fromByte + target.length;
      const firstLine = Math.floor(fromByte / LINE_BYTES);
      const endLine = Math.ceil(toByte / LINE_BYTES);
      const from = firstLine * LINE_SOURCE_BYTES;
      const to = Math.min(endLine * LINE_SOURCE_BYTES, part.sizeBytes);
      const bytes = await part.read(from, to);
      if (bytes.length !== to - from) throw new MimeError('attachment-bytes', 'attachments', index);
      const sourceOf = (line: number, end: number): Uint8Array =>
        bytes.subarray(line * LINE_SOURCE_BYTES - from, end * LINE_SOURCE_BYTES - from);
      const putLine = (line: number): void => {
        const scratch = new Uint8Array(LINE_BYTES);
        if (line === lastLine) encoder.lastLine(sourceOf(line, line + 1), scratch);
        else encoder.fullLines(sourceOf(line, line + 1), scratch);
        copyOverlap(scratch, target, line * LINE_BYTES - fromByte);
      };
      const fullFrom = Math.ceil(fromByte / LINE_BYTES);
      const fullTo = Math.min(Math.floor(toByte / LINE_BYTES), lastLine);
      for (let line = firstLine; line < Math.min(fullFrom, endLine); line += 1) putLine(line);
      if (fullFrom < fullTo) {
        const place = target.subarray(fullFrom * LINE_BYTES - fromByte);
        encoder.fullLines(sourceOf(fullFrom, fullTo), place);
      }
      for (let line = Math.max(fullFrom, fullTo); line < endLine; line += 1) putLine(line);
      part.release?.(bytes);
    },
  };
}

/** Copies what of `line`, when it is laid at `offset`, lies inside the target. */
function copyOverlap(line: Uint8Array, target: Uint8Array, offset: number): void {
  const start = Math.max(0, -offset);
  const end = Math.min(line.length, target.length - offset);
  target.set(line.subarray(start, end), offset + start);
}
