import type { JSX } from 'preact';
import { useLive } from '../live/use-live.ts';
import { errorOf, type LiveAnswer } from '../live/live-answer.ts';
import { LockButton } from '../lock/LockButton.tsx';
import { UnlockPrompt } from '../lock/UnlockPrompt.tsx';
import { isLocked } from '../lock/use-lock.ts';
import { Icon, Mark } from '../parts/Icon.tsx';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import type { AnswerOf } from '../../utils/messaging/messaging.ts';
import { AccountStrip } from './AccountStrip.tsx';
import { ComposeLink } from './ComposeLink.tsx';
import { FirstRun } from './FirstRun.tsx';
import { OutboxGlance } from './OutboxGlance.tsx';
import '../tokens.css';
import '../base.css';
import '../parts/parts.css';
import '../lock/lock.css';
import './popup.css';

/** What the popup shows; both were asked for before anything was drawn. */
export interface PopupPageProps {
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
  readonly outbox: LiveAnswer<AnswerOf<'outbox.list'>>;
}

/**
 * The toolbar popup: write, what needs the person, how the accounts are. Its size is fixed, and the
 * lower part is drawn once both answers are there, so that nothing moves under the pointer. Its
 * first drawing stands in entrypoints/popup/index.html already, so that it is seen, and can be
 * used, before any script has run.
 */
export function PopupPage(props: PopupPageProps): JSX.Element {
  const accounts = useLive(props.accounts);
  const outbox = useLive(props.outbox);
  const locked = isLocked(accounts) || isLocked(outbox);
  const error = locked ? null : (errorOf(accounts) ?? errorOf(outbox));
  const again = (): Promise<unknown> =>
    Promise.all([props.accounts.refresh(), props.outbox.refresh()]);
  const firstRun = accounts.kind === 'answered' && accounts.value.accounts.length === 0;
  return (
    <div class="popup">
      <header>
        <div class="popup-head">
          <Mark />
          <h1 class="popup-name">Postern</h1>
          {accounts.kind === 'answered' && <LockButton />}
          <a
            class="button button-icon"
            href="/options.html#accounts"
            target="_blank"
            aria-label="Settings"
            title="Settings"
          >
            <Icon name="gear" />
          </a>
        </div>
        {!locked && <ComposeLink quiet={firstRun} />}
      </header>
      <main class="popup-main">
        <AnswerTrouble error={error} again={again} />
        {locked ? (
          <UnlockPrompt level={2} inPopup />
        ) : accounts.kind === 'asking' || outbox.kind === 'asking' ? (
          <p class="asking">Looking into your outbox…</p>
        ) : (
          <>
            {firstRun && <FirstRun answer={accounts.value} />}
            {outbox.kind === 'answered' && (
              <OutboxGlance
                mails={outbox.value.mails}
                counts={outbox.value.counts}
                merges={outbox.value.merges}
                accounts={accounts.kind === 'answered' ? accounts.value.accounts : []}
                quietWhenEmpty={firstRun}
              />
            )}
          </>
        )}
      </main>
      <footer class="popup-foot">
        {accounts.kind === 'answered' &&
          outbox.kind !== 'asking' &&
          !locked &&
          (!firstRun || accounts.value.unreadable.length > 0) && (
            <AccountStrip answer={accounts.value} />
          )}
      </footer>
    </div>
  );
}
