import type { Mailbox } from '../google/address-list.ts';

/** A header field beside those that Graph has properties for. */
export interface ExtraHeader {
  readonly name: string;
  readonly value: string;
}

/** A message as Graph's properties have it (api-reference/v1.0/resources/message.md). */
export interface MailFields {
  readonly subject: string;
  readonly body: { readonly contentType: 'text' | 'html'; readonly content: string };
  readonly importance: 'low' | 'normal' | 'high';
  /** Null: the mailbox's own. */
  readonly from: Mailbox | null;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly headers: readonly ExtraHeader[];
}

/** A file of a message. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly isInline: boolean;
  readonly contentId: string | null;
  /** It came inside the MIME, and is sent with it. */
  readonly isInMime: boolean;
  readonly changedAt: number;
}

/** What a message consists of. */
export interface MailContent {
  readonly fields: MailFields;
  /** The MIME as it was given, as long as nothing but files and extended properties was added; null for JSON. */
  readonly mime: Buffer | null;
  readonly attachments: readonly Attachment[];
}

/** A MAPI property by its id, as `SystemTime 0x3FEF` (singlevaluelegacyextendedproperty.md). */
export interface ExtendedProperty {
  readonly id: string;
  readonly value: string;
}

/**
 * The one form in which Exchange keeps an id: `SystemTime 0x000F` is given back as `SystemTime 0xf`, as
 * `String 0x007D` is as `String 0x7d`.
 */
export function normalPropertyId(id: string): string {
  return id.replace(
    /^(\w+)\s+0x0*([0-9a-f]+)$/i,
    (_all, type: string, tag: string) => `${type} 0x${tag.toLowerCase()}`,
  );
}

/** Header fields that can be set as MAPI properties only, by JSON (redaxo/core#6590 for List-Unsubscribe; MS-OXCMAIL for the others). */
const HEADER_PROPERTIES: Readonly<Record<string, string>> = {
  'String 0x1039': 'References',
  'String 0x1042': 'In-Reply-To',
  'String 0x1045': 'List-Unsubscribe',
};

/** The header fields that these properties stand for. */
export function headersFromProperties(
  properties: Iterable<ExtendedProperty>,
): readonly ExtraHeader[] {
  return [...properties].flatMap(({ id, value }) => {
    const name = HEADER_PROPERTIES[id];
    return name === undefined ? [] : [{ name, value }];
  });
}

/** PidTagDeferredSendTime, the one that counts, and PidTagDeferredDeliveryTime (connectonion#1221 sets both, tried live). */
const DEFERRAL_IDS = ['SystemTime 0x3fef', 'SystemTime 0xf'];

/**
 * When a message is to go, or null when at once. "If [the] value is earlier than the current time (in UTC), the
 * message is sent immediately" (PidTagDeferredSendTime canonical property).
 */
export function deferredUntil(
  properties: ReadonlyMap<string, ExtendedProperty>,
  now: number,
): number | null {
  for (const id of DEFERRAL_IDS) {
    const at = Date.parse(properties.get(id)?.value ?? '');
    if (!Number.isNaN(at)) return at > now ? at : null;
  }
  return null;
}

/** False for a time property whose value is no time. */
export function isPropertySound({ id, value }: ExtendedProperty): boolean {
  return !id.startsWith('SystemTime ') || !Number.isNaN(Date.parse(value));
}
