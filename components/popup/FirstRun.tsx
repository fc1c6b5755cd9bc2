import type { JSX } from 'preact';
import type { AnswerOf } from '../../utils/messaging/messaging.ts';

/** What to do before the first account is linked: three steps, the first of them one click away. */
export function FirstRun(props: { readonly answer: AnswerOf<'accounts.list'> }): JSX.Element {
  const { clients, providers } = props.answer;
  const needsClient = clients.every((client) => client.origin === 'none');
  const names = providers.map((provider) => provider.name).join(' or ');
  return (
    <section class="first-run" aria-labelledby="first-run">
      <h2 id="first-run">Three steps to your first mail</h2>
      <ol class="steps">
        <li>
          <strong>{needsClient ? 'Set up a client' : `Link ${names}`}</strong>
          <p class="soft small">
            {needsClient
              ? 'Once, about five minutes. It is your own key to the provider; no server of ours stands in between.'
              : 'In the provider’s own window. Postern asks to see your address and to send, and for nothing else.'}
          </p>
          <a
            class="button button-wax"
            href={needsClient ? '/options.html#client' : '/options.html#accounts'}
            target="_blank"
          >
            {needsClient ? 'Set up a client' : 'Link an account'}
          </a>
        </li>
        <li>
          <strong>{needsClient ? `Link ${names}` : 'Right-click somebody'}</strong>
          <p class="soft small">
            {needsClient
              ? 'In the provider’s own window, with the right to send and nothing else.'
              : 'An address, a link or a name on any page: “Write to …”.'}
          </p>
        </li>
        <li>
          <strong>Write and send</strong>
          <p class="soft small">It goes out through your own mailbox. Its text is not kept here.</p>
        </li>
      </ol>
    </section>
  );
}
