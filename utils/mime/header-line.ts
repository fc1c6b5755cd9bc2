/** Header fields as folded lines (RFC 5322 section 2.2.3). */
import { MimeError } from './mime-error.ts';

/** What a header line holds at most: 78 is the rule, 76 where an encoded word stands on it (RFC 2047 section 2). */
export const MAX_LINE_CHARS = 76;
const HARD_LIMIT_CHARS = 998;

/** What the first line of a field holds beside its name. */
export function firstRoom(name: string): number {
  return MAX_LINE_CHARS - name.length - ': '.length;
}

/**
 * One header field with its CRLF. The tokens are set apart by one space each, and a line may be
 * folded at any of these, never inside a token.
 * @throws MimeError `header-too-long` for a token that no line holds
 */
export function headerLine(name: string, tokens: readonly string[]): string {
  const lines: string[] = [];
  let line = `${name}:`;
  for (const token of tokens) {
    const fits = line.length + 1 + token.length <= MAX_LINE_CHARS;
    // A line with nothing but white space would end the header for some readers.
    const alone = lines.length === 0 && line.length === name.length + 1;
    const gains = !alone || 1 + token.length <= MAX_LINE_CHARS;
    if (fits || token === '' || !gains) {
      line += ` ${token}`;
    } else {
      lines.push(line);
      line = ` ${token}`;
    }
  }
  lines.push(line);
  if (lines.some((whole) => whole.length > HARD_LIMIT_CHARS)) {
    throw new MimeError('header-too-long', name);
  }
  return `${lines.join('\r\n')}\r\n`;
}
