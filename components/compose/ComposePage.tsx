import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { AnswerOf, MessageError } from '../../utils/messaging/messaging.ts';
import type { LiveAnswer } from '../live/live-answer.ts';
import { useTools } from '../live/tools.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { Notice } from '../parts/Notice.tsx';
import { isLocked } from '../lock/use-lock.ts';
import { useLive } from '../live/use-live.ts';
import { ComposeForm } from './ComposeForm.tsx';
import { FollowMail } from './FollowMail.tsx';
import { LockedMail } from './LockedMail.tsx';
import { beginWriting, putAway, type Writing } from './writing.ts';
import '../tokens.css';
import '../base.css';
import '../parts/parts.css';
import '../lock/lock.css';
import './compose.css';

/** What the compose window is opened with. */
export interface ComposePageProps {
  /** Null when the address of the window names none. */
  readonly draftId: string | null;
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
}

type Phase =
  | { readonly kind: 'opening' }
  /** The window was opened without a mail: a new one is made, in a window of its own. */
  | { readonly kind: 'new' }
  | { readonly kind: 'failed'; readonly error: MessageError }
  | { readonly kind: 'writing'; readonly writing: Writing }
  /** The lock fell. `kept`: what could not be stored, and lives in this window's memory alone. */
  | { readonly kind: 'hidden'; readonly kept: Writing | null }
  /** It is no draft (any more): the window shows what became of it. */
  | { readonly kind: 'following' }
  | { readonly kind: 'gone' };

/** One mail in a window of its own: written, sent, and followed until it has gone. */
export function ComposePage({ draftId, accounts }: ComposePageProps): JSX.Element {
  const { client } = useTools();
  const [phase, setPhase] = useState<Phase>({ kind: draftId === null ? 'new' : 'opening' });

  const open = async (): Promise<null> => {
    if (draftId === null) return null;
    const answer = await client.ask('drafts.open', { id: draftId });
    if (!answer.ok) setPhase({ kind: 'failed', error: answer.error });
    else if (answer.value)
      setPhase({ kind: 'writing', writing: beginWriting(client, answer.value) });
    else setPhase({ kind: (await isInOutbox(client, draftId)) ? 'following' : 'gone' });
    return null;
  };
  useLayoutEffect(() => void open(), [draftId]);
  const locked = useHiding({ accounts, phase, setPhase, open });

  if (locked) return <LockedMail kept={phase.kind === 'hidden' ? phase.kept : null} />;
  switch (phase.kind) {
    case 'hidden':
    case 'opening':
      return (
        <Plain>
          <h1 class="unseen">Mail</h1>
          <p class="asking">Opening your mail…</p>
        </Plain>
      );
    case 'new':
      return <NewMail />;
    case 'failed':
      return (
        <Plain>
          <h1>This mail could not be opened</h1>
          <Notice tone="heed" urgent>
            <p>{phase.error.userText}</p>
          </Notice>
          <ActButton busyText="Opening…" onAct={open}>
            Try again
          </ActButton>
        </Plain>
      );
    case 'writing':
      return (
        <ComposeForm
          key={`${phase.writing.draft.id} ${phase.writing.draft.revision}`}
          writing={phase.writing}
          accounts={accounts}
          onQueued={() => setPhase({ kind: 'following' })}
        />
      );
    case 'following':
      return <FollowMail mailId={draftId ?? ''} onDraftAgain={() => void open()} />;
    case 'gone':
      return <Gone />;
  }
}

/**
 * While Postern is locked nothing of the mail stays in the page. What can be stored is stored as the
 * lock falls, and opened again afterwards; what can't stays in memory and comes back. True while locked.
 */
function useHiding(page: {
  readonly accounts: ComposePageProps['accounts'];
  readonly phase: Phase;
  readonly setPhase: (phase: Phase) => void;
  readonly open: () => Promise<null>;
}): boolean {
  const { client } = useTools();
  const { phase, setPhase, open } = page;
  const locked =
    isLocked(useLive(page.accounts)) || (phase.kind === 'failed' && phase.error.code === 'locked');

  const hide = async (writing: Writing): Promise<void> => {
    setPhase({ kind: 'hidden', kept: writing });
    if (await putAway(writing)) setPhase({ kind: 'hidden', kept: null });
  };
  useLayoutEffect(() => {
    if (locked && phase.kind === 'writing') void hide(phase.writing);
    if (locked || phase.kind !== 'hidden') return;
    if (phase.kept === null) void open();
    else setPhase({ kind: 'writing', writing: phase.kept });
  }, [locked, phase]);
  useLayoutEffect(
    () =>
      client.onChange((change) => {
        if (change === 'lock' && phase.kind === 'failed') void open();
      }),
    [client, phase],
  );
  return locked;
}

async function isInOutbox(
  client: ReturnType<typeof useTools>['client'],
  id: string,
): Promise<boolean> {
  const answer = await client.ask('outbox.show', { id });
  return answer.ok && answer.value !== null;
}

function NewMail(): JSX.Element {
  const { client, close } = useTools();
  const [failure, setFailure] = useState<string | null>(null);
  const begin = async (): Promise<null> => {
    const answer = await client.ask('compose.new', { accountId: null });
    setFailure(failureOf(answer));
    if (answer.ok) close();
    return null;
  };
  useLayoutEffect(() => void begin(), []);
  return (
    <Plain>
      <h1>New mail</h1>
      {failure === null ? (
        <p class="asking">Opening a new mail in a window of its own…</p>
      ) : (
        <Notice tone="heed" urgent>
          <p>{failure}</p>
          <div class="row">
            <ActButton busyText="Opening…" onAct={begin}>
              Try again
            </ActButton>
          </div>
        </Notice>
      )}
    </Plain>
  );
}

function Gone(): JSX.Element {
  const { client, close } = useTools();
  return (
    <Plain>
      <h1>This mail is not here any more</h1>
      <p>
        It was sent a while ago, or discarded. What was sent lies in your mailbox’s Sent folder;
        Postern keeps nothing of it.
      </p>
      <div class="row">
        <ActButton
          kind="wax"
          busyText="Opening…"
          onAct={async () => failureOf(await client.ask('compose.new', { accountId: null }))}
        >
          Write a new mail
        </ActButton>
        <button type="button" class="button" onClick={close}>
          Close
        </button>
      </div>
    </Plain>
  );
}

function Plain({ children }: { readonly children: JSX.Element | JSX.Element[] }): JSX.Element {
  return <main class="plain">{children}</main>;
}
