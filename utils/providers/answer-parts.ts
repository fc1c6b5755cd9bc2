import { onOneLine } from '../mail/mail.ts';

/** What the answers of all providers have in common. */

const CODE_CHARACTERS = 64;
const WORDS_CHARACTERS = 500;
const NAME_CHARACTERS = 250;

/** The parsed text, or undefined (which no schema takes) when it is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A provider's code as it is stored in clear and shown: visible ASCII, and not much of it. */
export function shownCode(code: string): string {
  return code.replace(/[^\x21-\x7e]/g, '').slice(0, CODE_CHARACTERS);
}

/** A provider's words as they are shown: on one line, and without what turns text around or hides it. */
export function shownWords(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, WORDS_CHARACTERS);
}

/**
 * A person's name as it can stand in From; '' for none. What is no text is no name, and no reason to refuse
 * somebody; one with a control character, or longer than a mail keeps, would stop all their mails.
 */
export function shownName(name: unknown): string {
  return typeof name === 'string' ? onOneLine(name).trim().slice(0, NAME_CHARACTERS) : '';
}
