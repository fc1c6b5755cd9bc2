import { accessDenied, badMail, type GraphError, sendAsDenied } from './graph-errors.ts';
import type { MailContent } from './mail-content.ts';
import type { StoredMessage } from './mailbox.ts';
import { primaryAddress } from './microsoft-options.ts';
import type { Sender } from './outgoing-mail.ts';

/** What the token of a sending call allows beside sending as oneself. */
export interface SendRights {
  readonly mayUseShared: boolean;
}

/** Only a draft can be sent. Exchange has a code for it (400 by its table); the words that Graph has for it were not found. */
export function submitComplaint({ isDraft, held }: StoredMessage): GraphError | null {
  if (isDraft && !held) return null;
  return badMail('ErrorInvalidItemForOperationSendItem', 'Only a draft can be sent.');
}

/** The Message-ID in a MIME message; null when there is none, or no MIME. */
export function messageIdOf({ mime }: MailContent): string | null {
  const head = mime?.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
  return /^message-id:\s*(<[^>]+>)/im.exec(head)?.[1] ?? null;
}

/**
 * MIME: the mailbox's own address, whatever From says (PROVIDERS.md B2). JSON: an own alias, or a shared mailbox with
 * Exchange's permission and the scope Mail.Send.Shared (outlook-send-mail-from-other-user.md).
 */
export function senderOf(
  { account, content }: StoredMessage,
  { mayUseShared }: SendRights,
): Sender | GraphError {
  const submitter = { name: account.name, address: primaryAddress(account) };
  const wanted = content.mime ? null : content.fields.from;
  if (!wanted) return { from: submitter, submitter };
  const address = wanted.address.toLowerCase();
  const own = [submitter.address, account.email, ...(account.aliases ?? [])];
  if (own.some((each) => each.toLowerCase() === address)) {
    return {
      from: { name: account.name, address: wanted.address },
      submitter: { ...submitter, address: wanted.address },
    };
  }
  const isShared = (account.sharedMailboxes ?? []).some((each) => each.toLowerCase() === address);
  if (!isShared) return sendAsDenied();
  return mayUseShared ? { from: wanted, submitter } : accessDenied();
}
