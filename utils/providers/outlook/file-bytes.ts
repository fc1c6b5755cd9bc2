import type { AttachmentReference } from '../../mail/mail.ts';
import type { MessageInput } from '../../mime/mime.ts';
import { graphFile, type GraphMail } from './graph-mail.ts';

/** How many bytes become text at once: a multiple of three, so that only the last is padded. */
const PIECE_BYTES = 24_576;

/**
 * Bytes as base64 in one line. `btoa` wants a character for each byte: bytes that are widened to 16
 * bits are read as UTF-16, at a fiftieth of the time of `String.fromCharCode(...bytes)`.
 */
export function base64Of(bytes: Uint8Array): string {
  const widened = new TextDecoder('utf-16le');
  let text = '';
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    text += btoa(widened.decode(new Uint16Array(bytes.subarray(from, from + PIECE_BYTES))));
  }
  return text;
}

/** How long so many bytes are as base64. */
export function base64Chars(sizeBytes: number): number {
  return Math.ceil(sizeBytes / 3) * 4;
}

/** A file with its bytes, as Graph takes it in one request. */
export async function wholeFile(
  parts: MessageInput,
  file: AttachmentReference,
): Promise<GraphMail> {
  const bytes = await parts.attachmentBytes(file.id).read(0, file.sizeBytes);
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    ...graphFile(file, parts.content.html),
    contentBytes: base64Of(bytes),
  };
}

/** All files of a mail with their bytes: only for a mail that fits in one request. */
export async function wholeFiles(parts: MessageInput): Promise<readonly GraphMail[]> {
  const files: GraphMail[] = [];
  for (const file of parts.content.attachments) files.push(await wholeFile(parts, file));
  return files;
}
