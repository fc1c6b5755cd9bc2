import type { MessageInput } from '../mime/mime.ts';
import type { EpochMs } from '../platform/platform.ts';
import { OutboxError } from './outbox-error.ts';
import type { MailContent } from './sealed-mail.ts';

/** What is fixed when a mail is queued. */
export type FixedMail = NonNullable<MailContent['fixed']>;

/**
 * What a queued mail with this Date is made of, the same each time. `attachmentBytes` throws
 * OutboxError `no-bytes`.
 */
export function queuedParts(
  { content }: Pick<MailContent, 'content'>,
  { from, messageId, boundarySeed }: FixedMail,
  about: {
    readonly dateAt: EpochMs;
    /** True for a provider that reads Bcc in the message. */
    readonly keepBcc: boolean;
  },
): MessageInput {
  return {
    from,
    content,
    fixed: { messageId, boundarySeed, dateAt: about.dateAt },
    keepBcc: about.keepBcc,
    attachmentBytes: () => {
      throw new OutboxError('no-bytes');
    },
  };
}
