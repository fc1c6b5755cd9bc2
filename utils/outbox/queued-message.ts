import { createMessageSource, type MessageSource } from '../mime/mime.ts';
import type { EpochMs } from '../platform/platform.ts';
import { OutboxError } from './outbox-error.ts';
import type { MailContent } from './sealed-mail.ts';

/** What is fixed when a mail is queued. */
export type FixedMail = NonNullable<MailContent['fixed']>;

/**
 * The bytes of a queued mail with this Date; the same ones each time. Bcc is written: Gmail reads
 * it there and takes it out.
 * @throws MimeError for content that no message can hold; OutboxError `no-bytes` for an attachment
 */
export function queuedMessage(
  { content }: Pick<MailContent, 'content'>,
  { from, messageId, boundarySeed }: FixedMail,
  dateAt: EpochMs,
): MessageSource {
  return createMessageSource({
    from,
    content,
    fixed: { messageId, boundarySeed, dateAt },
    keepBcc: true,
    attachmentBytes: () => {
      throw new OutboxError('no-bytes');
    },
  });
}
