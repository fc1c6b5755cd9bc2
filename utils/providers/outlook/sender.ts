import { sameAddress, type Mailbox } from '../../mail/mail.ts';
import type { Rung, SendJob } from '../providers.ts';
import type { Refusal } from './graph-answer.ts';

/** Whose mail it is, as far as Outlook makes a difference. */
export type Sender =
  | { readonly kind: 'own' }
  /** Another address of the same mailbox. */
  | { readonly kind: 'alias'; readonly from: Mailbox }
  /** Another mailbox, in whose name this person may send. */
  | { readonly kind: 'shared-mailbox'; readonly from: Mailbox };

/** Who the mail says that it is from. */
export function senderOf({ account, parts: { from } }: SendJob): Sender {
  if (sameAddress(from.address, account.mailbox.address)) return { kind: 'own' };
  const noted = account.otherSenders.find(({ address }) => sameAddress(address, from.address));
  // Taken off the account since it was queued: a token for shared mailboxes sends from both.
  const mayShare = account.grantedRungs.includes('shared-mailbox');
  return { kind: noted?.kind ?? (mayShare ? 'shared-mailbox' : 'alias'), from };
}

/** The right that the act of sending needs (docs/decisions/0014-shared-mailboxes.md). */
export function rungToSend(sender: Sender): Rung {
  return sender.kind === 'shared-mailbox' ? 'shared-mailbox' : 'send';
}

/**
 * What “access denied” says of a mail from there, sent with a token of the right that it needs: not
 * that the right is missing, but that Exchange lets this person send from no such mailbox. Null where
 * it is about the right.
 */
export function denialOf(sender: Sender): Refusal | null {
  if (sender.kind === 'own') return null;
  const code = sender.kind === 'alias' ? 'alias_denied' : 'shared_mailbox_denied';
  return { kind: 'rejected', code, detail: '' };
}
