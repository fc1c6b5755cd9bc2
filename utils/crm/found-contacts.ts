import type { Mailbox } from '../mail/mail.ts';
import type { Doubt } from '../vocabulary/vocabulary.ts';

export type { Doubt };

/** How a contact was found. The order is how much each is worth when an address was found in several ways. */
export const SOURCES = [
  /** The person had selected it. */
  'selection',
  /** A reader that was written for this CRM knows that this is a contact. */
  'record',
  /** A mailto link (RFC 6068). */
  'link',
  /** An input, or a text that a label calls an e-mail address. */
  'field',
  /** JSON-LD, microdata, RDFa, h-card or vCard: the page says what it is. */
  'structured',
  /** A tooltip or another attribute, such as the whole of a text that is cut off on the screen. */
  'title',
  /** Text anywhere on the page. */
  'text',
] as const;

/** One of the ways to find a contact. */
export type Source = (typeof SOURCES)[number];

/** What the contact has to do with the click: it was clicked, its row or card was, or it is merely on the page. */
export const RELATIONS = ['clicked', 'beside', 'page'] as const;

/** One of the ways in which a contact can belong to the click. */
export type Relation = (typeof RELATIONS)[number];

/** Somebody found on a page. */
export interface FoundContact extends Mailbox {
  readonly source: Source;
  readonly relation: Relation;
  /** Empty for nearly all. */
  readonly doubts: readonly Doubt[];
}

/** What the click itself says of the mail to be written. Everything in it is shown before it is sent, Bcc too. */
export interface Prefill {
  /** Whom the click was about; empty when the person has to choose from the contacts. */
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
  readonly subject: string;
  /** Plain text, lines separated by LF. */
  readonly text: string;
}

/** The answer of one search. */
export interface FoundContacts {
  readonly prefill: Prefill;
  /** Best first, each address once. */
  readonly contacts: readonly FoundContact[];
  /** False when there was more than the limits allow, or the time was up, so that somebody may be missing. */
  readonly complete: boolean;
}

/** What an answer may hold at most. The schema refuses more; the search never gives more. */
export const FOUND_LIMITS = {
  /** Unless more are asked for. */
  contacts: 100,
  /** However many are asked for: the list of a merge. */
  mostContacts: 2_000,
  /** In each of To, Cc and Bcc of a mailto link. */
  recipients: 100,
  nameChars: 200,
  addressChars: 320,
  subjectChars: 500,
  textChars: 10_000,
} as const;
