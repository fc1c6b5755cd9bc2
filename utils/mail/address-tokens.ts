/**
 * A pasted list of addresses as tokens (RFC 5322 section 3.2), in one pass and in linear time.
 *
 * Every character of the input belongs to one token or to the gap before one, so that a problem can
 * always be shown with the very text it is about.
 */

/** What parts two entries; a later name in this list outweighs an earlier one. */
export const SEPARATORS = ['tab', 'fold', 'comma', 'semicolon', 'newline'] as const;

/** One of the things that part two entries. `fold` is a line break followed by a space or a tab. */
export type Separator = (typeof SEPARATORS)[number];

/** A piece of the list with its place in it (UTF-16 offsets, `end` not included). */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'comment' | 'angle' | 'colon' | 'mailto' | Separator;
  /** What it means: quotes and escapes resolved, folds made spaces. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The white space before it: '' when it touches the token before, else one space or, when it was written with other scripts' spaces, these. */
  readonly gap: string;
  /** False for a quoted string or a comment whose end is missing. */
  readonly closed: boolean;
}

const GAP = /[^\S\t\r\n\u2028\u2029]+/y;
const NEWLINE = /\r\n?|[\n\u2028\u2029]/y;
const WORD = /[^\s"(),:;<>\uff0c\uff1b\u3001\u060c\u061b]+/y;
const MAILTO = /mailto:/iy;
/** How Outlook writes an address into the head of a quoted mail. */
const BRACKETED_MAILTO = /\[mailto:([^\s<>[\]",;]{1,400})\]/iy;
/** The rest of an IPv6 literal, whose colons end no word. */
const LITERAL_REST = /:[\da-f:.]{2,45}\]/iy;
const COMMAS = ',\uff0c\u3001\u060c';
const SEMICOLONS = ';\uff1b\u061b';

/** Cuts a list into tokens. Never throws; reads each character once or twice. */
export function tokenize(input: string): Token[] {
  const tokens: Token[] = [];
  let gap = '';
  let at = 0;
  while (at < input.length) {
    const white = matchAt(GAP, input, at);
    if (white !== null) {
      gap = /[^ ]/.test(white) ? white : ' ';
      at += white.length;
      continue;
    }
    for (const token of readTokens(input, at)) {
      tokens.push({ ...token, gap });
      at = token.end;
      gap = '';
    }
  }
  return tokens;
}

type Piece = Omit<Token, 'gap'>;

function readTokens(input: string, at: number): Piece[] {
  const first = input.charAt(at);
  if (first === '"') return [readEnclosed(input, at, 'quoted')];
  if (first === '(') return [readEnclosed(input, at, 'comment')];
  if (first === '<' || first === '>') return [piece('angle', first, at)];
  if (first === ':') return [piece('colon', first, at)];
  if (first === '\t') return [piece('tab', first, at)];
  if (COMMAS.includes(first)) return [piece('comma', first, at)];
  if (SEMICOLONS.includes(first)) return [piece('semicolon', first, at)];
  const newline = matchAt(NEWLINE, input, at);
  if (newline !== null) return [readNewline(input, at, newline)];
  const bracketed = matchAt(BRACKETED_MAILTO, input, at);
  if (bracketed !== null) return bracketedMailto(bracketed, at);
  const mailto = matchAt(MAILTO, input, at);
  if (mailto !== null) return [piece('mailto', mailto, at)];
  const word = matchAt(WORD, input, at) ?? first;
  const literal = /@\[IPv6$/i.test(word) ? matchAt(LITERAL_REST, input, at + word.length) : null;
  return [piece('word', word + (literal ?? ''), at)];
}

function readNewline(input: string, at: number, newline: string): Piece {
  let end = at + newline.length;
  const fold = isBlank(input.charCodeAt(end));
  while (isBlank(input.charCodeAt(end))) end += 1;
  return { kind: fold ? 'fold' : 'newline', text: ' ', start: at, end, closed: true };
}

/** A quoted string or a comment. It ends at its mark, else before the line break that is no fold. */
function readEnclosed(input: string, start: number, kind: 'quoted' | 'comment'): Piece {
  let text = '';
  let depth = 1;
  let at = start + 1;
  while (at < input.length) {
    const char = input.charAt(at);
    if (char === (kind === 'quoted' ? '"' : ')')) depth -= 1;
    if (char === '(' && kind === 'comment') depth += 1;
    if (depth === 0) return { kind, text, start, end: at + 1, closed: true };
    const step = stepInside(input, at);
    if (step === null) break;
    text += step.text;
    at = step.next;
  }
  return { kind, text, start, end: at, closed: false };
}

/** One character, escape or fold; null at a line break that is no fold. */
function stepInside(input: string, at: number): { text: string; next: number } | null {
  const char = input.charAt(at);
  if (isBreak(char)) {
    const next = at + (input.startsWith('\r\n', at) ? 2 : 1);
    return isBlank(input.charCodeAt(next)) ? { text: ' ', next: next + 1 } : null;
  }
  const escaped = char === '\\' ? input.charAt(at + 1) : '';
  if (escaped === '' || isBreak(escaped)) return { text: char, next: at + 1 };
  return { text: escaped, next: at + 2 };
}

function isBreak(char: string): boolean {
  return char === '\r' || char === '\n';
}

function bracketedMailto(whole: string, start: number): Piece[] {
  const inside = start + '[mailto:'.length;
  const close = start + whole.length - 1;
  return [
    piece('angle', '<', start),
    { ...piece('mailto', 'mailto:', start + 1), end: inside },
    piece('word', whole.slice('[mailto:'.length, -1), inside),
    piece('angle', '>', close),
  ];
}

function piece(kind: Token['kind'], text: string, start: number): Piece {
  return { kind, text, start, end: start + text.length, closed: true };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function matchAt(pattern: RegExp, input: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(input)?.[0] ?? null;
}
