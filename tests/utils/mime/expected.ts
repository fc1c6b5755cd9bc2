import { wireAddress, type Mailbox } from '../../../utils/mail/mail.ts';
import { inputOf, type Spec } from './message-fixture.ts';
import type { Reading } from './readers.ts';

/** What any right reader must find in the message of a spec. */
export function expectedOf(spec: Spec): Reading {
  const { from, content, fixed, keepBcc } = inputOf(spec);
  return {
    from: mailboxes([from]),
    to: mailboxes(content.to),
    cc: mailboxes(content.cc),
    bcc: keepBcc ? mailboxes(content.bcc) : [],
    replyTo: mailboxes(content.replyTo),
    subject: content.subject.toWellFormed(),
    messageId: fixed.messageId,
    inReplyTo: content.threading?.inReplyTo ?? null,
    references: content.threading?.references ?? [],
    dateAt: Math.floor(fixed.dateAt / 1000) * 1000,
    text: lines(content.text),
    html: content.html === null ? null : lines(content.html),
    files: filesOf(spec),
  };
}

/** Inline parts come before files: they lie deeper in the tree. */
function filesOf({ files = [], html = null }: Spec): Reading['files'] {
  const isInline = (contentId: string | null): boolean => contentId !== null && html !== null;
  const ordered = [
    ...files.filter((file) => isInline(file.contentId)),
    ...files.filter((file) => !isInline(file.contentId)),
  ];
  return ordered.map(({ fileName, mediaType, contentId, bytes }) => ({
    fileName: fileName.toWellFormed(),
    mediaType:
      /^(?:message|multipart)\//i.test(mediaType) || !/^[\w.+-]+\/[\w.+-]+$/.test(mediaType)
        ? 'application/octet-stream'
        : mediaType.toLowerCase(),
    contentId,
    bytes: Buffer.from(bytes).toString('base64'),
  }));
}

function mailboxes(list: readonly Mailbox[]): Mailbox[] {
  return list.map(({ name, address }) => ({
    name: name.trim() === '' ? '' : name.toWellFormed(),
    address: wireAddress(address) ?? '',
  }));
}

function lines(text: string): string {
  return text.toWellFormed().replace(/\r\n?|\n/g, '\r\n');
}
