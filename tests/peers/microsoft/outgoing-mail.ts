import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { Mailbox } from '../google/address-list.ts';
import {
  fieldOf,
  isDeliverable,
  mailboxesOf,
  splitMail,
  type SplitMail,
} from '../google/mail-head.ts';
import type { Attachment, ExtraHeader, MailContent } from './mail-content.ts';
import { filled, joined, markOf, type OutgoingBytes } from './outgoing-bytes.ts';

/** A message that may go: who gets it and what they get. */
export interface OutgoingMail {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly delivered: OutgoingBytes;
}

/** Who it comes from: the address in From, and the mailbox that submits it where that is another. */
export interface Sender {
  readonly from: Mailbox;
  readonly submitter: Mailbox;
}

/** What is put into a message on its way. */
export interface Stamps {
  readonly messageId: string;
  /** For `Received`, and for `Date` where there is none. */
  readonly at: number;
}

/** The addresses it goes to, each once, in lower case; the first bad one instead when there is any. */
export function recipientsOf({
  mime,
  fields,
}: MailContent): { readonly addresses: readonly string[] } | { readonly bad: string | null } {
  const split = mime && splitMail(mime);
  const lists = split
    ? ['to', 'cc', 'bcc'].map((name) => mailboxesOf(split, name) ?? [])
    : [fields.to, fields.cc, fields.bcc];
  const addresses = lists.flat().map(({ address }) => address.toLowerCase());
  const bad = addresses.find((address) => !/^[^@\s]+@/.test(address) || !isDeliverable(address));
  if (bad !== undefined) return { bad };
  return addresses.length === 0 ? { bad: null } : { addresses: [...new Set(addresses)] };
}

/** The bytes that recipients get. */
export async function outgoingBytes(
  content: MailContent,
  sender: Sender,
  stamps: Stamps & { readonly headers: readonly ExtraHeader[] },
): Promise<OutgoingBytes> {
  const split = content.mime && splitMail(content.mime);
  return split
    ? fromMime(split, content, { sender, stamps })
    : await fromFields(content, sender, stamps);
}

/**
 * MIME is copied "more or less intact" (outlook-things-to-know-about-send-mail.md): Bcc gone, From the mailbox's own
 * (PROVIDERS.md B2), Message-ID as stamped, Auto-Submitted stripped (msgraph-sdk-dotnet#2209). Files that were added
 * to the draft later go behind it.
 */
function fromMime(
  split: SplitMail,
  { attachments }: MailContent,
  { sender, stamps }: { readonly sender: Sender; readonly stamps: Stamps },
): OutgoingBytes {
  const added = attachments.filter(({ isInMime }) => !isInMime);
  const isContent = (name: string): boolean => name.startsWith('content-');
  const dropped = new Set(['bcc', 'from', 'sender', 'message-id', 'return-path', 'auto-submitted']);
  const kept = split.fields.filter(({ name }) => !dropped.has(name));
  const head = [
    received(stamps),
    `From: ${formatted(sender.from)}\r\n`,
    ...kept
      .filter(({ name }) => added.length === 0 || !isContent(name))
      .map(({ raw }) => asLine(raw)),
    ...(fieldOf(split, 'date') === null ? [`Date: ${dateOf(stamps.at)}\r\n`] : []),
    ...(fieldOf(split, 'mime-version') === null ? ['MIME-Version: 1.0\r\n'] : []),
    `Message-ID: ${stamps.messageId}\r\n`,
  ].join('');
  const body = withCrlf(split.body);
  if (added.length === 0) return joined([Buffer.from(`${head}\r\n`, 'latin1'), body]);
  const contentHead = kept
    .filter(({ name }) => isContent(name))
    .map(({ raw }) => asLine(raw))
    .join('');
  return wrapped({ head, contentHead, body }, added);
}

