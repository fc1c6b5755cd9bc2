import type { JSX } from 'preact';
import type { AccountView } from '../../utils/messaging/messaging.ts';

/** What is to be known of mails that the provider sends later, before the right to take them back goes. */
export function HeldThere({ account }: { readonly account: AccountView }): JSX.Element {
  return (
    <li>
      A scheduled mail that {account.providerName} holds already is still sent at its time. To stop
      it, take it back first.
    </li>
  );
}
