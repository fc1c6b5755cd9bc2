import type { ComponentChildren, JSX } from 'preact';
import type { AccountView } from '../../utils/messaging/messaging.ts';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { accountDetail, accountName } from '../accounts/account-state.ts';
import { ProviderIcon } from '../parts/ProviderIcon.tsx';
import { accountTypeText } from '../texts/sender-texts.ts';

/** Which account it is: provider, the person's own colour and label, address, and whether mails begin with it. */
export function AccountHead(props: {
  readonly account: AccountView;
  readonly isDefault: boolean;
  readonly mover: ComponentChildren;
}): JSX.Element {
  const { account, isDefault, mover } = props;
  const { id, colour, providerName, accountType } = account;
  const details = [
    accountDetail(account),
    [providerName, accountTypeText(accountType)].filter((part) => part !== '').join(', '),
    ...(isDefault ? ['default sender'] : []),
  ].filter((part) => part !== '');
  return (
    <header class="card-head">
      <ProviderIcon id={account.providerId} name="" />
      <div class="card-names">
        <h2 id={`account-${id}`}>
          {colour && <AccountMark colour={colour} />}
          {accountName(account)}
        </h2>
        <p class="soft small">{details.join(' · ')}</p>
      </div>
      {mover}
    </header>
  );
}
