import type { AccountColour, AccountView } from '../../utils/messaging/messaging.ts';
import type { StateText } from '../texts/outcome-text.ts';
import { healthText, MAY_NOT_SEND } from '../texts/account-texts.ts';

type Named = Pick<AccountView, 'address' | 'label'>;

/** What an account is called: by the person's own label, else by its address. */
export function accountName({ address, label }: Named): string {
  if (label !== '') return label;
  return address === '' ? 'An account' : address;
}

/** The address where the name does not say it; '' otherwise. */
export function accountDetail({ address, label }: Named): string {
  return label === '' || label === address ? '' : address;
}

/** The colours there are, in the order in which they are offered. */
export const COLOURS: readonly AccountColour[] = ['slate', 'moss', 'sea', 'plum', 'clay', 'straw'];

/** The state that is shown for an account: its health, or that it may not send. */
export function accountState(account: AccountView): StateText {
  const mayNotSend = account.health.kind === 'works' && !account.grantedRungs.includes('send');
  return mayNotSend ? MAY_NOT_SEND : healthText(account.health);
}
