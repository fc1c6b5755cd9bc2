/**
 * Quoted-printable (RFC 2045 section 6.7), with what mail programs on the way are known to spoil
 * encoded as well: a dot or a `From ` at the beginning of a line.
 */
const MAX_LINE_BYTES = 76;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const DOT = 0x2e;
const EQUALS = 0x3d;
const TILDE = 0x7e;
const FROM = [0x46, 0x72, 0x6f, 0x6d, SPACE] as const;
const HEX = '0123456789ABCDEF';

/**
 * UTF-8 text, its lines parted by CRLF, as lines of at most 76 bytes; no code point is cut by a soft
 * line break. Null when more than `limitBytes` would come out.
 */
export function encodeQuotedPrintable(
  utf8: Uint8Array,
  limitBytes: number,
): Uint8Array<ArrayBuffer> | null {
  // What one code point and a soft break may add after the limit was last looked at.
  const out = new Uint8Array(limitBytes + 16);
  let end = 0;
  let column = 0;
  let at = 0;
  while (at < utf8.length) {
    if (end > limitBytes) return null;
    if (utf8[at] === CR && utf8[at + 1] === LF) {
      out[end] = CR;
      out[end + 1] = LF;
      end += 2;
      column = 0;
      at += 2;
      continue;
    }
    const next = at + codePointBytes(utf8[at] ?? 0);
    let literal = next === at + 1 && mayStand(utf8, at, column);
    // The last column is kept for the `=` of a soft break.
    if (column + (literal ? 1 : 3 * (next - at)) >= MAX_LINE_BYTES) {
      out.set([EQUALS, CR, LF], end);
      end += 3;
      column = 0;
      literal &&= mayStand(utf8, at, column);
    }
    for (; at < next; at += 1) {
      const byte = utf8[at] ?? 0;
      out[end] = literal ? byte : EQUALS;
      if (!literal) {
        out[end + 1] = HEX.charCodeAt(byte >> 4);
        out[end + 2] = HEX.charCodeAt(byte & 15);
      }
      end += literal ? 1 : 3;
      column += literal ? 1 : 3;
    }
  }
  return end > limitBytes ? null : out.slice(0, end);
}

/** Whether the byte may stand for itself where it is. */
function mayStand(utf8: Uint8Array, at: number, column: number): boolean {
  const byte = utf8[at] ?? 0;
  if (byte === EQUALS || byte > TILDE) return false;
  if (byte === SPACE || byte === TAB) return at + 1 < utf8.length && utf8[at + 1] !== CR;
  if (byte < SPACE) return false;
  if (column > 0) return true;
  return byte !== DOT && !FROM.every((char, index) => utf8[at + index] === char);
}

/** How many bytes the code point has whose first byte this is (RFC 3629 section 3). */
function codePointBytes(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
