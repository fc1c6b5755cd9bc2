/** mailto links (RFC 6068), which any web page may write as it likes. */
import type { AddressProblem } from './address-problem.ts';
import { MAX_LIST_CHARS, parseAddressList } from './address-list.ts';
import { hasControlCharacter, isMessageId } from './draft-problems.ts';
import type { DraftContent, Mailbox } from './mail.ts';
import { percentDecode } from './percent-decode.ts';

/**
 * What a link asks for: fields of a draft, and what of the link they leave out. A field that the
 * link does not name is absent, so that the rest of a draft stays as it is.
 */
export interface MailtoDraft extends Partial<
  Pick<DraftContent, 'cc' | 'bcc' | 'subject' | 'text' | 'threading'>
> {
  readonly to: readonly Mailbox[];
  /** Addresses that were not understood; offsets are those of the decoded list each stood in. */
  readonly problems: readonly AddressProblem[];
  /** Headers (lower case) that were not taken: unsafe ones, repeated ones, and any with control characters. */
  readonly dropped: readonly string[];
}

type Fields = { -readonly [K in keyof MailtoDraft]: MailtoDraft[K] };

/**
 * Reads a mailto link. Takes `to`, `cc`, `bcc`, `subject`, `body` and `in-reply-to`; everything else
 * (`from`, `attach` …) is unsafe (RFC 6068 section 7) and only named in `dropped`. Null when the
 * text is no mailto link or is longer than a list of addresses may be. Never throws.
 */
export function parseMailto(uri: string): MailtoDraft | null {
  const link = /^\s*mailto:([^?#]*)(?:\?([^#]*))?/i.exec(uri.slice(0, MAX_LIST_CHARS));
  if (!link || uri.length > MAX_LIST_CHARS) return null;
  const problems: AddressProblem[] = [];
  const dropped: string[] = [];
  const read = (list: string): readonly Mailbox[] => {
    const parsed = parseAddressList(percentDecode(list));
    problems.push(...parsed.problems);
    return parsed.mailboxes;
  };
  const fields: Fields = { to: read((link[1] ?? '').trimEnd()), problems, dropped };
  for (const { name, value } of headersOf(link[2] ?? '')) {
    const taken =
      name === 'to' || name === 'cc' || name === 'bcc'
        ? addMailboxes(fields, name, read(value))
        : setText(fields, name, percentDecode(value));
    if (!taken) dropped.push(name);
  }
  return fields;
}

function headersOf(query: string): { name: string; value: string }[] {
  return query
    .split('&')
    .filter((header) => header !== '')
    .map((header) => {
      const equals = header.indexOf('=');
      const name = equals < 0 ? header : header.slice(0, equals);
      return {
        name: percentDecode(name).toLowerCase(),
        value: equals < 0 ? '' : header.slice(equals + 1),
      };
    });
}

function addMailboxes(
  fields: Fields,
  name: 'to' | 'cc' | 'bcc',
  mailboxes: readonly Mailbox[],
): boolean {
  fields[name] = [...(fields[name] ?? []), ...mailboxes];
  return true;
}

/** Puts a value into its field; false when the field is unknown, taken already, or can't hold it. */
function setText(fields: Fields, name: string, value: string): boolean {
  if (name === 'body') {
    if (fields.text !== undefined) return false;
    fields.text = value.replace(/\r\n?/g, '\n');
    return true;
  }
  if (hasControlCharacter(value)) return false;
  if (name === 'subject' && fields.subject === undefined) {
    fields.subject = value;
    return true;
  }
  if (name === 'in-reply-to' && fields.threading === undefined && isMessageId(value.trim())) {
    const id = value.trim();
    fields.threading = { inReplyTo: id, references: [id], threadId: null };
    return true;
  }
  return false;
}
