import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AccountView, AnswerOf } from '../../utils/messaging/messaging.ts';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { accountName, accountState } from '../accounts/account-state.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ProviderIcon } from '../parts/ProviderIcon.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { wholeText } from '../texts/outcome-text.ts';
import { linkText } from '../texts/account-texts.ts';

/** The accounts at the foot of the popup: how each is doing, and the way out when one is not. */
export function AccountStrip(props: { readonly answer: AnswerOf<'accounts.list'> }): JSX.Element {
  const { accounts, unreadable } = props.answer;
  return (
    <section class="accounts" aria-labelledby="accounts">
      <h2 id="accounts" class="group-name">
        Accounts
      </h2>
      <ul>
        {accounts.map((account) => (
          <AccountLine key={account.id} account={account} several={accounts.length > 1} />
        ))}
        {unreadable.map(({ id }) => (
          <li key={id} class="account">
            <span class="one-line">An account that can’t be opened</span>
            <a class="button button-small" href="/options.html#accounts" target="_blank">
              Look
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AccountLine(props: {
  readonly account: AccountView;
  readonly several: boolean;
}): JSX.Element {
  const { account, several } = props;
  const { client } = useTools();
  const [said, setSaid] = useState('');
  const text = accountState(account);
  /** An account that may ask at its next send still sends. */
  const needsPerson = text.tone === 'heed';
  const reconnect = async (): Promise<null> => {
    const answer = await client.ask('accounts.reconnect', { id: account.id });
    setSaid(answer.ok ? wholeText(linkText(answer.value)) : answer.error.userText);
    return null;
  };
  return (
    <li class="account">
      <ProviderIcon id={account.providerId} name={account.providerName} />
      {account.colour && <AccountMark colour={account.colour} />}
      <span class="one-line" title={account.address}>
        {accountName(account)}
      </span>
      {!needsPerson ? (
        <StateWord tone={text.tone} word={text.word} />
      ) : (
        <ActButton
          size="small"
          busyText="Waiting…"
          label={`Reconnect ${account.address}`}
          onAct={reconnect}
        >
          Reconnect
        </ActButton>
      )}
      {several && !needsPerson && (
        <ActButton
          kind="bare"
          size="small"
          busyText="Opening…"
          label={`Write from ${account.address}`}
          onAct={async () => failureOf(await client.ask('compose.new', { accountId: account.id }))}
        >
          <Icon name="pen" />
        </ActButton>
      )}
      {needsPerson && said === '' && <p class="account-said small tone-heed">{text.happened}</p>}
      {said !== '' && (
        <p class="account-said small" role="status">
          {said}
        </p>
      )}
    </li>
  );
}
