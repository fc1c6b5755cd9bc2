import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { AnswerOf, ClientView, ProviderView } from '../../utils/messaging/messaging.ts';
import { useFocusKept } from '../live/use-focus-kept.ts';
import { CopyField } from '../parts/CopyField.tsx';
import { Icon } from '../parts/Icon.tsx';
import { ProviderIcon } from '../parts/ProviderIcon.tsx';
import { mailboxesText } from '../texts/provider-texts.ts';
import { ClientForm } from './ClientForm.tsx';
import { ClientSummary } from './ClientSummary.tsx';

/** A client for every provider that needs one: how to register it, and whether it works. */
export function ClientSection(props: {
  readonly answer: AnswerOf<'accounts.list'>;
  /** The provider that the person comes for; null when none was named. */
  readonly wanted: string | null;
}): JSX.Element {
  const { clients } = props.answer;
  /** The provider that the person set about last: of several, its act is the one of the page. */
  const [last, setLast] = useState(props.wanted);
  const providers = props.answer.providers.filter(({ clientFields }) => clientFields.length > 0);
  const hasClient = ({ id }: ProviderView): boolean =>
    clients.some(({ providerId, origin }) => providerId === id && origin !== 'none');
  const main = providers.find(({ id }) => id === last) ?? providers.find(hasClient) ?? providers[0];
  return (
    <>
      <p class="soft">
        A provider lets an app in by its client. Yours is registered once, by you or your company,
        so that no server of ours stands between you and your mailbox.
      </p>
      {providers.map((provider) => {
        const client = clients.find((one) => one.providerId === provider.id);
        return (
          client && (
            <ProviderSetup
              // Another provider may be named while the page is open.
              key={`${provider.id} ${props.wanted ?? ''}`}
              provider={provider}
              client={client}
              begun={providers.length === 1 || props.wanted === provider.id}
              main={provider.id === main?.id}
              onBegin={() => setLast(provider.id)}
            />
          )
        );
      })}
    </>
  );
}

function ProviderSetup(props: {
  readonly provider: ProviderView;
  readonly client: ClientView;
  /** The steps are shown without being asked for. */
  readonly begun: boolean;
  /** True where its act is the one of the page. */
  readonly main: boolean;
  /** The person sets about it. */
  readonly onBegin: () => void;
}): JSX.Element {
  const { provider, client, main, onBegin } = props;
  const [changing, setChanging] = useState(false);
  const [begun, setBegun] = useState(props.begun);
  const stored = client.origin !== 'none';
  const asking = !stored && !begun;
  const section = useRef<HTMLElement>(null);
  // The button that was pressed goes with what it opened or closed.
  useFocusKept(`${asking} ${stored && !changing}`, () =>
    section.current?.querySelector<HTMLElement>('.input:not([readonly]), .row > button'),
  );
  return (
    <section class="setup" ref={section} aria-labelledby={`setup-${provider.id}`}>
      <header class="card-head">
        <ProviderIcon id={provider.id} name="" />
        <div class="card-names">
          <h2 id={`setup-${provider.id}`}>{provider.name}</h2>
          <p class="soft small">{mailboxesText(provider)}</p>
        </div>
      </header>
      {stored && !changing && (
        <ClientSummary
          provider={provider}
          client={client}
          main={main}
          onTest={onBegin}
          onChange={() => {
            onBegin();
            setChanging(true);
          }}
        />
      )}
      {asking && (
        <div class="row">
          <button
            type="button"
            class="button"
            onClick={() => {
              onBegin();
              setBegun(true);
            }}
          >
            Set up a client for {provider.name}
          </button>
        </div>
      )}
      {!asking && (!stored || changing) && (
        <>
          <RedirectUri provider={provider} client={client} />
          <Steps provider={provider} redirectUri={client.redirectUri} />
          <ClientForm
            provider={provider}
            client={client}
            main={main}
            onSaved={() => setChanging(false)}
            onCancel={stored ? () => setChanging(false) : null}
          />
        </>
      )}
    </section>
  );
}

function RedirectUri(props: {
  readonly provider: ProviderView;
  readonly client: ClientView;
}): JSX.Element {
  const { provider, client } = props;
  return (
    <div class="stack">
      <CopyField
        id={`redirect-${provider.id}`}
        label="Redirect URI, exactly as it is"
        value={client.redirectUri}
      />
      <p class="soft small">
        It belongs to this browser’s copy of Postern: each store gives the extension an id of its
        own, and so does each unpacked copy. For a second browser, add that browser’s address to the
        same client.
      </p>
    </div>
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
