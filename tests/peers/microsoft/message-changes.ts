import type { PeerClock } from '../clock.ts';
import { badMail, type GraphError } from './graph-errors.ts';
import type { Attachment, MailContent } from './mail-content.ts';
import type { Mailboxes, StoredMessage } from './mailbox.ts';
import type { GivenAttachment } from './message-json.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';

/**
 * Why a message cannot be changed. A sent one: Exchange's code for it. One that waits for its hour: not documented,
 * refused so that nobody comes to rely on it (a change of mind is: delete, and make it anew).
 */
export function changeComplaint({ isDraft, held }: StoredMessage): GraphError | null {
  if (isDraft && !held) return null;
  return badMail(
    'ErrorInvalidPropertyUpdateSentMessage',
    'Update operation is invalid for property of a sent message.',
  );
}

/** The message without its MIME: from now on it is made from properties. */
export function taken(content: MailContent): MailContent {
  const attachments = content.attachments.map((each) => ({ ...each, isInMime: false }));
  return { ...content, mime: null, attachments };
}

/** Puts a file to a message. */
export function attach(
  { mailboxes }: { readonly mailboxes: Mailboxes },
  message: StoredMessage,
  attachment: Attachment,
): void {
  const { content } = message;
  message.content = { ...content, attachments: [...content.attachments, attachment] };
  mailboxes.touch(message);
}

/** A file as the client gave it. */
export function givenAttachment(
  { ids, clock }: { readonly ids: MicrosoftIds; readonly clock: PeerClock },
  given: GivenAttachment,
): Attachment {
  return {
    id: ids.item(),
    name: given.name,
    contentType: given.contentType ?? 'application/octet-stream',
    bytes: Buffer.from(given.contentBytes, 'base64'),
    isInline: given.isInline ?? false,
    contentId: given.contentId ?? null,
    isInMime: false,
    changedAt: clock.now(),
  };
}
