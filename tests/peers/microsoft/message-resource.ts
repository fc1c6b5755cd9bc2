import type { Mailbox } from '../google/address-list.ts';
import type { Attachment } from './mail-content.ts';
import { normalPropertyId } from './mail-content.ts';
import type { StoredMessage } from './mailbox.ts';
import { primaryAddress } from './microsoft-options.ts';

/** How a client wants to see things. */
export interface View {
  /** `Prefer: IdType="ImmutableId"` (outlook-immutable-id.md). */
  readonly immutable: boolean;
  readonly query: URLSearchParams;
}

type Json = Readonly<Record<string, unknown>>;

/** A message as Graph shows it (api-reference/v1.0/resources/message.md), with $select and $expand applied. */
export function messageResource(message: StoredMessage, view: View): Json {
  const { fields } = message.content;
  const own = { name: message.account.name, address: primaryAddress(message.account) };
  const { content } = fields.body;
  const all: Json = {
    '@odata.etag': `W/"${message.changeKey}"`,
    id: view.immutable ? message.immutableId : message.id,
    createdDateTime: dateTime(message.createdAt),
    lastModifiedDateTime: dateTime(message.changedAt),
    changeKey: message.changeKey,
    categories: message.categories,
    receivedDateTime: dateTime(message.sentAt ?? message.createdAt),
    sentDateTime: dateTime(message.sentAt ?? message.createdAt),
    // Inline files do not count (message.md, hasAttachments).
    hasAttachments: message.content.attachments.some(({ isInline }) => !isInline),
    internetMessageId: message.messageId,
    subject: fields.subject,
    bodyPreview: content
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
      .slice(0, 255),
    importance: fields.importance,
    parentFolderId: folderId(message),
    conversationId: message.conversationId,
    isDeliveryReceiptRequested: false,
    isReadReceiptRequested: false,
    isRead: message.isRead,
    isDraft: message.isDraft,
    webLink: `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(message.id)}&exvsurl=1&viewmodel=ReadMessageItem`,
    inferenceClassification: 'focused',
    body: fields.body,
    sender: recipient(own),
    from: recipient(fields.from ?? own),
    toRecipients: fields.to.map(recipient),
    ccRecipients: fields.cc.map(recipient),
    bccRecipients: fields.bcc.map(recipient),
    replyTo: fields.replyTo.map(recipient),
    flag: { flagStatus: 'notFlagged' },
  };
  const named = { ...all, internetMessageHeaders: fields.headers };
  return { ...selected(all, named, view), ...expanded(message, view) };
}

/** A file as Graph shows it (api-reference/v1.0/resources/fileattachment.md). */
export function attachmentResource(attachment: Attachment, view: View): Json {
  const all: Json = {
    '@odata.type': '#microsoft.graph.fileAttachment',
    '@odata.mediaContentType': attachment.contentType,
    id: attachment.id,
    lastModifiedDateTime: dateTime(attachment.changedAt),
    name: attachment.name,
    contentType: attachment.contentType,
    // Exchange counts what it stores, a little more than the bytes (outlook-large-attachments.md: 3640066 for 3483322).
    size: attachment.bytes.length + 200,
    isInline: attachment.isInline,
    contentId: attachment.contentId,
    contentLocation: null,
  };
  const whole = {
    ...all,
    // Written out only where it is shown: most who list files leave their bytes out.
    get contentBytes() {
      return attachment.bytes.toString('base64');
    },
  };
  return selected(whole, whole, view);
}

/** Wrapped with its context, as Graph gives a single thing. */
export function withContext(path: string, resource: Json): Json {
  return { '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#${path}`, ...resource };
}

/** What $select leaves; the id is always there. `named` is what may be selected by name only. */
function selected(all: Json, named: Json, { query }: View): Json {
  const wish = query.get('$select');
  if (wish === null) return all;
  const names = wish.split(',').map((name) => name.trim());
  const always = ['@odata.etag', '@odata.type', 'id'];
  const kept = Object.keys(named).filter((name) => names.includes(name) || always.includes(name));
  return Object.fromEntries(kept.map((name) => [name, named[name]]));
}

/** $expand of extended properties (singlevaluelegacyextendedproperty-get.md) and of attachments. */
function expanded(message: StoredMessage, view: View): Json {
  const wish = view.query.get('$expand') ?? '';
  const filter = /singleValueExtendedProperties\(\$filter=([^)]*)\)/i.exec(wish)?.[1];
  const ids = [...(filter ?? '').matchAll(/id eq '([^']+)'/gi)].map(([, id = '']) =>
    normalPropertyId(id),
  );
  const found = ids.flatMap((id) => message.properties.get(id) ?? []);
  const plain = { ...view, query: new URLSearchParams() };
  return {
    ...(found.length > 0 && { singleValueExtendedProperties: found }),
    ...(/\battachments\b/.test(wish) && {
      attachments: message.content.attachments.map((each) => attachmentResource(each, plain)),
    }),
  };
}

/** Lasting for a folder, different for each mailbox. */
function folderId({ account, folder }: StoredMessage): string {
  return `AQMkAD${Buffer.from(`${account.id} ${folder}`).toString('base64url')}AAAA=`;
}

function recipient({ name, address }: Mailbox): Json {
  return { emailAddress: { name: name === '' ? address : name, address } };
}

function dateTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z/, 'Z');
}
