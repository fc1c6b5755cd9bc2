/** The text of a body part, encoded so that no server or reader on the way changes it. */
import { base64Length, encodeBase64 } from './base64.ts';
import { encodeQuotedPrintable } from './quoted-printable.ts';

/** A body part's bytes and the Content-Transfer-Encoding (RFC 2045 section 6) they are in. */
export interface EncodedText {
  readonly encoding: '7bit' | 'quoted-printable' | 'base64';
  readonly bytes: Uint8Array;
}

/**
 * Lines that travel as they are: short, ASCII, no white space at the end, no `From ` that an mbox
 * would escape, no dot that a sloppy SMTP client would lose, nothing like a boundary.
 */
const SAFE_LINE = /^(?!From |\.|--)(?:[\t -~]{0,75}[!-~])?$/;

/** How much longer than base64 quoted-printable may be, because people can read it in the source. */
const LEGIBILITY_FACTOR = 1.5;
const LEGIBILITY_BYTES = 100;

/**
 * Any text, line ends of any kind made CRLF and lone surrogates U+FFFD. 7bit when every line is
 * safe, else quoted-printable; base64 where that would grow too long (Chinese to over three times
 * its size).
 */
export function encodeText(text: string): EncodedText {
  const canonical = text.toWellFormed().replace(/\r\n?|\n/g, '\r\n');
  const utf8 = new TextEncoder().encode(canonical);
  if (canonical.split('\r\n').every((line) => SAFE_LINE.test(line))) {
    return { encoding: '7bit', bytes: utf8 };
  }
  const limitBytes = Math.ceil(base64Length(utf8.length) * LEGIBILITY_FACTOR) + LEGIBILITY_BYTES;
  const quoted = encodeQuotedPrintable(utf8, limitBytes);
  if (quoted) return { encoding: 'quoted-printable', bytes: quoted };
  return { encoding: 'base64', bytes: encodeBase64(utf8) };
}
