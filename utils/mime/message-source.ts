/** A message as a source of bytes that can be read anywhere, any number of times. */
import { createBase64Encoder } from './base64.ts';
import { bodyTree } from './body-tree.ts';
import { messageHeader } from './message-header.ts';
import { MimeError } from './mime-error.ts';
import type { MessageInput, MessageSource } from './mime.ts';
import { fixedSegment, type Segment } from './segments.ts';

/**
 * Puts a message together without reading a file: texts are encoded at once, files when their bytes
 * are asked for. The same input is the same bytes, in this worker or the next.
 * @throws MimeError for anything that can't be written exactly as it is, naming its field
 */
export function createMessageSource(input: MessageInput): MessageSource {
  const header = messageHeader(input);
  const content = bodyTree(input, createBase64Encoder());
  const segments = [`${header}${content.header}\r\n`, ...content.body].map(segmentOf);
  const sizeBytes = segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  return {
    sizeBytes,
    async read(fromByte, toByte) {
      const isRange = Number.isSafeInteger(fromByte) && Number.isSafeInteger(toByte);
      if (!isRange || fromByte < 0 || toByte < fromByte || toByte > sizeBytes) {
        throw new MimeError('range', 'read');
      }
      const bytes = new Uint8Array(toByte - fromByte);
      let start = 0;
      for (const segment of segments) {
        const from = Math.max(fromByte, start);
        const to = Math.min(toByte, start + segment.sizeBytes);
        if (from < to) {
          await segment.fill(bytes.subarray(from - fromByte, to - fromByte), from - start);
        }
        start += segment.sizeBytes;
      }
      return bytes;
    },
  };
}

function segmentOf(piece: string | Uint8Array | Segment): Segment {
  if (typeof piece === 'string') return fixedSegment(new TextEncoder().encode(piece));
  return piece instanceof Uint8Array ? fixedSegment(piece) : piece;
}
