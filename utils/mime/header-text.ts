/** Texts, names and addresses as the tokens of a header field (RFC 5322 sections 2.2.1, 3.2.5, 3.4). */
import { wireAddress, type Mailbox } from '../mail/mail.ts';
import { encodeWords } from './encoded-word.ts';
import { firstRoom, MAX_LINE_CHARS } from './header-line.ts';
import { MimeError } from './mime-error.ts';

/** Words of visible ASCII with one space between: the only text that survives folding unchanged. */
const PLAIN_TEXT = /^[!-~]+(?: [!-~]+)*$/;
const ATOMS = /^[\w!#$%&'*+\-/=?^`{|}~]+(?: [\w!#$%&'*+\-/=?^`{|}~]+)*$/;
/** Escapes inside quotes, and white space at their ends, are read differently by different programs. */
const QUOTABLE = /^[!#-[\]-~](?:[ !#-[\]-~]*[!#-[\]-~])?$/;
/** An address that some readers split when it stands without brackets. */
const NEEDS_BRACKETS = /["[]/;
const MAX_QUOTED_CHARS = 60;
const WHOLE_ENCODED_WORD = /=\?[^?\s]+\?[bq]\?[^?\s]*\?=/i;

/**
 * A text such as a subject. What a reader could take for an encoded word, or change by folding, is
 * encoded itself, so that every text comes back as it was.
 */
export function textTokens(name: string, text: string): string[] {
  if (text === '') return [];
  const words = text.split(' ');
  const [first = '', ...rest] = words;
  const foldable =
    first.length <= firstRoom(name) && rest.every((word) => word.length < MAX_LINE_CHARS);
  if (PLAIN_TEXT.test(text) && foldable && !text.includes('=?')) return words;
  return encodeWords(text, firstRoom(name));
}

/** A value that may have a structure of its own: ASCII stays as it is, folded at its spaces. */
export function valueTokens(name: string, value: string): string[] {
  if (/[^ -~]/.test(value) || WHOLE_ENCODED_WORD.test(value)) {
    return encodeWords(value, firstRoom(name));
  }
  return value === '' ? [] : value.split(' ');
}

/**
 * A list of mailboxes. Names that need it are quoted or encoded, domains become A-labels.
 * @throws MimeError `address`, naming the field, for what is none
 */
export function mailboxTokens(
  header: { readonly name: string; readonly field: string },
  list: readonly Mailbox[],
): string[] {
  return list.flatMap((mailbox, index) => {
    const address = wireAddress(mailbox.address);
    if (address === null) throw new MimeError('address', header.field, index);
    const name = phraseTokens(mailbox.name, index === 0 ? firstRoom(header.name) : undefined);
    const comma = index < list.length - 1 ? ',' : '';
    const isBare = name.length === 0 && !NEEDS_BRACKETS.test(address);
    return isBare ? [address + comma] : [...name, `<${address}>${comma}`];
  });
}

/** A display name; none when it is empty or only white space. */
function phraseTokens(name: string, roomChars?: number): string[] {
  if (name.trim() === '') return [];
  const lookalike = name.includes('=?');
  if (!lookalike && ATOMS.test(name) && name.split(' ').every((atom) => atom.length < 75)) {
    return name.split(' ');
  }
  if (!lookalike && name.length <= MAX_QUOTED_CHARS && QUOTABLE.test(name)) return [`"${name}"`];
  return encodeWords(name, roomChars);
}
