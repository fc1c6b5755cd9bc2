import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type {
  AnswerOf,
  LinkOutcome,
  ProviderView,
  RevokeResult,
} from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import { linkText } from '../texts/account-texts.ts';
import { AccountCard } from './AccountCard.tsx';
import { AllowHost } from './AllowHost.tsx';
import { RevokeNotice } from './RevokeNotice.tsx';
import { UnreadableAccount } from './UnreadableAccount.tsx';

interface Removed {
  readonly address: string;
  readonly provider: ProviderView | null;
  readonly result: RevokeResult;
}

/** The linked accounts, each with its health and what can be done, and the way to link one more. */
export function AccountsSection(props: {
  readonly answer: AnswerOf<'accounts.list'>;
}): JSX.Element {
  const { accounts, unreadable, providers, clients, defaultAccountId } = props.answer;
  const [removed, setRemoved] = useState<Removed | null>(null);
  return (
    <>
      <p class="lead">
        The mailboxes that Postern sends from. It asks to see your address and to send, and for
        nothing else.
      </p>
      {removed && (
        <RevokeNotice
          before={`${removed.address} was removed, with its drafts and waiting mails.`}
          result={removed.result}
          provider={removed.provider}
        />
      )}
      {accounts.map((account) => {
        const provider = providers.find((one) => one.id === account.providerId) ?? null;
        return (
          <AccountCard
            key={account.id}
            account={account}
            provider={provider}
            isDefault={account.id === defaultAccountId}
            onRemoved={(result) => setRemoved({ address: account.address, provider, result })}
          />
        );
      })}
      {unreadable.map((one) => (
        <UnreadableAccount
          key={one.id}
          account={one}
          onRemoved={(result) =>
            setRemoved({ address: 'The account that couldn’t be opened', provider: null, result })
          }
        />
      ))}
      <section class="link" aria-label="Link an account">
        {accounts.length === 0 && <h2>Link your first account</h2>}
        {providers.map((provider) => (
          <LinkProvider
            key={provider.id}
            provider={provider}
            hasClient={clients.some(
              (client) => client.providerId === provider.id && client.origin !== 'none',
            )}
            first={accounts.length === 0}
          />
        ))}
      </section>
    </>
  );
}

function LinkProvider(props: {
  readonly provider: ProviderView;
  readonly hasClient: boolean;
  readonly first: boolean;
}): JSX.Element {
  const { provider, hasClient, first } = props;
  const { client } = useTools();
  const [outcome, setOutcome] = useState<LinkOutcome | null>(null);
  const link = async (): Promise<string | null> => {
    setOutcome(null);
    const answer = await client.ask('accounts.link', { providerId: provider.id });
    if (!answer.ok) return answer.error.userText;
    setOutcome(answer.value);
    return null;
  };
  if (!hasClient) {
    return (
      <div class="stack">
        <p>
          Before {provider.name} can be linked, Postern needs a client: your own key to the
          provider, registered once in about five minutes.
        </p>
        <div class="row">
          <a class="button button-wax" href="#client">
            Set up a client for {provider.name}
          </a>
        </div>
      </div>
    );
  }
  return (
    <div class="stack">
      {first && (
        <p class="soft">
          The provider’s own window opens. Postern never sees your password. Leave the box for
          sending ticked.
        </p>
      )}
      <div class="row">
        <ActButton
          kind={first ? 'wax' : 'plain'}
          busyText="Waiting for the sign-in window…"
          onAct={link}
        >
          {first ? `Link ${provider.name}` : `Link another ${provider.name} account`}
        </ActButton>
      </div>
      {outcome && (
        <OutcomeNotice
          tone={outcome.kind === 'linked' && outcome.canSend ? 'good' : 'heed'}
          text={linkText(outcome)}
        >
          {outcome.kind === 'needs-host' && <AllowHost host={outcome.host} then={link} />}
        </OutcomeNotice>
      )}
    </div>
  );
}
