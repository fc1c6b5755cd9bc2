import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { AnswerOf, DraftView, MessageError } from '../../utils/messaging/messaging.ts';
import type { LiveAnswer } from '../live/live-answer.ts';
import { useTools } from '../live/tools.ts';
import { unpackPlan, type KeptPlan } from '../../utils/merge/merge.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { Notice } from '../parts/Notice.tsx';
import { MergePlan } from './MergePlan.tsx';
import { MergeResult } from './MergeResult.tsx';
import '../tokens.css';
import '../base.css';
import '../parts/parts.css';
import '../compose/compose.css';
import './merge.css';

/** What the page of a merge is opened with. */
export interface MergePageProps {
  /** Of the draft, and of the merge that it becomes; null when the address names none. */
  readonly id: string | null;
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
}

type Phase =
  | { readonly kind: 'opening' }
  | { readonly kind: 'failed'; readonly error: MessageError }
  | { readonly kind: 'planning'; readonly draft: DraftView; readonly kept: KeptPlan | null }
  | { readonly kind: 'started' }
  | { readonly kind: 'gone' };

/** Mails to many, one each: first the plan, then what became of each. */
export function MergePage({ id, accounts }: MergePageProps): JSX.Element {
  const { client } = useTools();
  const [phase, setPhase] = useState<Phase>({ kind: id === null ? 'gone' : 'opening' });
  const open = async (): Promise<null> => {
    if (id === null) return null;
    const draft = await client.ask('drafts.open', { id });
    if (!draft.ok) setPhase({ kind: 'failed', error: draft.error });
    else if (draft.value) {
      const kept = await client.ask('merges.plan', { id });
      if (!kept.ok) setPhase({ kind: 'failed', error: kept.error });
      else setPhase({ kind: 'planning', draft: draft.value, kept: unpackPlan(kept.value.plan) });
    } else {
      const merge = await client.ask('merges.show', { id });
      if (!merge.ok) setPhase({ kind: 'failed', error: merge.error });
      else setPhase({ kind: merge.value ? 'started' : 'gone' });
    }
    return null;
  };
  useLayoutEffect(() => void open(), [id]);
  switch (phase.kind) {
    case 'opening':
      return (
        <main class="plain">
          <h1 class="unseen">Write to many</h1>
          <p class="asking">Opening…</p>
        </main>
      );
    case 'failed':
      return (
        <main class="plain">
          <h1>This could not be opened</h1>
          <Notice tone="heed" urgent>
            <p>{phase.error.userText}</p>
          </Notice>
          <ActButton busyText="Opening…" onAct={open}>
            Try again
          </ActButton>
        </main>
      );
    case 'planning':
      return (
        <MergePlan
          draft={phase.draft}
          kept={phase.kept}
          accounts={accounts}
          onStarted={() => setPhase({ kind: 'started' })}
        />
      );
    case 'started':
      return <MergeResult id={id ?? ''} onGone={() => void open()} />;
    case 'gone':
      return <Gone />;
  }
}

function Gone(): JSX.Element {
  const { client, close } = useTools();
  const begin = async (): Promise<string | null> => {
    const answer = await client.ask('merges.open', { id: null });
    if (answer.ok) close();
    return failureOf(answer);
  };
  return (
    <main class="plain">
      <h1>There is no merge here</h1>
      <p>
        Its result was dismissed, or its draft discarded. What was sent lies in your mailbox’s Sent
        folder; Postern keeps nothing of it.
      </p>
      <div class="row">
        <ActButton kind="wax" busyText="Opening…" onAct={begin}>
          Write to many
        </ActButton>
        <button type="button" class="button" onClick={close}>
          Close
        </button>
      </div>
    </main>
  );
}
