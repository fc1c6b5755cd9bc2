import { sameAddress, type Mailbox } from '../../mail/mail.ts';
import type { Rung, SendJob } from '../providers.ts';

/** Whose mail it is, as far as Outlook makes a difference. */
export type Sender =
  | { readonly kind: 'own' }
  /** Another address of the same mailbox, or one that only the server knows to be so. */
  | { readonly kind: 'alias'; readonly from: Mailbox }
  /** Another mailbox, in whose name this person may send. */
  | { readonly kind: 'shared'; readonly from: Mailbox };

/** Who the mail says that it is from. */
export function senderOf({ account, parts: { from } }: SendJob): Sender {
  if (sameAddress(from.address, account.mailbox.address)) return { kind: 'own' };
  const isAlias = account.aliases.some(({ address }) => sameAddress(address, from.address));
  const mayShare = account.grantedRungs.includes('shared-mailbox');
  return { kind: !isAlias && mayShare ? 'shared' : 'alias', from };
}

/** The right that the act of sending needs. */
export function rungToSend(sender: Sender): Rung {
  return sender.kind === 'shared' ? 'shared-mailbox' : 'send';
}
