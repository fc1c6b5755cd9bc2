import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { RevokeResult, UnreadableView } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ConfirmInPlace } from '../parts/ConfirmInPlace.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import { wholeText } from '../texts/outcome-text.ts';
import { unreadableAccountText } from '../texts/account-texts.ts';

/** An account of which nothing can be shown but that it is there, and the way to be rid of it. */
export function UnreadableAccount(props: {
  readonly account: UnreadableView;
  readonly onRemoved: (result: RevokeResult) => void;
}): JSX.Element {
  const { account, onRemoved } = props;
  const { client } = useTools();
  const [asked, setAsked] = useState(false);
  const state = unreadableAccountText(account.code);
  const titleId = `account-${account.id}`;
  const remove = async (): Promise<string | null> => {
    const answer = await client.ask('accounts.remove', { id: account.id });
    if (!answer.ok) return answer.error.userText;
    onRemoved(answer.value);
    return null;
  };
  return (
    <article class="card" aria-labelledby={titleId}>
      <header class="card-head">
        <h2 id={titleId}>An account that can’t be opened</h2>
      </header>
      <p class="card-health">
        <StateWord tone={state.tone} word={state.word} />
        <span>{wholeText(state)}</span>
      </p>
      {asked ? (
        <ConfirmInPlace
          question="Remove this account?"
          confirm="Remove it"
          busyText="Removing…"
          onConfirm={remove}
          onCancel={() => setAsked(false)}
        >
          <ul class="bullets">
            <li>
              Its sign-in, drafts, waiting mails, receipts and log lines are wiped from this device.
            </li>
            <li>The consent at the provider stands: withdraw it there.</li>
            <li>This can’t be taken back.</li>
          </ul>
        </ConfirmInPlace>
      ) : (
        <div class="row">
          <ActButton
            busyText="Removing…"
            onAct={() => {
              setAsked(true);
              return Promise.resolve(null);
            }}
          >
            Remove…
          </ActButton>
        </div>
      )}
    </article>
  );
}
