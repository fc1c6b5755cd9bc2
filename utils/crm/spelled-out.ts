/**
 * Addresses spelled out against robots: `anna [at] example [dot] com`. Read only where brackets say
 * that it is meant so; "meet Anna at example dot com" stays a sentence.
 */
const QUICK = /[[({] ?(?:at|\u00e4t|@) ?[\])}]/i;
/** Every bracketed `at` of a text; what `mayBeSpelledOut` looks for. */
export const BRACKETED_AT = new RegExp(QUICK, 'gi');
const SPELLED_OUT =
  /(?<![\w.+'-])([a-z\d][\w.+'-]{0,63})\s?[[({]\s?(?:at|\u00e4t|@)\s?[\])}]\s?((?:[a-z\d][a-z\d-]{0,62}(?:\s?[[({]\s?(?:dot|punkt|point|punto|\.)\s?[\])}]\s?|\.)){1,6}[a-z]{2,24})(?![\w@-])/gi;
const DOTS = /\s?[[({]\s?(?:dot|punkt|point|punto|\.)\s?[\])}]\s?/gi;
/** `a[at]b.cc` */
const SHORTEST = 10;
const MAX_CHARS = 20_000;
const MAX_FOUND = 100;

/** The quick look: whether a text has a bracketed `at` at all. */
export function mayBeSpelledOut(text: string): boolean {
  return text.length >= SHORTEST && QUICK.test(text);
}

/** The addresses that a text spells out, as they are meant. Every quantifier is bounded, so the time is linear. */
export function findSpelledOut(text: string): string[] {
  const found: string[] = [];
  for (const [, local, domain] of text.slice(0, MAX_CHARS).matchAll(SPELLED_OUT)) {
    if (local === undefined || domain === undefined || found.length >= MAX_FOUND) break;
    found.push(`${local}@${domain.replace(DOTS, '.')}`);
  }
  return found;
}
