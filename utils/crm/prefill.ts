import { isAddress, readMailLink, type Mailbox, type MailLink } from '../mail/mail.ts';
import { FOUND_LIMITS, type Prefill } from './found-contacts.ts';
import { cutTo } from './cut-to.ts';

/** More selected addresses than this were selected with everything else: the person chooses among them. */
export const MAX_SELECTED_TO = 20;

/** The mail that a link asks for, cut to the limits of an answer. `nameOf` makes each name fit to be shown. */
export function prefillOfLink(mail: MailLink, nameOf: (mailbox: Mailbox) => string): Prefill {
  const mailboxes = (list: readonly Mailbox[]): Mailbox[] =>
    list
      .slice(0, FOUND_LIMITS.recipients)
      .map((mailbox) => ({ name: nameOf(mailbox), address: mailbox.address }));
  return {
    to: mailboxes(mail.to),
    cc: mailboxes(mail.cc),
    bcc: mailboxes(mail.bcc),
    subject: cutTo(mail.subject, FOUND_LIMITS.subjectChars),
    text: textOf(mail.text),
  };
}

/** Lines stay, other control characters do not: no mail needs them, and no person sees them. */
function textOf(text: string): string {
  const plain = text.replace(/(?![\n\t])\p{Cc}/gu, '').slice(0, FOUND_LIMITS.textChars);
  return plain.replace(/[\ud800-\udbff]$/, '').toWellFormed();
}

function plainName({ name }: Mailbox): string {
  return name.length <= FOUND_LIMITS.nameChars && PLAIN_NAME.test(name) ? name : '';
}

const PLAIN_NAME = /^[\p{L}\p{M} .,'’&()-]*$/u;
const MAX_SELECTION_CHARS = 20_000;
/** Where an address begins and ends in what people select: `Anna Berg <anna@example.com>, …`. */
const BESIDE_ADDRESSES = /[\s<>()[\]{}"“”„«»,;:|]+/u;
const BESIDE_ADDRESS = /^[.'\u2018\u2019*-]+|[.'\u2018\u2019*!?-]+$/gu;

/**
 * What a click says by itself, for pages that can't be looked at, such as a viewer of PDF files: the mail that its link asks
 * for, or the addresses in the selected text. The worker calls it, so it is small: it takes only what
 * stands there as nothing but an address, and no names.
 */
export function prefillOfClick(click: {
  readonly linkUrl: string | null;
  readonly selectionText: string | null;
}): Prefill {
  const mail = readMailLink(click.linkUrl ?? '');
  if (mail) return prefillOfLink(mail, plainName);
  const selected = (click.selectionText ?? '')
    .slice(0, MAX_SELECTION_CHARS)
    .split(BESIDE_ADDRESSES)
    .map((piece) => piece.replace(BESIDE_ADDRESS, ''))
    // What begins with a slash or has a question mark is the rest of a link.
    .filter((piece) => /^[^/?#]+@[^/?#]+\.[^/?#]+$/.test(piece) && isAddress(piece));
  const different = [
    ...new Map(selected.map((address) => [address.toLowerCase(), address])).values(),
  ];
  const to = different.length > MAX_SELECTED_TO ? [] : different;
  return {
    to: to.map((address) => ({ name: '', address })),
    cc: [],
    bcc: [],
    subject: '',
    text: '',
  };
}
