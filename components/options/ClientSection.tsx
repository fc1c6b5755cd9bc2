import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AnswerOf, ClientView, ProviderView } from '../../utils/messaging/messaging.ts';
import { CopyField } from '../parts/CopyField.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ProviderIcon } from '../parts/ProviderIcon.tsx';
import { ClientForm } from './ClientForm.tsx';
import { ClientSummary } from './ClientSummary.tsx';

/** A client for every provider that needs one: how to register it, and whether it works. */
export function ClientSection(props: { readonly answer: AnswerOf<'accounts.list'> }): JSX.Element {
  const { clients, providers } = props.answer;
  return (
    <>
      <p class="lead">
        A provider lets an app in by its client. Yours is registered once, by you or your company,
        so that no server of ours stands between you and your mailbox.
      </p>
      {providers
        .filter((provider) => provider.clientFields.length > 0)
        .map((provider) => {
          const client = clients.find((one) => one.providerId === provider.id);
          return client && <ProviderSetup key={provider.id} provider={provider} client={client} />;
        })}
    </>
  );
}

function ProviderSetup(props: {
  readonly provider: ProviderView;
  readonly client: ClientView;
}): JSX.Element {
  const { provider, client } = props;
  const [changing, setChanging] = useState(false);
  const stored = client.origin !== 'none';
  return (
    <section class="setup" aria-labelledby={`setup-${provider.id}`}>
      <header class="card-head">
        <ProviderIcon id={provider.id} name="" />
        <h2 id={`setup-${provider.id}`}>{provider.name}</h2>
      </header>
      {stored && !changing ? (
        <ClientSummary provider={provider} client={client} onChange={() => setChanging(true)} />
      ) : (
        <>
          <CopyField
            id={`redirect-${provider.id}`}
            label="Redirect URI, exactly as it is"
            value={client.redirectUri}
          />
          <Steps provider={provider} redirectUri={client.redirectUri} />
          <ClientForm
            provider={provider}
            client={client}
            onSaved={() => setChanging(false)}
            onCancel={stored ? () => setChanging(false) : null}
          />
        </>
      )}
    </section>
  );
}

function Steps(props: {
  readonly provider: ProviderView;
  readonly redirectUri: string;
}): JSX.Element {
  const { provider, redirectUri } = props;
  return (
    <div class="stack">
      <div class="row">
        <a class="button" href={provider.setupPage} target="_blank" rel="noreferrer">
          Open the provider’s console
          <Icon name="leave" />
        </a>
      </div>
      <ol class="steps">
        {provider.setupSteps.map((step) => (
          <li key={step}>{withCode(step, redirectUri)}</li>
        ))}
      </ol>
    </div>
  );
}

/** A step with the redirect URI in its place, set apart from the sentence. */
function withCode(step: string, redirectUri: string): (JSX.Element | string)[] {
  return step
    .split('{redirectUri}')
    .flatMap((part, index) =>
      index === 0 ? [part] : [<code key={index}>{redirectUri}</code>, part],
    );
}