/** The message as first part of a multipart/mixed (RFC 2046 section 5.1.3), the files behind it. */
function wrapped(
  inner: { readonly head: string; readonly contentHead: string; readonly body: Buffer },
  added: readonly Attachment[],
): OutgoingBytes {
  const boundary = `_004_${'peer'.repeat(6)}_`;
  const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
  const parts = added.flatMap((file) => [
    bytes(`\r\n--${boundary}\r\n${partHead(file)}Content-Transfer-Encoding: base64\r\n\r\n`),
    file,
  ]);
  return joined([
    bytes(
      `${inner.head}Content-Type: multipart/mixed;\r\n\tboundary="${boundary}"\r\n\r\n--${boundary}\r\n${inner.contentHead}\r\n`,
    ),
    inner.body,
    ...parts,
    bytes(`\r\n--${boundary}--\r\n`),
  ]);
}

function partHead({ name, contentType, isInline, contentId }: Attachment): string {
  const ascii = /^[ -~]*$/.test(name);
  // RFC 2231 section 4 for names in other scripts.
  const named = (parameter: string): string =>
    ascii ? `${parameter}=${quoted(name)}` : `${parameter}*=UTF-8''${encodeURIComponent(name)}`;
  return [
    `Content-Type: ${contentType};\r\n\t${named('name')}\r\n`,
    `Content-Disposition: ${isInline ? 'inline' : 'attachment'};\r\n\t${named('filename')}\r\n`,
    ...(contentId === null ? [] : [`Content-ID: <${contentId}>\r\n`]),
  ].join('');
}

async function fromFields(
  { fields, attachments }: MailContent,
  { from, submitter }: Sender,
  stamps: Stamps & { readonly headers: readonly ExtraHeader[] },
): Promise<OutgoingBytes> {
  const headers = [...fields.headers, ...stamps.headers].map(({ name, value }) => ({
    key: name,
    value,
  }));
  const onBehalf = from.address.toLowerCase() !== submitter.address.toLowerCase();
  const { contentType, content } = fields.body;
  const composed = new MailComposer({
    from,
    ...(onBehalf && { sender: submitter }),
    to: [...fields.to],
    cc: [...fields.cc],
    replyTo: [...fields.replyTo],
    subject: fields.subject,
    ...(contentType === 'html' ? { html: content } : { text: content }),
    priority: fields.importance,
    headers,
    messageId: stamps.messageId,
    date: new Date(stamps.at),
    attachments: attachments.map((file) => ({
      filename: file.name,
      contentType: file.contentType,
      content: markOf(file),
      contentTransferEncoding: 'base64' as const,
      ...(file.contentId !== null && { cid: file.contentId }),
      contentDisposition: file.isInline ? ('inline' as const) : ('attachment' as const),
    })),
  });
  const built = withCrlf(await composed.compile().build());
  return filled(Buffer.concat([Buffer.from(received(stamps), 'latin1'), built]), attachments);
}

function received({ at }: Stamps): string {
  return `Received: from PEER.eurprd05.prod.outlook.com by PEER.eurprd05.prod.outlook.com with MAPI; ${dateOf(at)}\r\n`;
}

function dateOf(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

function formatted({ name, address }: Mailbox): string {
  if (name === '') return address;
  if (/^[ -~]*$/.test(name)) return `${quoted(name)} <${address}>`;
  return `=?UTF-8?B?${Buffer.from(name).toString('base64')}?= <${address}>`;
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

function asLine(raw: string): string {
  return `${raw.replaceAll(/\r?\n/g, '\r\n').replace(/(\r\n)?$/, '')}\r\n`;
}

/** Sent by SMTP, where a line ends with CRLF (RFC 5321 section 2.3.8). */
function withCrlf(body: Buffer): Buffer {
  let bare = body.indexOf(0x0a);
  while (bare > 0 && body[bare - 1] === 0x0d) bare = body.indexOf(0x0a, bare + 1);
  if (bare < 0) return body;
  return Buffer.from(body.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1');
}
