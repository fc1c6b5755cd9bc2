import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import type { Mailbox } from '../google/address-list.ts';
import { mailboxesOf, type SplitMail, splitMail } from '../google/mail-head.ts';
import { badBase64, badMail, badRecipient, type GraphError } from './graph-errors.ts';
import type { Attachment, ExtraHeader, MailContent, MailFields } from './mail-content.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';

/**
 * Reads a body of type text/plain: base64 of a MIME message, line breaks allowed (user-sendmail.md, example 4).
 * Exchange parses it and copies what it finds to properties (outlook-things-to-know-about-send-mail.md, step 1).
 */
export async function readMimeBody(
  body: Buffer,
  parts: { readonly ids: MicrosoftIds; readonly now: number },
): Promise<{ readonly content: MailContent } | { readonly refused: GraphError }> {
  const mime = fromBase64(body.toString('latin1'));
  if (!mime) return { refused: badBase64() };
  const split = splitMail(mime);
  if (!split)
    return { refused: badMail('ErrorMimeContentInvalid', 'The MIME content is invalid.') };
  for (const name of ['to', 'cc', 'bcc']) {
    if (!mailboxesOf(split, name)) return { refused: badRecipient(name) };
  }
  const parsed = await simpleParser(inLongLines(mime), {
    keepCidLinks: true,
    skipTextToHtml: true,
  });
  const attachments = parsed.attachments.map((each): Attachment => ({
    id: parts.ids.item(),
    name: each.filename ?? 'attachment',
    contentType: each.contentType,
    bytes: each.content,
    isInline: each.contentDisposition === 'inline',
    contentId: each.cid ?? null,
    isInMime: true,
    changedAt: parts.now,
  }));
  return { content: { fields: fieldsOfMime(split, parsed), mime, attachments } };
}

/**
 * mailparser takes a turn of the event loop for each line. Where there is nothing but full lines of
 * base64, it is given one line instead of hundreds, which says the same (RFC 2045 section 6.8).
 */
function inLongLines(mime: Buffer): Buffer {
  const short = /^(?:[A-Za-z0-9+/]{76}\r\n){64,}/gm;
  const text = mime.toString('latin1').replaceAll(short, (run) => run.replaceAll('\r\n', ''));
  return text.length === mime.length ? mime : Buffer.from(text, 'latin1');
}

/** Null when it is none. Most of it is written as it would be written back, which is the quickest to see. */
function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length > 0 && bytes.toString('base64') === text) return bytes;
  const bare = text.replaceAll(/\s/g, '');
  return bare.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(bare) ? bytes : null;
}

function fieldsOfMime(split: SplitMail, parsed: ParsedMail): MailFields {
  const html = typeof parsed.html === 'string';
  return {
    subject: parsed.subject ?? '',
    body: {
      contentType: html ? 'html' : 'text',
      content: html ? String(parsed.html) : (parsed.text ?? ''),
    },
    importance: parsed.priority ?? 'normal',
    from: flat(parsed.from)[0] ?? null,
    to: flat(parsed.to),
    cc: flat(parsed.cc),
    bcc: flat(parsed.bcc),
    replyTo: flat(parsed.replyTo),
    headers: keptHeaders(split),
  };
}

function flat(list: AddressObject | AddressObject[] | undefined): readonly Mailbox[] {
  const objects = list === undefined ? [] : Array.isArray(list) ? list : [list];
  return objects
    .flatMap(({ value }) => value)
    .flatMap((each) => each.group ?? [each])
    .map(({ name, address }) => ({ name, address: address ?? '' }));
}

/** Fields that live on when a message is taken apart: those of threads and lists, and the x- ones. */
function keptHeaders({ fields }: SplitMail): readonly ExtraHeader[] {
  return fields
    .filter(({ name }) => /^(x-|in-reply-to$|references$|list-|precedence$)/.test(name))
    .map(({ raw, value }) => ({ name: raw.slice(0, raw.indexOf(':')), value }));
}
