import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type {
  AccountView,
  LinkOutcome,
  ProviderView,
  RevokeResult,
} from '../../utils/messaging/messaging.ts';
import { accountState } from '../accounts/account-state.ts';
import { useTools } from '../live/tools.ts';
import { failureOf } from '../parts/ActButton.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { linkText } from '../texts/account-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { AccountActs } from './AccountActs.tsx';
import { AccountFacts } from './AccountFacts.tsx';
import { AccountFolds } from './AccountFolds.tsx';
import { AccountHead } from './AccountHead.tsx';
import { AdminRequest } from './AdminRequest.tsx';
import { LeaveQuestion } from './LeaveQuestion.tsx';
import { RevokeNotice } from './RevokeNotice.tsx';
import { SignInNotice } from './SignInNotice.tsx';

/** One account: what is shown, and who hears that it is gone. */
export interface AccountCardProps {
  readonly account: AccountView;
  readonly provider: ProviderView | null;
  readonly isDefault: boolean;
  /** Of the accounts that need the person it is the first. */
  readonly isNext: boolean;
  /** Where it can be moved from; null when there is no other account. */
  readonly mover: ComponentChildren;
  readonly onRemoved: (result: RevokeResult) => void;
}

/** An account with its health, its rights and the acts on it; results appear where they were asked for. */
export function AccountCard(props: AccountCardProps): JSX.Element {
  const { account, provider, isDefault, isNext, mover, onRemoved } = props;
  const { client } = useTools();
  const [asked, setAsked] = useState<'revoke' | 'remove' | null>(null);
  const [linked, setLinked] = useState<LinkOutcome | null>(null);
  const [revoked, setRevoked] = useState<RevokeResult | null>(null);

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
  return (
    <article class="card" aria-labelledby={`account-${account.id}`}>
      <AccountHead account={account} isDefault={isDefault} mover={mover} />
      <Health account={account} answered={linked?.kind === 'needs-admin'} />
      <AccountFacts account={account} />
      <AccountFolds account={account} provider={provider} />
      {linked && (
        <SignInNotice
          id={`ask-again-${account.id}`}
          ended={linked.kind === 'linked' ? { kind: 'done' } : linked}
          text={linkText(linked)}
          good={linked.kind === 'linked' && linked.canSend}
          again={reconnect}
        />
      )}
      {revoked && <RevokeNotice before="" result={revoked} consentPage={account.consentPage} />}
      {asked !== null ? (
        <LeaveQuestion
          act={asked}
          account={account}
          revokes={provider?.revokes ?? true}
          onConfirm={leave}
          onCancel={() => setAsked(null)}
        />
      ) : (
        <AccountActs
          account={account}
          isDefault={isDefault}
          isNext={isNext}
          onReconnect={reconnect}
          onLeave={setAsked}
        />
      )}
    </article>
  );
}

/** How it is, in a word and a sentence; with the text for an administrator where one has to act. */
function Health(props: {
  readonly account: AccountView;
  /** The same is being said further down, of an act that has just ended. */
  readonly answered: boolean;
}): JSX.Element {
  const { account, answered } = props;
  const state = accountState(account);
  const { health } = account;
  return (
    <>
      <p class="card-health" id={`health-${account.id}`}>
        <StateWord tone={state.tone} word={state.word} />
        <span>{wholeText(state)}</span>
      </p>
      {health.kind === 'needs-admin' && !answered && (
        <AdminRequest id={`ask-${account.id}`} asked={health} />
      )}
    </>
  );
}
