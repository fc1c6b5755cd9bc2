/**
 * Addresses in running text, in one pass: from each `@` outward, never over another `@` and never
 * further than an address can be long (RFC 5321 section 4.5.3.1). So the time is linear in the text, whatever
 * is written there; there is no pattern that could backtrack.
 *
 * It reads what people write, not all that RFC 5322 allows: no quoted local parts, no comments, no
 * address literals. Where the end or the beginning is not certain it finds nothing: a mail to
 * somebody else is worse than an address to be typed.
 */

/** An address and its place in the text (UTF-16 offsets, `end` not included). */
export interface AddressInText {
  readonly address: string;
  readonly start: number;
  readonly end: number;
}

const DOT = 0x2e;
const HYPHEN = 0x2d;
const PLUS = 0x2b;
const APOSTROPHE = 0x27;
const AMPERSAND = 0x26;
const UNDERSCORE = 0x5f;
const SLASH = 0x2f;
const COLON = 0x3a;
const MAX_LOCAL_CHARS = 64;
const MAX_DOMAIN_CHARS = 253;
const MAX_LABEL_CHARS = 63;
/** How far back a `://` is looked for. */
const MAX_SCHEME_CHARS = 100;

/** What a local part may hold (RFC 5321 section 4.1.2) but people's do not: whoever writes it means something else. */
const FOREIGN_BEFORE = '@=%#!$?^\\';
/** Nobody sees that there is more: see `visibleText`, which takes these out first. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
/** The address goes on, or was cut off. */
const FOREIGN_AFTER = '@_\u2026';
/** `icon@2x.png` is a file. None of these is a top level domain. */
const FILE_ENDINGS = /^(?:png|jpe?g|gif|svg|webp|avif|css|jsx?|mjs|tsx?|json|html?|pdf|php)$/i;
const UNUSUAL_TOP_LEVEL = /^(?:xn--[a-z\d-]{1,59}|(?=[^\0-\x7f])[\p{L}\p{M}]{2,63})$/iu;
/** Scripts that are written without spaces, so that a letter of theirs is no part of the address beside it. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}\u30fc]/u;
const LETTER = /[\p{L}\p{M}\p{N}]/u;

/** Finds the addresses of a text, first to last, at most `limit`. */
export function findAddresses(text: string, limit = Infinity): AddressInText[] {
  const found: AddressInText[] = [];
  let floor = 0;
  let at = text.indexOf('@');
  while (at >= 0 && found.length < limit) {
    const hit = readAround(text, at, floor);
    if (hit) found.push(hit);
    floor = hit?.end ?? at + 1;
    at = text.indexOf('@', Math.max(at + 1, floor));
  }
  return found;
}

function readAround(text: string, at: number, floor: number): AddressInText | null {
  const start = startOfLocal(text, at, floor);
  if (start < 0) return null;
  const end = endOfDomain(text, at + 1);
  return end < 0 ? null : { address: text.slice(start, end), start, end };
}

/** Where the local part begins; -1 when there is none or its beginning is not certain. */
function startOfLocal(text: string, at: number, floor: number): number {
  const lowest = Math.max(floor, at - MAX_LOCAL_CHARS - 1);
  let start = at;
  let dotBehind = true;
  while (start > lowest) {
    const code = text.charCodeAt(start - 1);
    if (!isLocalChar(code)) break;
    // Two dots, or one right before the @.
    if (code === DOT && dotBehind) return -1;
    dotBehind = code === DOT;
    start -= 1;
  }
  if (at - start > MAX_LOCAL_CHARS) return -1;
  while (start < at && isEdgeMark(text.charCodeAt(start))) start += 1;
  return start === at || isForeignBefore(text, start) ? -1 : start;
}

