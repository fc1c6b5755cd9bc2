import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AnswerOf, LinkOutcome, ProviderView } from '../../utils/messaging/messaging.ts';
import { ProviderIcon } from '../parts/ProviderIcon.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { mailboxesText } from '../texts/provider-texts.ts';
import { LinkProvider } from './LinkProvider.tsx';

type Answer = AnswerOf<'accounts.list'>;

/** The way to the first account in three steps; each asks for what it needs and for nothing that comes later. */
export function LinkFirst(props: {
  readonly answer: Answer;
  /** The provider that the person comes for; null when none was named. */
  readonly wanted: string | null;
  readonly onEnded: (outcome: LinkOutcome) => void;
}): JSX.Element {
  const { providers, clients } = props.answer;
  const [chosen, setChosen] = useState<ProviderView | null>(
    providers.find(({ id }) => id === props.wanted) ??
      (providers.length === 1 ? (providers[0] ?? null) : null),
  );
  const client = clients.find(({ providerId }) => providerId === chosen?.id);
  const hasClient = client !== undefined && client.origin !== 'none';
  return (
    <>
      <h2>Link your first account</h2>
      <ol class="steps">
        <li>
          <fieldset class="providers">
            <legend>Where is your mailbox?</legend>
            {providers.map((provider) => (
              <label key={provider.id} class="choice">
                <input
                  type="radio"
                  name="provider"
                  autocomplete="off"
                  checked={chosen?.id === provider.id}
                  onChange={() => setChosen(provider)}
                />
                <ProviderIcon id={provider.id} name="" />
                <span>
                  <strong>{provider.name}</strong>
                  <span class="soft small where">{mailboxesText(provider)}</span>
                </span>
              </label>
            ))}
          </fieldset>
        </li>
        <li>
          <ClientStep chosen={chosen} hasClient={hasClient} ofBuild={client?.origin === 'build'} />
        </li>
        <li>
          <strong>Link it</strong>
          <p class="soft">
            The provider’s own window opens. Postern never sees your password. It asks to see your
            address and to send; further rights are steps of their own, later, if you want them.
          </p>
          {chosen && hasClient && (
            <LinkProvider
              key={chosen.id}
              provider={chosen}
              words={`Link ${chosen.name}`}
              first
              onEnded={props.onEnded}
            />
          )}
        </li>
      </ol>
    </>
  );
}

function ClientStep(props: {
  readonly chosen: ProviderView | null;
  readonly hasClient: boolean;
  readonly ofBuild: boolean;
}): JSX.Element {
  const { chosen, hasClient, ofBuild } = props;
  if (chosen && hasClient) {
    return (
      <>
        <strong>A client for {chosen.name}</strong> <StateWord tone="good" word="Set up" />
        <p class="soft">
          {ofBuild ? 'It came with this build of Postern.' : 'You set it up.'}{' '}
          <a href={`#client/${chosen.id}`}>See its setup</a>
        </p>
      </>
    );
  }
  return (
    <>
      <strong>Set up a client, once</strong>
      <p class="soft">
        Your own key to the provider, registered in about five minutes, so that no server of ours
        stands in between. Where a company gave you its own Postern, it is there already.
      </p>
      {chosen && (
        <a class="button button-wax" href={`#client/${chosen.id}`}>
          Set up a client for {chosen.name}
        </a>
      )}
    </>
  );
}
