import type { AccountView } from '../../utils/messaging/messaging.ts';
import type { StateText } from '../texts/outcome-text.ts';
import { healthText, MAY_NOT_SEND } from '../texts/account-texts.ts';

/** What an account is called: its address. */
export function accountName({ address }: AccountView): string {
  return address === '' ? 'An account' : address;
}

/** The state that is shown for an account: its health, or that it may not send. */
export function accountState(account: AccountView): StateText {
  const mayNotSend = account.health.kind === 'works' && !account.grantedRungs.includes('send');
  return mayNotSend ? MAY_NOT_SEND : healthText(account.health);
}
