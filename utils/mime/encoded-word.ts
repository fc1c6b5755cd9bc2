/**
 * Encoded words (RFC 2047). Each is at most 75 characters, whole in itself: no code point is split
 * between two, so that a reader may decode them one by one.
 */
const Q_OPEN = '=?UTF-8?Q?';
const B_OPEN = '=?UTF-8?B?';
const CLOSE = '?=';
const MAX_WORD_CHARS = 75;
const MIN_WORD_CHARS = 30;
/** The characters that may stand for themselves everywhere, display names included (section 5 (3)). */
const Q_SAFE = /^[A-Za-z\d!*+\-/]$/;

/**
 * A text as encoded words, to be set apart by white space, which readers take out again. Letters
 * mostly ASCII make Q words, which stay legible, others the shorter B words.
 * @param firstRoomChars what the line still holds for the first word; when that is too little for
 * any, the word is made for a line of its own
 */
export function encodeWords(text: string, firstRoomChars = MAX_WORD_CHARS): string[] {
  const units = Array.from(text.toWellFormed(), encodeUnit);
  const qChars = units.reduce((sum, unit) => sum + unit.q.length, 0);
  const bChars = (units.reduce((sum, unit) => sum + unit.bytes.length, 0) * 4) / 3;
  const words: string[] = [];
  let group: Unit[] = [];
  let size = 0;
  const useQ = qChars <= bChars;
  const roomFor = (): number => {
    const short = words.length === 0 && firstRoomChars >= MIN_WORD_CHARS;
    const room = short ? Math.min(firstRoomChars, MAX_WORD_CHARS) : MAX_WORD_CHARS;
    const payload = room - Q_OPEN.length - CLOSE.length;
    return useQ ? payload : Math.floor(payload / 4) * 3;
  };
  const flush = (): void => {
    words.push(useQ ? `${Q_OPEN}${group.map((unit) => unit.q).join('')}${CLOSE}` : bWord(group));
    group = [];
    size = 0;
  };
  for (const unit of units) {
    const length = useQ ? unit.q.length : unit.bytes.length;
    if (size + length > roomFor()) flush();
    group.push(unit);
    size += length;
  }
  if (group.length > 0) flush();
  return words;
}

interface Unit {
  readonly q: string;
  readonly bytes: Uint8Array;
}

function encodeUnit(char: string): Unit {
  const bytes = new TextEncoder().encode(char);
  if (char === ' ') return { q: '_', bytes };
  if (Q_SAFE.test(char)) return { q: char, bytes };
  const hex = Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
  return { q: `=${hex.join('=')}`, bytes };
}

function bWord(group: readonly Unit[]): string {
  const binary = group.map((unit) => String.fromCharCode(...unit.bytes)).join('');
  return `${B_OPEN}${btoa(binary)}${CLOSE}`;
}
