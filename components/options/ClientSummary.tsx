import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type {
  ClientTestOutcome,
  ClientView,
  ProviderView,
} from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, buttonClass, failureOf } from '../parts/ActButton.tsx';
import { ConfirmInPlace } from '../parts/ConfirmInPlace.tsx';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import { clientTestText } from '../texts/account-texts.ts';
import { tenantText } from '../texts/provider-texts.ts';
import { AllowHost } from './AllowHost.tsx';

/** A client that is there: what is known of it, and whether the provider knows it too. */
export function ClientSummary(props: {
  readonly provider: ProviderView;
  readonly client: ClientView;
  /** True where its act is the one of the page. */
  readonly main: boolean;
  readonly onTest: () => void;
  readonly onChange: () => void;
}): JSX.Element {
  const { provider, client, main, onTest, onChange } = props;
  const tools = useTools();
  const [tested, setTested] = useState<ClientTestOutcome | null>(null);
  const [removing, setRemoving] = useState(false);
  const own = client.origin === 'person';

  const test = async (): Promise<string | null> => {
    onTest();
    setTested(null);
    const answer = await tools.client.ask('clients.test', { providerId: provider.id });
    if (answer.ok) setTested(answer.value);
    return failureOf(answer);
  };
  const remove = async (): Promise<string | null> => {
    const answer = await tools.client.ask('clients.remove', { providerId: provider.id });
    if (answer.ok) setRemoving(false);
    return failureOf(answer);
  };
  return (
    <div class="stack">
      <ClientFacts provider={provider} client={client} />
      {tested && (
        <OutcomeNotice
          tone={tested.kind === 'works' ? 'good' : 'heed'}
          text={clientTestText(tested)}
        >
          {tested.kind === 'works' && (
            <div class="row">
              <a class={buttonClass(main ? 'wax' : 'plain')} href={`#accounts/${provider.id}`}>
                Link an account
              </a>
            </div>
          )}
          {tested.kind === 'needs-host' && <AllowHost host={tested.host} then={test} />}
        </OutcomeNotice>
      )}
      {removing ? (
        <ConfirmInPlace
          question="Remove this client?"
          confirm="Remove it"
          busyText="Removing…"
          onConfirm={remove}
          onCancel={() => setRemoving(false)}
        >
          <p>
            Accounts that were linked with it can’t renew their sign-in until there is a client
            again. Their mails wait.
          </p>
        </ConfirmInPlace>
      ) : (
        <div class="row">
          <ActButton
            kind={main && tested?.kind !== 'works' ? 'wax' : 'plain'}
            busyText="Asking the provider…"
            onAct={test}
          >
            Test this client
          </ActButton>
          <button type="button" class="button" onClick={onChange}>
            {own ? 'Change' : 'Use your own'}
          </button>
          {own && (
            <button type="button" class="button button-bare" onClick={() => setRemoving(true)}>
              Remove…
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** What is known of a client; its secret is never shown. */
function ClientFacts(props: {
  readonly provider: ProviderView;
  readonly client: ClientView;
}): JSX.Element {
  const { provider, client } = props;
  const takes = (id: ProviderView['clientFields'][number]['id']): boolean =>
    provider.clientFields.some((field) => field.id === id);
  return (
    <dl class="facts">
      <dt>Client ID</dt>
      <dd>
        <code>{client.clientId}</code>
        {client.origin === 'build' && <p class="soft small">It came with this build of Postern.</p>}
      </dd>
      {takes('clientSecret') && (
        <>
          <dt>Client secret</dt>
          <dd>{client.hasSecret ? 'Stored, sealed. It is never shown again.' : 'None is kept.'}</dd>
        </>
      )}
      {takes('tenant') && client.tenant !== null && (
        <>
          <dt>Accounts</dt>
          <dd>{tenantText(client.tenant)}</dd>
        </>
      )}
      <dt>Redirect URI</dt>
      <dd>
        <code>{client.redirectUri}</code>
      </dd>
    </dl>
  );
}
