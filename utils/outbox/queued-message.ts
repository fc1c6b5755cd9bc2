import type { AttachmentReference } from '../mail/mail.ts';
import type { MessageInput, PartBytes } from '../mime/mime.ts';
import type { EpochMs } from '../platform/platform.ts';
import { OutboxError } from './outbox-error.ts';
import type { MailContent } from './sealed-mail.ts';

/** What is fixed when a mail is queued. */
export type FixedMail = NonNullable<MailContent['fixed']>;

/**
 * What a queued mail with this Date is made of, the same each time. No file is read before its bytes
 * are asked for.
 */
export function queuedParts(
  { content, unsubscribe }: Pick<MailContent, 'content' | 'unsubscribe'>,
  { from, messageId, boundarySeed }: FixedMail,
  about: {
    readonly dateAt: EpochMs;
    /** True for a provider that reads Bcc in the message. */
    readonly keepBcc: boolean;
    /** Where the bytes of a file come from; without it only its size is known. */
    readonly bytesOf?: (file: AttachmentReference) => PartBytes;
  },
): MessageInput {
  const { dateAt, keepBcc, bytesOf = unread } = about;
  const files = new Map(content.attachments.map((file) => [file.id, file]));
  return {
    from,
    content,
    fixed: { messageId, boundarySeed, dateAt },
    keepBcc,
    ...(unsubscribe === null
      ? {}
      : { extraHeaders: [{ name: 'List-Unsubscribe', value: `<${unsubscribe}>` }] }),
    attachmentBytes: (id) => {
      const file = files.get(id);
      if (!file) throw new OutboxError('no-bytes');
      return bytesOf(file);
    },
  };
}

function unread({ id, sizeBytes }: AttachmentReference): PartBytes {
  return { id, sizeBytes, read: () => Promise.reject(new OutboxError('no-bytes')) };
}
