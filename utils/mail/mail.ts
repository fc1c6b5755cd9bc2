/**
 * Room `mail`: what a person writes, before any provider or byte is thought of.
 *
 * Drafts, mailboxes and contacts, and the one way to read and write addresses (RFC 5322, IDN,
 * groups). It refuses words of providers, and it never repairs an address silently: what it can't
 * read it names. Called by mime, crm, outbox and the compose page.
 */
import type { OTHER_SENDER_KINDS } from '../vocabulary/vocabulary.ts';

export { addressKey, isAddress, sameAddress, wireAddress, type AddressFault } from './address.ts';
export type { ParsedAddressList } from './address-findings.ts';
export { parseAddressList } from './address-list.ts';
export { attachedFileName, fileBytesThatFit, sizeInMessage } from './attached-file.ts';
export type { AddressProblem, AddressProblemReason } from './address-problem.ts';
export {
  draftProblems,
  hasControlCharacter,
  isContentId,
  isMessageId,
  onOneLine,
  type DraftField,
  type DraftProblem,
} from './draft-problems.ts';
export {
  contactSchema,
  draftContentSchema,
  mailboxSchema,
  otherSenderSchema,
} from './draft-schema.ts';
export { EMPTY_CONTENT, isEmptyDraft } from './empty-draft.ts';
export { asHtml, fromHtml } from './html-text.ts';
export { formatMailbox } from './mailbox-text.ts';
export { packPeople, unpackPeople } from './packed-people.ts';
export { mediaTypeOf, SNIFFED_BYTES } from './media-type.ts';
export { isMailLink, readMailLink, type MailLink } from './mail-link.ts';
export { freeFileName, isPicture, pictureMark, withoutPicture, withPictures } from './pictures.ts';

/** One mailbox (RFC 5322 section 3.4). `name` is '' when there is none; `address` is `local@domain`. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** A further address that may stand in From, as the person noted it. `name` is '' for the account's own. */
export interface OtherSender extends Mailbox {
  readonly kind: (typeof OTHER_SENDER_KINDS)[number];
}

/** Somebody found on a page, whom the person may choose to write to. `name` is '' when there is none. */
export interface Contact {
  readonly name: string;
  readonly address: string;
}

/** A file that belongs to a draft. Its bytes lie elsewhere, found by `id`. */
export interface AttachmentReference {
  readonly id: string;
  readonly fileName: string;
  /** Media type without parameters, such as `application/pdf`. */
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Content-ID without angle brackets for a part that the HTML shows; null for a plain attachment. */
  readonly contentId: string | null;
}

/** What this mail answers to, when that is known; null fields are unknown. */
export interface Threading {
  /** Message-ID with its angle brackets. */
  readonly inReplyTo: string | null;
  /** Message-IDs with their angle brackets, oldest first. */
  readonly references: readonly string[];
  /** The provider's own thread id. */
  readonly threadId: string | null;
}

/** What a person writes. */
export interface DraftContent {
  /** The other sender of the account (an alias or a shared mailbox) that stands in From; null for its own address. */
  readonly fromAlias: string | null;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  /** The plain text, lines separated by LF. */
  readonly text: string;
  /** The formatted alternative (`withPictures` makes it of the text); null when the mail is plain text only. */
  readonly html: string | null;
  readonly attachments: readonly AttachmentReference[];
  readonly threading: Threading | null;
}
