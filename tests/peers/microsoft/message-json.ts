import * as z from 'zod/mini';
import type { Mailbox } from '../google/address-list.ts';
import { badBody, badMail, type GraphError } from './graph-errors.ts';
import {
  type ExtendedProperty,
  isPropertySound,
  type MailFields,
  normalPropertyId,
} from './mail-content.ts';

/**
 * What Graph takes as a message, as far as it is played (api-reference/v1.0/resources/message.md). Like Graph, a
 * property that is not in the type is refused.
 */

const annotation = z.optional(z.string());
const recipient = z.strictObject({
  '@odata.type': annotation,
  emailAddress: z.strictObject({
    '@odata.type': annotation,
    address: z.optional(z.nullable(z.string())),
    name: z.optional(z.nullable(z.string())),
  }),
});
const recipients = z.optional(z.array(recipient));

const attachment = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.fileAttachment'),
  name: z.string(),
  contentType: z.optional(z.nullable(z.string())),
  contentBytes: z.base64(),
  contentId: z.optional(z.nullable(z.string())),
  isInline: z.optional(z.boolean()),
  size: z.optional(z.number()),
});

const message = z.strictObject({
  '@odata.type': annotation,
  '@odata.context': annotation,
  '@odata.etag': annotation,
  subject: z.optional(z.nullable(z.string())),
  body: z.optional(
    z.strictObject({
      '@odata.type': annotation,
      contentType: z.optional(z.string()),
      content: z.string(),
    }),
  ),
  importance: z.optional(z.string()),
  from: z.optional(z.nullable(recipient)),
  sender: z.optional(z.nullable(recipient)),
  toRecipients: recipients,
  ccRecipients: recipients,
  bccRecipients: recipients,
  replyTo: recipients,
  internetMessageHeaders: z.optional(
    z.array(z.strictObject({ name: z.string(), value: z.string() })),
  ),
  internetMessageId: z.optional(z.string()),
  attachments: z.optional(z.array(attachment)),
  singleValueExtendedProperties: z.optional(
    z.array(z.strictObject({ id: z.string(), value: z.string() })),
  ),
  isReadReceiptRequested: z.optional(z.boolean()),
  isDeliveryReceiptRequested: z.optional(z.boolean()),
  isRead: z.optional(z.boolean()),
  categories: z.optional(z.array(z.string())),
});

const sending = z.strictObject({
  message,
  // The documentation's own first example sends the string "false".
  saveToSentItems: z.optional(z.union([z.boolean(), z.stringbool()])),
});

const session = z.strictObject({
  AttachmentItem: z.strictObject({
    '@odata.type': annotation,
    attachmentType: z.enum(['file', 'File']),
    name: z.string(),
    size: z.int(),
    contentType: z.optional(z.string()),
    isInline: z.optional(z.boolean()),
    contentId: z.optional(z.string()),
  }),
});

/** A message as it came. What is absent was not given: a PATCH leaves that alone. */
export type GivenMessage = z.infer<typeof message>;
/** A file as it came. */
export type GivenAttachment = z.infer<typeof attachment>;
/** What an upload session is wanted for. */
export type GivenAttachmentItem = z.infer<typeof session>['AttachmentItem'];

/** The parsed body, or Graph's refusal. */
export type Parsed<T> = { readonly value: T } | { readonly refused: GraphError };

/** The body of POST and PATCH /me/messages. */
export const parseMessage = (body: Buffer): Parsed<GivenMessage> =>
  checked(parse(message, body), ({ value }) => value);
/** The body of POST /me/sendMail. */
export const parseSending = (body: Buffer): Parsed<z.infer<typeof sending>> =>
  checked(parse(sending, body), ({ value }) => value.message);
/** The body of POST …/attachments. */
export const parseAttachment = (body: Buffer): Parsed<GivenAttachment> => parse(attachment, body);
/** The body of POST …/attachments/createUploadSession. */
export const parseAttachmentItem = (body: Buffer): Parsed<z.infer<typeof session>> =>
  parse(session, body);

function parse<T>(schema: z.ZodMiniType<T>, body: Buffer): Parsed<T> {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return {
      refused: badBody(
        'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
      ),
    };
  }
  const read = schema.safeParse(json);
  if (read.success) return { value: read.data };
  return {
    refused: badBody(
      read.error.issues.map(({ path, message: text }) => `${path.join('.')}: ${text}`).join('; '),
    ),
  };
}

function checked<T>(
  read: Parsed<T>,
  messageOf: (found: { readonly value: T }) => GivenMessage,
): Parsed<T> {
  if ('refused' in read) return read;
  const { internetMessageHeaders: headers, singleValueExtendedProperties: properties = [] } =
    messageOf(read);
  const refused = headers ? headerComplaint(headers) : null;
  if (refused) return { refused };
  if (!propertiesOf(properties).every(isPropertySound)) {
    return {
      refused: badMail(
        'ErrorInvalidPropertyRequest',
        'The property value is not valid for its type.',
      ),
    };
  }
  return read;
}

/**
 * PROVIDERS.md B2: names start with x-, five at most. The words are live ones (terminal42/contao-notification_center#436,
 * freescout-mail365#7); an empty list is refused too (msgraph-sdk-dotnet#2208).
 */
function headerComplaint(headers: readonly { readonly name: string }[]): GraphError | null {
  if (headers.length === 0 || headers.length > 5) {
    return badMail(
      'InvalidInternetMessageHeaderCollection',
      'Maximum number of headers in one message should be less than or equal to 5.',
    );
  }
  const wrong = headers.find(({ name }) => !/^x-/i.test(name));
  if (!wrong) return null;
  return badMail(
    'InvalidInternetMessageHeader',
    `The internet message header name '${wrong.name}' should start with 'x-' or 'X-'.`,
  );
}

/** The properties with their ids in Exchange's form. */
export function propertiesOf(
  given: GivenMessage['singleValueExtendedProperties'],
): readonly ExtendedProperty[] {
  return (given ?? []).map(({ id, value }) => ({ id: normalPropertyId(id), value }));
}

/** The fields of a message, on top of those that it had. */
export function fieldsOf(given: GivenMessage, before: MailFields = NOTHING): MailFields {
  const { body } = given;
  return {
    subject: given.subject ?? before.subject,
    body: body
      ? {
          contentType: /^html$/i.test(body.contentType ?? 'text') ? 'html' : 'text',
          content: body.content,
        }
      : before.body,
    importance: importanceOf(given.importance) ?? before.importance,
    from: given.from === undefined ? before.from : given.from && mailboxOf(given.from),
    to: given.toRecipients?.map(mailboxOf) ?? before.to,
    cc: given.ccRecipients?.map(mailboxOf) ?? before.cc,
    bcc: given.bccRecipients?.map(mailboxOf) ?? before.bcc,
    replyTo: given.replyTo?.map(mailboxOf) ?? before.replyTo,
    headers: given.internetMessageHeaders ?? before.headers,
  };
}

const NOTHING: MailFields = {
  subject: '',
  body: { contentType: 'text', content: '' },
  importance: 'normal',
  from: null,
  to: [],
  cc: [],
  bcc: [],
  replyTo: [],
  headers: [],
};

function mailboxOf({ emailAddress: { name, address } }: z.infer<typeof recipient>): Mailbox {
  return { name: name ?? '', address: address ?? '' };
}

function importanceOf(given: string | undefined): MailFields['importance'] | null {
  const wanted = given?.toLowerCase();
  return wanted === 'low' || wanted === 'high' || wanted === 'normal' ? wanted : null;
}
