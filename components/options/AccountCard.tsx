import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type {
  AccountView,
  LinkOutcome,
  ProviderView,
  RevokeResult,
} from '../../utils/messaging/messaging.ts';
import { accountName, accountState } from '../accounts/account-state.ts';
import { useTools } from '../live/tools.ts';
import { failureOf } from '../parts/ActButton.tsx';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import { ProviderIcon } from '../parts/ProviderIcon.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { linkText } from '../texts/account-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { AccountActs } from './AccountActs.tsx';
import { AccountFacts } from './AccountFacts.tsx';
import { AllowHost } from './AllowHost.tsx';
import { LeaveQuestion } from './LeaveQuestion.tsx';
import { RevokeNotice } from './RevokeNotice.tsx';

/** One account: what is shown, and who hears that it is gone. */
export interface AccountCardProps {
  readonly account: AccountView;
  readonly provider: ProviderView | null;
  readonly isDefault: boolean;
  readonly onRemoved: (result: RevokeResult) => void;
}

/** An account with its health, its rights and the acts on it; results appear where they were asked for. */
export function AccountCard(props: AccountCardProps): JSX.Element {
  const { account, provider, isDefault, onRemoved } = props;
  const { client } = useTools();
  const [asked, setAsked] = useState<'revoke' | 'remove' | null>(null);
  const [linked, setLinked] = useState<LinkOutcome | null>(null);
  const [revoked, setRevoked] = useState<RevokeResult | null>(null);
  const acts = useRef<HTMLDivElement>(null);
  const state = accountState(account);

  const reconnect = async (): Promise<string | null> => {
    setLinked(null);
    setRevoked(null);
    const answer = await client.ask('accounts.reconnect', { id: account.id });
    if (answer.ok) setLinked(answer.value);
    return failureOf(answer);
  };
  const leave = async (): Promise<string | null> => {
    const name = asked === 'remove' ? 'accounts.remove' : 'accounts.revoke';
    const answer = await client.ask(name, { id: account.id });
    if (!answer.ok) return answer.error.userText;
    setAsked(null);
    setLinked(null);
    if (name === 'accounts.remove') onRemoved(answer.value);
    else setRevoked(answer.value);
    return null;
  };
  const titleId = `account-${account.id}`;
  return (
    <article class="card" aria-labelledby={titleId}>
      <header class="card-head">
        <ProviderIcon id={account.providerId} name={account.providerName} />
        <h2 id={titleId}>{accountName(account)}</h2>
        {isDefault && <span class="soft small">Default sender</span>}
      </header>
      <p class="card-health">
        <StateWord tone={state.tone} word={state.word} />
        {state.tone !== 'good' && <span>{wholeText(state)}</span>}
      </p>
      <AccountFacts account={account} />
      {linked && (
        <OutcomeNotice
          tone={linked.kind === 'linked' && linked.canSend ? 'good' : 'heed'}
          text={linkText(linked)}
        >
          {linked.kind === 'needs-host' && <AllowHost host={linked.host} then={reconnect} />}
        </OutcomeNotice>
      )}
      {revoked && <RevokeNotice before="" result={revoked} provider={provider} />}
      {asked !== null ? (
        <LeaveQuestion
          act={asked}
          account={account}
          onConfirm={leave}
          onCancel={() => {
            setAsked(null);
            requestAnimationFrame(() => acts.current?.querySelector('button')?.focus());
          }}
        />
      ) : (
        <AccountActs
          account={account}
          isDefault={isDefault}
          place={acts}
          onReconnect={reconnect}
          onLeave={setAsked}
        />
      )}
    </article>
  );
}