function isForeignBefore(text: string, start: number): boolean {
  if (start === 0) return false;
  const code = text.charCodeAt(start - 1);
  if (code <= 0x20) return false;
  if (code >= 0x80) return INVISIBLE.test(text.charAt(start - 1));
  if (code !== SLASH && code !== COLON) return FOREIGN_BEFORE.includes(text.charAt(start - 1));
  const near = text.slice(Math.max(0, start - MAX_SCHEME_CHARS), start);
  const scheme = near.lastIndexOf('://');
  return scheme >= 0 && !/\s/.test(near.slice(scheme));
}

/** Where the domain ends; -1 when there is none or its end is not certain. */
function endOfDomain(text: string, from: number): number {
  const highest = Math.min(text.length, from + MAX_DOMAIN_CHARS + 1);
  let end = from;
  let label = from;
  while (end < highest) {
    const code = text.charCodeAt(end);
    if (code === DOT) {
      if (!isLabel(text, label, end)) break;
      label = end + 1;
    } else if (!isDomainChar(code, text.charCodeAt(label), end === label)) break;
    end += 1;
  }
  if (end - from > MAX_DOMAIN_CHARS || text.charCodeAt(end) === DOT) return -1;
  if (label === end || isSentenceStart(text, { from, label, end })) {
    end = label - 1;
    label = text.lastIndexOf('.', end - 1) + 1;
  } else if (isForeignAfter(text, end)) return -1;
  return label > from && isTopLevel(text, label, end) ? end : -1;
}

interface Domain {
  readonly from: number;
  /** Where its last label begins. */
  readonly label: number;
  readonly end: number;
}

/** `example.com.Please`: the space after a sentence is missing. */
function isSentenceStart(text: string, { from, label, end }: Domain): boolean {
  const first = text.charCodeAt(label);
  if (first >= 0x61 && first <= 0x7a) return false;
  return (
    /^\p{Lu}\p{Ll}+$/u.test(text.slice(label, end)) && !/\p{Lu}/u.test(text.slice(from, label))
  );
}

function isForeignAfter(text: string, end: number): boolean {
  if (end === text.length) return false;
  const after = text.charAt(end);
  if (FOREIGN_AFTER.includes(after) || INVISIBLE.test(after)) return true;
  if (after !== ':') return false;
  const behind = text.charCodeAt(end + 1);
  return isAlphanumeric(behind) || behind === SLASH;
}

function isLabel(text: string, start: number, end: number): boolean {
  return (
    end > start &&
    end - start <= MAX_LABEL_CHARS &&
    text.charCodeAt(start) !== HYPHEN &&
    text.charCodeAt(end - 1) !== HYPHEN
  );
}

function isTopLevel(text: string, start: number, end: number): boolean {
  let letters = start;
  while (letters < end && isLetter(text.charCodeAt(letters))) letters += 1;
  const chars = end - start;
  if (letters === end) {
    return (
      chars > 1 &&
      chars <= MAX_LABEL_CHARS &&
      !(chars < 5 && FILE_ENDINGS.test(text.slice(start, end)))
    );
  }
  return UNUSUAL_TOP_LEVEL.test(text.slice(start, end));
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || isLetter(code);
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isLocalChar(code: number): boolean {
  if (code < 0x80) return isAlphanumeric(code) || code === UNDERSCORE || isEdgeMark(code);
  const char = String.fromCharCode(code);
  return LETTER.test(char) && !UNSPACED.test(char);
}

/** What may stand inside a local part and is no part of it at its beginning: quotes, bullets, the end of an entity. */
function isEdgeMark(code: number): boolean {
  return (
    code === DOT || code === HYPHEN || code === PLUS || code === APOSTROPHE || code === AMPERSAND
  );
}

/** In a label that began in ASCII, a letter of an unspaced script is the text that follows, not the domain. */
function isDomainChar(code: number, labelCode: number, isFirst: boolean): boolean {
  if (code < 0x80) return isAlphanumeric(code) || code === HYPHEN;
  const char = String.fromCharCode(code);
  if (!LETTER.test(char)) return false;
  return isFirst || labelCode >= 0x80 || !UNSPACED.test(char);
}
