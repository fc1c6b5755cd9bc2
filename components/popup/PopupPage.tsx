import type { JSX } from 'preact';
import { useLive } from '../live/use-live.ts';
import { errorOf, type LiveAnswer } from '../live/live-answer.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { Icon, Mark } from '../parts/Icon.tsx';
import { Notice } from '../parts/Notice.tsx';
import type { AnswerOf } from '../../utils/messaging/messaging.ts';
import { AccountStrip } from './AccountStrip.tsx';
import { FirstRun } from './FirstRun.tsx';
import { OutboxGlance } from './OutboxGlance.tsx';
import '../tokens.css';
import '../base.css';
import '../parts/parts.css';
import './popup.css';

/** What the popup shows; both were asked for before anything was drawn. */
export interface PopupPageProps {
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
  readonly outbox: LiveAnswer<AnswerOf<'outbox.list'>>;
}

/**
 * The toolbar popup: write, what needs the person, how the accounts are. Its size is fixed, and the
 * lower part is drawn once both answers are there, so that nothing moves under the pointer.
 */
export function PopupPage(props: PopupPageProps): JSX.Element {
  const accounts = useLive(props.accounts);
  const outbox = useLive(props.outbox);
  const error = errorOf(accounts) ?? errorOf(outbox);
  const firstRun = accounts.kind === 'answered' && accounts.value.accounts.length === 0;
  return (
    <div class="popup">
      <header class="popup-head">
        <Mark />
        <h1 class="popup-name">Postern</h1>
        <a
          class="button button-icon"
          href="/options.html#accounts"
          target="_blank"
          aria-label="Settings"
          title="Settings"
        >
          <Icon name="gear" />
        </a>
      </header>
      <Compose quiet={firstRun} />
      <main class="popup-main">
        {error && (
          <Notice tone="heed" urgent>
            <p>{error.userText}</p>
          </Notice>
        )}
        {accounts.kind === 'asking' || outbox.kind === 'asking' ? (
          <p class="asking">Looking into your outbox…</p>
        ) : (
          <>
            {firstRun && <FirstRun answer={accounts.value} />}
            {outbox.kind === 'answered' && (
              <OutboxGlance
                mails={outbox.value.mails}
                accounts={accounts.kind === 'answered' ? accounts.value.accounts : []}
                quietWhenEmpty={firstRun}
              />
            )}
          </>
        )}
      </main>
      <footer class="popup-foot">
        {accounts.kind === 'answered' && outbox.kind !== 'asking' && !firstRun && (
          <AccountStrip answer={accounts.value} />
        )}
      </footer>
    </div>
  );
}

/** The one act that the popup is about; only before the first account it is another one. */
function Compose({ quiet }: { readonly quiet: boolean }): JSX.Element {
  const { client } = useTools();
  return (
    <div class="popup-compose">
      <ActButton
        kind={quiet ? 'plain' : 'wax'}
        size="large"
        busyText="Opening…"
        onAct={async () => failureOf(await client.ask('compose.new', { accountId: null }))}
      >
        <Icon name="pen" />
        Write a mail
      </ActButton>
    </div>
  );
}
