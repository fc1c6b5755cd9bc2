/** A file as it is named in a mail, and how much of a mail it takes. */

const MAX_NAME_CHARS = 250;
const NAMELESS = 'file';
/** Base64 in lines of 76 characters: 57 bytes become 78 (RFC 2045 section 6.8). */
const SOURCE_LINE_BYTES = 57;
const LINE_BYTES = 78;

/**
 * The name that recipients see, in any script. What a name can't hold becomes `_`: control
 * characters, slashes, and marks that turn the direction of what follows, by which `exe.pdf` can be
 * made to look like `fdp.exe`. A name that is too long keeps its beginning and its extension.
 */
export function attachedFileName(name: string): string {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\\/\u202a-\u202e\u2066-\u2069\u2028\u2029]/gu, '_')
    .trim();
  if (clean === '') return NAMELESS;
  const chars = Array.from(clean);
  if (chars.length <= MAX_NAME_CHARS) return clean;
  const extension = Array.from(/\.[^.]{1,20}$/u.exec(clean)?.[0] ?? '');
  return [...chars.slice(0, MAX_NAME_CHARS - extension.length), ...extension].join('');
}

/** How many bytes of a message a file takes, without its part's header. */
export function sizeInMessage(sizeBytes: number): number {
  return Math.ceil(sizeBytes / SOURCE_LINE_BYTES) * LINE_BYTES;
}

/** How many bytes of files fit a message of that size. */
export function fileBytesThatFit(messageBytes: number): number {
  return Math.floor(messageBytes / LINE_BYTES) * SOURCE_LINE_BYTES;
}
