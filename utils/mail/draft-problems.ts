/** What in a draft stops it from being sent, named by field, so that each can be shown in its place. */
import { isAddress } from './address.ts';
import type { DraftContent, Mailbox } from './mail.ts';

/** A part of a draft. */
export type DraftField =
  'to' | 'cc' | 'bcc' | 'replyTo' | 'subject' | 'attachments' | 'inReplyTo' | 'references';

/** One reason why a draft can't be sent as it is. */
export interface DraftProblem {
  readonly code:
    /** Nobody in to, cc and bcc together; said of `to`. */
    | 'no-recipient'
    | 'bad-address'
    /** A control character (Unicode Cc) in the subject, a name, or the name of a file. */
    | 'control-character'
    /** Not `<left@right>` in visible ASCII (RFC 5322 section 3.6.4). */
    | 'bad-message-id'
    /** Not visible ASCII without angle brackets (RFC 2045 section 7). */
    | 'bad-content-id'
    /** Two parts that the HTML could not tell apart. */
    | 'repeated-content-id'
    /** Not a whole number of bytes. */
    | 'bad-size';
  readonly field: DraftField;
  /** Which of the field's entries, from 0; null for a field that has none. */
  readonly index: number | null;
  /** The text that is wrong; '' where something is missing. */
  readonly text: string;
}

const MESSAGE_ID = /^<[!-;=?-~]+@[!-;=?-~]+>$/;
const CONTENT_ID = /^[!-;=?-~]{1,200}$/;
const MAX_MESSAGE_ID_CHARS = 900;

/** Whether a header that holds the text could carry more than the text: it has a control character. */
export function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** A text as a field of one line takes it: copied cells and slides bring tabs and line breaks along. */
export function onOneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

/**
 * Whether a text can stand as a Message-ID, angle brackets included. Looser than RFC 5322 section
 * 3.6.4 in its marks, since ids of other people's programs must be cited as they are; never with
 * white space, brackets inside, or more than a line holds.
 */
export function isMessageId(text: string): boolean {
  return text.length <= MAX_MESSAGE_ID_CHARS && MESSAGE_ID.test(text);
}

/** Whether a text can stand as a Content-ID, without angle brackets. */
export function isContentId(text: string): boolean {
  return CONTENT_ID.test(text);
}

/** Everything that stops a draft from being sent; empty when it can go. */
export function draftProblems(content: DraftContent): readonly DraftProblem[] {
  const problems: DraftProblem[] = [];
  const { to, cc, bcc, replyTo, subject, threading } = content;
  if (to.length + cc.length + bcc.length === 0) {
    problems.push({ code: 'no-recipient', field: 'to', index: null, text: '' });
  }
  for (const [field, list] of Object.entries({ to, cc, bcc, replyTo })) {
    problems.push(...mailboxProblems(field as 'to' | 'cc' | 'bcc' | 'replyTo', list));
  }
  if (hasControlCharacter(subject)) {
    problems.push({ code: 'control-character', field: 'subject', index: null, text: subject });
  }
  problems.push(...attachmentProblems(content));
  const answered = threading?.inReplyTo ?? null;
  if (answered !== null && !isMessageId(answered)) {
    problems.push({ code: 'bad-message-id', field: 'inReplyTo', index: null, text: answered });
  }
  for (const [index, id] of (threading?.references ?? []).entries()) {
    if (isMessageId(id)) continue;
    problems.push({ code: 'bad-message-id', field: 'references', index, text: id });
  }
  return problems;
}

function mailboxProblems(field: DraftField, list: readonly Mailbox[]): DraftProblem[] {
  return list.flatMap(({ name, address }, index): DraftProblem[] => [
    ...(isAddress(address) ? [] : [{ code: 'bad-address', field, index, text: address } as const]),
    ...(hasControlCharacter(name)
      ? [{ code: 'control-character', field, index, text: name } as const]
      : []),
  ]);
}

function attachmentProblems({ attachments }: DraftContent): DraftProblem[] {
  const problems: DraftProblem[] = [];
  const seen = new Set<string>();
  for (const [index, { fileName, contentId, sizeBytes }] of attachments.entries()) {
    const add = (code: DraftProblem['code'], text: string): void => {
      problems.push({ code, field: 'attachments', index, text });
    };
    if (hasControlCharacter(fileName)) add('control-character', fileName);
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) add('bad-size', String(sizeBytes));
    if (contentId === null) continue;
    if (!isContentId(contentId)) add('bad-content-id', contentId);
    if (seen.has(contentId)) add('repeated-content-id', contentId);
    seen.add(contentId);
  }
  return problems;
}
