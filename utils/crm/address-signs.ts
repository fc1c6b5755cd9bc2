import { BRACKETED_AT } from './spelled-out.ts';

/** A text of this many characters for each sign is worth walking straight through. */
const CHARS_PER_SIGN = 200;
/** So many are no crowd, however short the text is. */
const FEW_SIGNS = 20;
/** Looked through between two places to pause: about a millisecond. */
const PIECE_CHARS = 2_000_000;
/** `[ at ]` */
const LONGEST_SIGN = 6;

/** Whether so many signs in so many characters are too many to be gone to one by one. */
export function areCrowded(signs: number, chars: number): boolean {
  return signs > Math.max(FEW_SIGNS, chars / CHARS_PER_SIGN);
}

/**
 * Where in a text an address may be: the offset of each `@` and of each bracketed `at`, rising. Yields null as a place
 * to pause. Null when there are so many that an address may be anywhere.
 */
export function* findSigns(text: string): Generator<null, readonly number[] | null> {
  const signs: number[] = [];
  for (let from = 0; from < text.length; from += PIECE_CHARS) {
    if (from > 0) yield null;
    const piece = text.slice(from, from + PIECE_CHARS);
    for (let at = piece.indexOf('@'); at >= 0; at = piece.indexOf('@', at + 1)) {
      signs.push(from + at);
      if (areCrowded(signs.length, text.length)) return null;
    }
    // One that goes on into the next piece begins in this one.
    const longer = text.slice(from, from + PIECE_CHARS + LONGEST_SIGN - 1);
    for (const { index } of longer.matchAll(BRACKETED_AT)) {
      if (index < PIECE_CHARS) signs.push(from + index);
      if (areCrowded(signs.length, text.length)) return null;
    }
  }
  return signs.sort((a, b) => a - b);
}
