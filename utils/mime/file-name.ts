/**
 * The name of a file as parameters: RFC 2231 with continuations for readers that know it, and the
 * older `name` of Content-Type, with encoded words in quotes, for those that do not.
 */
import { encodeWords } from './encoded-word.ts';
import { MAX_LINE_CHARS } from './header-line.ts';

/** What every reader takes from a quoted string unchanged: no quote, backslash or percent sign. */
const PLAIN_NAME = /^[\w!#$&()+,\-.;=@[\]^`{}~]+(?: [\w!#$&()+,\-.;=@[\]^`{}~]+)*$/;
const ATTRIBUTE_CHAR = /^[A-Za-z\d.\-_~]$/;
const MAX_TOKEN_CHARS = MAX_LINE_CHARS - ' '.length;

/** `filename` of Content-Disposition (RFC 2183, RFC 2231), one parameter for each section; none for ''. */
export function fileNameParameter(fileName: string): string[] {
  if (fileName === '') return [];
  const plain = `filename="${fileName}"`;
  if (PLAIN_NAME.test(fileName) && plain.length < MAX_TOKEN_CHARS) return [plain];
  const units = Array.from(fileName.toWellFormed(), percentEncode);
  const whole = `filename*=UTF-8''${units.join('')}`;
  if (whole.length < MAX_TOKEN_CHARS) return [whole];
  const sections: string[] = [];
  let section = "filename*0*=UTF-8''";
  for (const unit of units) {
    // One character is kept for the semicolon after it.
    if (section.length + unit.length >= MAX_TOKEN_CHARS) {
      sections.push(section);
      section = `filename*${sections.length}*=`;
    }
    section += unit;
  }
  return [...sections, section];
}

/** `name` of Content-Type as tokens of one parameter, a fold allowed between its encoded words; none for ''. */
export function nameParameter(fileName: string): string[] {
  if (fileName === '') return [];
  const plain = `name="${fileName}"`;
  if (PLAIN_NAME.test(fileName) && plain.length <= MAX_TOKEN_CHARS) return [plain];
  const open = 'name="';
  const words = encodeWords(fileName, MAX_TOKEN_CHARS - open.length - '"'.length);
  return words.map(
    (word, index) => (index === 0 ? open : '') + word + (index === words.length - 1 ? '"' : ''),
  );
}

function percentEncode(char: string): string {
  if (ATTRIBUTE_CHAR.test(char)) return char;
  const bytes = new TextEncoder().encode(char);
  return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
    '',
  );
}
