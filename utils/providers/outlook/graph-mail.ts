import { wireAddress, type AttachmentReference, type Mailbox } from '../../mail/mail.ts';
import type { MessageInput } from '../../mime/mime.ts';
import type { EpochMs } from '../../platform/platform.ts';
import { err, ok, type Result } from '../../result/result.ts';

/** A mail in Graph's properties (https://learn.microsoft.com/graph/api/resources/message). */
export type GraphMail = Readonly<Record<string, unknown>>;

/** A header that Graph has neither a property nor a place for. */
export interface Inexpressible {
  readonly header: string;
}

/** Fields of a mail that are not in its draft. */
export interface MailExtras {
  /** Null for the mailbox's own. */
  readonly from: Mailbox | null;
  /** When the server is to send it; null for at once. */
  readonly sendAt: EpochMs | null;
  /** Whether headers may be written as MAPI properties. */
  readonly properties: boolean;
  readonly files: readonly GraphMail[];
}

/** At most this many headers of one's own, each beginning with `x-`. */
const MOST_HEADERS = 5;
/** Headers that Exchange makes of these MAPI properties (MS-OXCMAIL 2.1.3). */
const PROPERTIES: Readonly<Record<string, string>> = {
  'in-reply-to': 'String 0x1042',
  references: 'String 0x1039',
  'list-unsubscribe': 'String 0x1045',
};
/** PidTagDeferredSendTime, and PidTagDeferredDeliveryTime beside it as Outlook itself sets both. */
const DEFERRAL = ['SystemTime 0x3FEF', 'SystemTime 0x000F'] as const;

/** Writes a mail in Graph's properties, or names the first header for which there is no way. */
export function graphMail(
  parts: MessageInput,
  extras: MailExtras,
): Result<GraphMail, Inexpressible> {
  const headers = headersOf(parts);
  const own = headers.filter(({ name }) => /^x-/i.test(name));
  const others = headers.filter(({ name }) => !/^x-/i.test(name));
  const wrong = extras.properties
    ? others.find(({ name }) => !Object.hasOwn(PROPERTIES, name.toLowerCase()))
    : others[0];
  if (wrong) return err({ header: wrong.name });
  const tooMany = own[MOST_HEADERS];
  if (tooMany) return err({ header: tooMany.name });
  const properties = [
    ...others.map(({ name, value }) => ({ id: PROPERTIES[name.toLowerCase()], value })),
    ...(extras.sendAt === null ? [] : deferral(extras.sendAt)),
  ];
  const { content, fixed } = parts;
  return ok({
    internetMessageId: fixed.messageId,
    subject: content.subject,
    body:
      content.html === null
        ? { contentType: 'text', content: content.text }
        : { contentType: 'html', content: content.html },
    ...(extras.from && { from: recipient(extras.from) }),
    toRecipients: content.to.map(recipient),
    ccRecipients: content.cc.map(recipient),
    bccRecipients: content.bcc.map(recipient),
    ...(content.replyTo.length > 0 && { replyTo: content.replyTo.map(recipient) }),
    // Graph refuses an empty list of either.
    ...(own.length > 0 && { internetMessageHeaders: own }),
    ...(properties.length > 0 && { singleValueExtendedProperties: properties }),
    ...(extras.files.length > 0 && { attachments: extras.files }),
  });
}

/** A file in Graph's properties, without its bytes. */
export function graphFile(
  { fileName, mediaType, contentId }: AttachmentReference,
  html: string | null,
): GraphMail & { readonly name: string } {
  const isInline = contentId !== null && html !== null;
  return {
    name: fileName === '' ? 'file' : fileName,
    contentType: mediaType === '' ? 'application/octet-stream' : mediaType,
    isInline,
    ...(contentId !== null && { contentId }),
  };
}

function headersOf({
  content: { threading },
  extraHeaders = [],
}: MessageInput): readonly { readonly name: string; readonly value: string }[] {
  const inReplyTo = threading?.inReplyTo ?? null;
  const references = threading?.references ?? [];
  return [
    ...(inReplyTo === null ? [] : [{ name: 'In-Reply-To', value: inReplyTo }]),
    ...(references.length === 0 ? [] : [{ name: 'References', value: references.join(' ') }]),
    ...extraHeaders.map(({ name, value }) => ({ name, value })),
  ];
}

function deferral(sendAt: EpochMs): readonly { readonly id: string; readonly value: string }[] {
  return DEFERRAL.map((id) => ({ id, value: new Date(sendAt).toISOString() }));
}

function recipient({ name, address }: Mailbox): GraphMail {
  const wire = wireAddress(address) ?? address;
  return { emailAddress: { address: wire, ...(name !== '' && { name }) } };
}
