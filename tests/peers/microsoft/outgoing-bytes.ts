import { createHash } from 'node:crypto';
import type { Attachment } from './mail-content.ts';

/** The bytes of a message that leaves. They are put together when somebody reads them, as few tests do. */
export interface OutgoingBytes {
  readonly sizeBytes: number;
  /** All of them; each call puts them together anew. */
  read(): Buffer;
}

/** A line of base64 (RFC 2045 section 6.8), as source bytes and as characters. */
const LINE_BYTES = 57;
const LINE_CHARS = 76;

/** These parts one after the other: bytes as they are, files as lines of base64 without a line end behind the last. */
export function joined(parts: readonly (Buffer | Attachment)[]): OutgoingBytes {
  return {
    sizeBytes: parts.reduce((sum, part) => sum + sizeOf(part), 0),
    read: () => Buffer.concat(parts.map((part) => ('bytes' in part ? inLines(part.bytes) : part))),
  };
}

/** This message with each file in the place where `markOf` it stands in base64. */
export function filled(skeleton: Buffer, files: readonly Attachment[]): OutgoingBytes {
  const parts: (Buffer | Attachment)[] = [];
  let rest = skeleton;
  for (const file of inOrder(skeleton, files)) {
    const mark = inLines(markOf(file));
    const at = rest.indexOf(mark);
    parts.push(rest.subarray(0, at), file);
    rest = rest.subarray(at + mark.length);
  }
  return joined([...parts, rest]);
}

/** Stands for a file's bytes while a message is laid out: short enough for one line. */
export function markOf({ id }: Attachment): Buffer {
  return createHash('sha256').update(id).digest();
}

/** Files that belong to the text (RFC 2387) come before the others, in whatever order they were given. */
function inOrder(skeleton: Buffer, files: readonly Attachment[]): readonly Attachment[] {
  const place = (file: Attachment): number => {
    const at = skeleton.indexOf(inLines(markOf(file)));
    if (at < 0) throw new Error(`${file.name} has no place in the message`);
    return at;
  };
  return files.toSorted((a, b) => place(a) - place(b));
}

function sizeOf(part: Buffer | Attachment): number {
  if (!('bytes' in part)) return part.length;
  const lines = Math.ceil(part.bytes.length / LINE_BYTES);
  return Math.ceil(part.bytes.length / 3) * 4 + Math.max(0, lines - 1) * 2;
}

function inLines(bytes: Buffer): Buffer {
  const lines = bytes.toString('base64').replaceAll(LINE, '$&\r\n');
  return Buffer.from(lines, 'latin1');
}

const LINE = new RegExp(`.{${LINE_CHARS}}(?=.)`, 'g');
