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
  const text = body.toString('latin1').replaceAll(/\s/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    return { refused: badBase64() };
  const mime = Buffer.from(text, 'base64');
  const split = splitMail(mime);
  if (!split)
    return { refused: badMail('ErrorMimeContentInvalid', 'The MIME content is invalid.') };
  for (const name of ['to', 'cc', 'bcc']) {
    if (!mailboxesOf(split, name)) return { refused: badRecipient(name) };
  }
  const parsed = await simpleParser(mime, { keepCidLinks: true, skipTextToHtml: true });
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
