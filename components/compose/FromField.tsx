import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { formatMailbox } from '../../utils/mail/mail.ts';
import type { AccountView, AnswerOf } from '../../utils/messaging/messaging.ts';
import { AccountMark } from '../accounts/AccountMark.tsx';
import { accountName, accountState } from '../accounts/account-state.ts';
import { lacksSharing } from '../accounts/possible-rights.ts';
import type { LiveAnswer } from '../live/live-answer.ts';
import { useLive } from '../live/use-live.ts';
import { useTools } from '../live/tools.ts';
import { GiveRight } from '../options/GiveRight.tsx';
import { ActButton } from '../parts/ActButton.tsx';
import { ProviderIcon } from '../parts/ProviderIcon.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { wholeText } from '../texts/outcome-text.ts';
import { linkText } from '../texts/account-texts.ts';
import type { DraftKeeper } from './draft-keeper.ts';

/** Who the mail is from. Without any account it says how to get one; what is written stays. */
export function FromField(props: {
  readonly keeper: DraftKeeper;
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
}): JSX.Element {
  const { keeper } = props;
  const asked = useLive(props.accounts);
  const { accountId, content } = useLive(keeper.version);
  const accounts = asked.kind === 'answered' ? asked.value.accounts : [];
  const chosen = accounts.find((account) => account.id === accountId) ?? null;
  const fallback = asked.kind === 'answered' ? asked.value.defaultAccountId : null;
  useEffect(() => {
    // A mail that was begun before the first account was linked is from that account.
    if (chosen === null && fallback !== null) keeper.change({ accountId: fallback });
  }, [chosen === null, fallback]);

  if (asked.kind === 'answered' && accounts.length === 0) return <NoAccount />;
  return (
    <div class="line">
      <label class="line-label" for="from">
        From
      </label>
      <div class="line-body from-body">
        {chosen && <ProviderIcon id={chosen.providerId} name={chosen.providerName} />}
        {chosen?.colour && <AccountMark colour={chosen.colour} />}
        <select
          id="from"
          class="bare-input from"
          autocomplete="off"
          value={chosen ? senderKey(chosen.id, content.fromAlias) : ''}
          onChange={({ currentTarget }) => {
            const sender = chosenSender(currentTarget.value);
            keeper.change({
              accountId: sender.accountId,
              content: { ...content, fromAlias: sender.fromAlias },
            });
          }}
        >
          {asked.kind === 'asking' && <option value="">Looking up your accounts…</option>}
          {asked.kind === 'failed' && <option value="">Your accounts could not be read</option>}
          {accounts.map((account) => (
            <Senders key={account.id} account={account} />
          ))}
          {chosen && isGone(chosen, content.fromAlias) && (
            <option value={senderKey(chosen.id, content.fromAlias)}>
              {content.fromAlias}, which this account no longer has
            </option>
          )}
        </select>
      </div>
      {chosen && <AccountTrouble account={chosen} />}
      {chosen && <MissingRight account={chosen} address={content.fromAlias} />}
    </div>
  );
}

/** An account's id, and behind a space the other sender; the id alone for the account's own address. */
function senderKey(accountId: string, address: string | null): string {
  return address === null ? accountId : `${accountId} ${address}`;
}

function chosenSender(key: string): { accountId: string; fromAlias: string | null } {
  const space = key.indexOf(' ');
  if (space === -1) return { accountId: key, fromAlias: null };
  return { accountId: key.slice(0, space), fromAlias: key.slice(space + 1) };
}

/** Everybody that an account can send as: itself, then the others; under its label where it has one. */
function Senders({ account }: { readonly account: AccountView }): JSX.Element {
  const { id, name, address, label, otherSenders, grantedRungs } = account;
  const shared = grantedRungs.includes('shared-mailbox')
    ? ' – shared mailbox'
    : ' – shared, right missing';
  const options = [
    { key: id, text: name === '' ? address || accountName(account) : `${name} <${address}>` },
    ...otherSenders.map((other) => ({
      key: senderKey(id, other.address),
      text: `${formatMailbox({ name: other.name || name, address: other.address })}${other.kind === 'shared-mailbox' ? shared : ''}`,
    })),
  ].map(({ key, text }) => (
    <option key={key} value={key}>
      {text}
    </option>
  ));
  if (label === '') return <>{options}</>;
  return <optgroup label={`${label} (${account.providerName})`}>{options}</optgroup>;
}

/** A sender that was taken off the account after it was chosen: it is shown, never replaced silently. */
function isGone({ otherSenders }: AccountView, address: string | null): boolean {
  return address !== null && !otherSenders.some((other) => other.address === address);
}

/** What the chosen shared mailbox still takes, and the step to it; nothing when it can be sent from. */
function MissingRight(props: {
  readonly account: AccountView;
  readonly address: string | null;
}): JSX.Element | null {
  const { account, address } = props;
  const chosen = account.otherSenders.filter((other) => other.address === address);
  if (!lacksSharing({ ...account, otherSenders: chosen })) return null;
  return (
    <div class="line-notes small">
      <GiveRight account={account} rung="shared-mailbox" why="shared-mailbox" besides />
    </div>
  );
}

function NoAccount(): JSX.Element {
  return (
    <div class="line">
      <span class="line-label">From</span>
      <div class="line-body row no-account">
        <span>No account is linked yet. What you write is kept.</span>
        <a class="button button-small" href="/options.html#accounts" target="_blank">
          Link an account
        </a>
      </div>
    </div>
  );
}

/** What keeps the chosen account from sending, and the way out; nothing when it works. */
function AccountTrouble({ account }: { readonly account: AccountView }): JSX.Element | null {
  const { client } = useTools();
  const text = accountState(account);
  // One that may ask at its next send still sends.
  if (text.tone !== 'heed') return null;
  return (
    <div class="line-notes row small">
      <StateWord tone={text.tone} word={text.word} />
      <span>{text.happened}</span>
      <ActButton
        size="small"
        busyText="Waiting for the sign-in…"
        label={`Reconnect ${account.address}`}
        onAct={async () => {
          const answer = await client.ask('accounts.reconnect', { id: account.id });
          if (!answer.ok) return answer.error.userText;
          const linked = answer.value.kind === 'linked' && answer.value.canSend;
          return linked ? null : wholeText(linkText(answer.value));
        }}
      >
        Reconnect
      </ActButton>
    </div>
  );
}
