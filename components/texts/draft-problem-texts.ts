/** What a person is told of what they typed, in the place where they typed it. */
import type { AddressProblemReason, DraftProblem } from '../../utils/mail/mail.ts';

const ADDRESSES: Readonly<Record<AddressProblemReason, string>> = {
  'no-address': 'is not an address: there is no @ with something on both sides.',
  'local-part': 'can’t be right before the @.',
  'unsafe-local-part': 'has marks before the @ that other programs misread.',
  'non-ascii-local-part': 'has letters before the @ that providers can’t send to.',
  domain: 'can’t be right after the @.',
  'address-too-long': 'is longer than an address can be (254 characters).',
  'invisible-character': 'has a character in it that can’t be seen. Type it anew.',
  'control-character': 'has a line break or control character in it.',
  'unclosed-quote': 'has a quotation mark that is not closed.',
  'unclosed-comment': 'has a bracket ( that is not closed.',
  'unclosed-angle': 'has a < without its >.',
  'stray-angle': 'has a > without its <.',
  'text-beside-address': 'has words beside the address. Write Name <address>.',
  'ambiguous-comma': 'could be one person or several. Put the name in quotation marks.',
  'source-route': 'is written in a way that is no longer used.',
  'unclosed-group': 'begins a group that doesn’t end with a semicolon.',
  'nested-group': 'has a group within a group.',
  'empty-group': 'is a group with nobody in it.',
  'mailto-headers': 'is a link with more than an address; only the address was taken.',
  'name-too-long': 'has a name of over 1,000 characters.',
  'list-too-long': 'is too long to be a list of addresses. It is not saved with the draft.',
  'too-many': 'is where reading stopped: there are too many addresses.',
};

/** What is wrong with a piece of an address list; to be read after the piece itself. */
export function addressProblemText(reason: AddressProblemReason): string {
  return ADDRESSES[reason];
}

const DRAFTS: Readonly<Record<DraftProblem['code'], string>> = {
  'no-recipient': 'Add somebody to write to.',
  'bad-address': 'An address can’t be right.',
  'control-character': 'There is a line break or control character in it. Type it anew.',
  'bad-message-id': 'The mail that this answers can’t be named. Write a new mail instead.',
  'bad-content-id': 'A picture can’t be named. Remove it and add it again.',
  'repeated-content-id': 'Two pictures have the same name. Remove one and add it again.',
  'bad-size': 'A file has no size. Remove it and add it again.',
};

/** What stops a draft from being sent. */
export function draftProblemText(code: DraftProblem['code']): string {
  return DRAFTS[code];
}

const FIELDS: Readonly<Record<string, string>> = {
  to: 'To',
  cc: 'Cc',
  bcc: 'Bcc',
  replyTo: 'Reply-To',
  from: 'From',
  subject: 'Subject',
  attachments: 'Files',
};

/** What building the message can find that the draft alone does not show. */
const MESSAGES: Readonly<Record<string, string>> = {
  ...DRAFTS,
  address: 'An address can’t be right.',
  'message-id': DRAFTS['bad-message-id'],
  'content-id': DRAFTS['bad-content-id'],
  'header-too-long': 'It is too long for a mail. Shorten it.',
  'unknown-alias': 'This account no longer has that address. Choose another sender.',
  'no-bytes': 'A file is not stored here in full. Remove it and attach it again.',
  'attachment-size': 'A file is not as long as it was. Remove it and add it again.',
  'attachment-bytes': 'A file can’t be read. Remove it and add it again.',
};

/** What the queue found in a draft, given as `field: code`; the code itself where there is no text. */
export function queueProblemText(problem: string): string {
  const [field = '', code = ''] = problem.split(': ');
  const text = Object.hasOwn(MESSAGES, code) ? MESSAGES[code] : undefined;
  const place = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  const said = text ?? `Something in it can’t be sent (${problem}).`;
  return place === undefined ? said : `${place}: ${said}`;
}
