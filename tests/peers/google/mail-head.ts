import { type Mailbox, readAddressList } from './address-list.ts';

/** One header field as it stands in a message. */
export interface HeadField {
  /** Lower case. */
  readonly name: string;
  /** Unfolded, without the name; UTF-8 read as such. */
  readonly value: string;
  /** The field as it was, line breaks included. */
  readonly raw: string;
}

/** A message cut into head and body. Bytes are kept: `raw` and `body` are latin1 of them. */
export interface SplitMail {
  readonly fields: readonly HeadField[];
  readonly body: Buffer;
}

/**
 * Cuts a message at its first empty line (RFC 5322 section 2.1); bare line feeds are taken as line
 * ends, as Gmail does. Null when it does not begin with a header field.
 */
export function splitMail(bytes: Uint8Array): SplitMail | null {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfHead(all);
  const head = all.toString('latin1', 0, end.head);
  const fields = readFields(head);
  return fields === null || fields.length === 0 ? null : { fields, body: all.subarray(end.body) };
}

function endOfHead(all: Buffer): { readonly head: number; readonly body: number } {
  const crlf = all.indexOf('\r\n\r\n', 0, 'latin1');
  const lf = all.indexOf('\n\n', 0, 'latin1');
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { head: crlf + 2, body: crlf + 4 };
  if (lf >= 0) return { head: lf + 1, body: lf + 2 };
  return { head: all.length, body: all.length };
}

function readFields(head: string): readonly HeadField[] | null {
  // A field goes on over lines that begin with white space (RFC 5322 section 2.2.3).
  const raws = head.match(/[^\n]*(?:\n[ \t][^\n]*)*\n?/g)?.filter((raw) => raw !== '') ?? [];
  const fields: HeadField[] = [];
  for (const raw of raws) {
    const found = /^([!-9;-~]+)[ \t]*:([^]*)$/.exec(raw);
    if (!found) return null;
    const [, name = '', rest = ''] = found;
    const unfolded = rest.replaceAll(/\r?\n(?=[ \t])/g, '').trim();
    const value = Buffer.from(unfolded, 'latin1').toString('utf8');
    fields.push({ name: name.toLowerCase(), value, raw });
  }
  return fields;
}

/** The value of the first field of this name, or null. */
export function fieldOf({ fields }: SplitMail, name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}

/** The mailboxes of all fields of this name, groups opened; null when one of them is no address list. */
export function mailboxesOf({ fields }: SplitMail, name: string): readonly Mailbox[] | null {
  const mailboxes: Mailbox[] = [];
  for (const { value } of fields.filter((field) => field.name === name)) {
    const list = readAddressList(value);
    if (!list) return null;
    mailboxes.push(...list);
  }
  return mailboxes;
}

/** True when the domain has a dot: Gmail refuses `human@f` (FlowCrypt/flowcrypt-browser#1370). */
export function isDeliverable(address: string): boolean {
  const [domain = ''] = address.split('@').slice(-1);
  return /^[^.\s]+(\.[^.\s]+)+$/.test(domain) && !/^\.|\.\.|\.@/.test(address);
}
