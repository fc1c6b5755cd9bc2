/** The header of a whole message: who, when, about what (RFC 5322 section 3.6). */
import { hasControlCharacter, isMessageId, type Mailbox } from '../mail/mail.ts';
import { headerLine } from './header-line.ts';
import { mailboxTokens, textTokens, valueTokens } from './header-text.ts';
import { messageDate } from './message-date.ts';
import { MimeError } from './mime-error.ts';
import type { ExtraHeader, MessageInput } from './mime.ts';

/** Written from the draft, once; a second one would be read by some and not by others. */
const OWN_NAMES =
  /^(?:from|sender|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*)$/i;
const FIELD_NAME = /^[!-9;-~]{1,70}$/;

/**
 * All fields but those of the content, each with its CRLF, in a fixed order.
 * @throws MimeError naming the first field that can't be written as it is
 */
export function messageHeader(input: MessageInput): string {
  const { from, content, fixed, keepBcc, extraHeaders = [] } = input;
  const { threading } = content;
  const answered = threading?.inReplyTo ?? null;
  // Made also when it is not written: whether a draft is good must not depend on the provider.
  const bcc = mailboxLine('Bcc', 'bcc', content.bcc);
  return [
    headerLine('Date', [messageDate(fixed.dateAt)]),
    mailboxLine('From', 'from', [from]),
    mailboxLine('Reply-To', 'replyTo', content.replyTo),
    mailboxLine('To', 'to', content.to),
    mailboxLine('Cc', 'cc', content.cc),
    keepBcc ? bcc : '',
    subjectLine(content.subject),
    idLine('Message-ID', 'messageId', [fixed.messageId]),
    idLine('In-Reply-To', 'inReplyTo', answered === null ? [] : [answered]),
    idLine('References', 'references', threading?.references ?? []),
    ...extraHeaders.map(extraLine),
    headerLine('MIME-Version', ['1.0']),
  ].join('');
}

function mailboxLine(name: string, field: string, list: readonly Mailbox[]): string {
  for (const [index, mailbox] of list.entries()) refuseControls(mailbox.name, field, index);
  const tokens = mailboxTokens({ name, field }, list);
  return tokens.length === 0 ? '' : headerLine(name, tokens);
}

function subjectLine(subject: string): string {
  refuseControls(subject, 'subject', null);
  return headerLine('Subject', textTokens('Subject', subject));
}

function idLine(name: string, field: string, ids: readonly string[]): string {
  const wrong = ids.findIndex((id) => !isMessageId(id));
  if (wrong >= 0) throw new MimeError('message-id', field, field === 'references' ? wrong : null);
  return ids.length === 0 ? '' : headerLine(name, ids);
}

function extraLine({ name, value }: ExtraHeader): string {
  if (!FIELD_NAME.test(name)) throw new MimeError('header-name', 'extraHeaders');
  if (OWN_NAMES.test(name)) throw new MimeError('header-name', name);
  refuseControls(value, name, null);
  return headerLine(name, valueTokens(name, value));
}

function refuseControls(text: string, field: string, index: number | null): void {
  if (hasControlCharacter(text)) throw new MimeError('control-character', field, index);
}
