import type { JSX } from 'preact';
import type { AnswerOf } from '../../utils/messaging/messaging.ts';
import { ProviderIcon } from '../parts/ProviderIcon.tsx';

/** What to do before the first account is linked: three steps, the first of them here and now. */
export function FirstRun(props: { readonly answer: AnswerOf<'accounts.list'> }): JSX.Element {
  const { clients, providers } = props.answer;
  const hasClient = (id: string): boolean =>
    clients.some(({ providerId, origin }) => providerId === id && origin !== 'none');
  const needsClient = !providers.every(({ id }) => hasClient(id));
  return (
    <section class="first-run" aria-labelledby="first-run">
      <h2 id="first-run">Three steps to your first mail</h2>
      <ol class="steps">
        <li>
          <strong>Choose where your mailbox is</strong>
          <div class="row">
            {providers.map(({ id, name }) => (
              <a
                key={id}
                class={providers.length === 1 ? 'button button-wax' : 'button'}
                href={`/options.html#accounts/${id}`}
                target="_blank"
              >
                <ProviderIcon id={id} name="" />
                {name}
              </a>
            ))}
          </div>
        </li>
        <li>
          <strong>{needsClient ? 'Set up a client, then link' : 'Link it'}</strong>
          <p class="soft small">
            {needsClient
              ? 'The client is your own key to the provider: once, about five minutes. Then you sign in, in the provider’s own window.'
              : 'In the provider’s own window. Postern asks to see your address and to send, and for nothing else.'}
          </p>
        </li>
        <li>
          <strong>Right-click somebody, write, send</strong>
          <p class="soft small">It goes out through your own mailbox. Its text is not kept here.</p>
        </li>
      </ol>
    </section>
  );
}
