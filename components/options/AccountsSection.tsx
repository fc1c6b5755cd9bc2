import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type {
  AnswerOf,
  LinkOutcome,
  ProviderView,
  RevokeResult,
} from '../../utils/messaging/messaging.ts';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import { linkText } from '../texts/account-texts.ts';
import { AccountCard } from './AccountCard.tsx';
import { AccountMover } from './AccountMover.tsx';
import { LinkFirst } from './LinkFirst.tsx';
import { LinkProvider } from './LinkProvider.tsx';
import { RevokeNotice } from './RevokeNotice.tsx';
import { UnreadableAccount } from './UnreadableAccount.tsx';
import { accountName, accountState } from '../accounts/account-state.ts';
import { useMoving } from './use-moving.ts';

type Answer = AnswerOf<'accounts.list'>;

interface Removed {
  readonly address: string;
  readonly consentPage: string | null;
  readonly result: RevokeResult;
}

/** The linked accounts, each with its health and what can be done, and the way to link one more. */
export function AccountsSection(props: {
  readonly answer: Answer;
  /** The provider that the person comes for; null when none was named. */
  readonly wanted: string | null;
}): JSX.Element {
  const { answer, wanted } = props;
  const { accounts, unreadable, providers, defaultAccountId } = answer;
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [first, setFirst] = useState<LinkOutcome | null>(null);
  const { said, move } = useMoving(accounts);
  const next = accounts.find((account) => accountState(account).tone === 'heed');
  return (
    <>
      <p class="soft">
        The mailboxes that Postern sends from, at Gmail and at Outlook. It asks each to see your
        address and to send; every further right is a step of its own.
      </p>
      {removed && (
        <RevokeNotice
          before={`${removed.address} was removed, with its drafts and waiting mails.`}
          result={removed.result}
          consentPage={removed.consentPage}
        />
      )}
      {first?.kind === 'linked' && accounts.length > 0 && <FirstLinked outcome={first} />}
      {accounts.map((account, place) => (
        <AccountCard
          key={account.id}
          account={account}
          provider={providers.find((one) => one.id === account.providerId) ?? null}
          isDefault={account.id === defaultAccountId}
          isNext={account.id === next?.id}
          mover={
            accounts.length > 1 && (
              <AccountMover
                name={accountName(account)}
                id={account.id}
                place={place}
                places={accounts.length}
                onMove={(by) => move(account.id, by)}
              />
            )
          }
          onRemoved={(result) =>
            setRemoved({ address: account.address, consentPage: account.consentPage, result })
          }
        />
      ))}
      <p class="unseen" role="status">
        {said}
      </p>
      {unreadable.map((one) => (
        <UnreadableAccount
          key={one.id}
          account={one}
          onRemoved={(result) =>
            setRemoved({
              address: 'The account that couldn’t be opened',
              consentPage: null,
              result,
            })
          }
        />
      ))}
      <section class="link" aria-label="Link an account">
        {accounts.length === 0 ? (
          <LinkFirst answer={answer} wanted={wanted} onEnded={setFirst} />
        ) : (
          <LinkMore answer={answer} onEnded={() => setFirst(null)} />
        )}
      </section>
    </>
  );
}

/** What became of linking the first account; the steps that led to it are gone, and the focus with them. */
function FirstLinked({ outcome }: { readonly outcome: LinkOutcome }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.focus(), []);
  const good = outcome.kind === 'linked' && outcome.canSend;
  return (
    <div ref={box} tabIndex={-1}>
      <OutcomeNotice tone={good ? 'good' : 'heed'} text={linkText(outcome)} />
    </div>
  );
}

function LinkMore(props: {
  readonly answer: Answer;
  /** What was said of the first account is old news then. */
  readonly onEnded: () => void;
}): JSX.Element {
  const { providers, clients, accounts } = props.answer;
  const hasClient = ({ id }: ProviderView): boolean =>
    clients.some(({ providerId, origin }) => providerId === id && origin !== 'none');
  return (
    <>
      <h2>One more account</h2>
      {providers.map((provider) =>
        hasClient(provider) ? (
          <LinkProvider
            key={provider.id}
            provider={provider}
            words={linkWords(provider, accounts)}
            first={false}
            onEnded={props.onEnded}
          />
        ) : (
          <div key={provider.id} class="row">
            <a class="button" href={`#client/${provider.id}`}>
              Set up a client for {provider.name}
            </a>
            <span class="soft small">It comes before the first {provider.name} account.</span>
          </div>
        ),
      )}
    </>
  );
}

function linkWords({ id, name }: ProviderView, accounts: Answer['accounts']): string {
  const another = accounts.some(({ providerId }) => providerId === id);
  return another ? `Link another ${name} account` : `Link an account at ${name}`;
}
