import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { KeptPlan } from '../../utils/merge/merge.ts';
import type { AnswerOf, DraftView } from '../../utils/messaging/messaging.ts';
import { createDraftKeeper } from '../compose/draft-keeper.ts';
import { FromField } from '../compose/FromField.tsx';
import { SaveTrouble } from '../compose/SaveTrouble.tsx';
import type { LiveAnswer } from '../live/live-answer.ts';
import { useLive } from '../live/use-live.ts';
import { useTools } from '../live/tools.ts';
import { Notice } from '../parts/Notice.tsx';
import {
  CONSENT_RULES,
  COPIES_LEFT_OUT,
  NO_PIXEL,
  SPREAD_AS_CHOSEN,
} from '../texts/merge-texts.ts';
import { MergePreview } from './MergePreview.tsx';
import { MergeText } from './MergeText.tsx';
import { RecipientTable } from './RecipientTable.tsx';
import { StartMerge } from './StartMerge.tsx';
import { TableSource } from './TableSource.tsx';
import { Unsubscribe } from './Unsubscribe.tsx';
import { usePlan } from './use-plan.ts';

/** What is written, to whom, and what each gets, before anything is sent. */
export function MergePlan(props: {
  readonly draft: DraftView;
  /** Of the merge that the draft was taken back from; null when it was not. */
  readonly kept: KeptPlan | null;
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
  readonly onStarted: () => void;
}): JSX.Element {
  const { draft, kept, accounts, onStarted } = props;
  const { client } = useTools();
  const keeper = useMemo(() => createDraftKeeper(client, draft), [client, draft]);
  const version = useLive(keeper.version);
  const { content } = version;
  const plan = usePlan(content, kept);
  const [unsubscribe, setUnsubscribe] = useState(kept?.unsubscribe ?? false);
  const [spread, setSpread] = useState(kept?.spread ?? false);
  useEffect(() => {
    const leave = (): void => keeper.leave();
    globalThis.addEventListener('pagehide', leave);
    return () => {
      globalThis.removeEventListener('pagehide', leave);
      keeper.stop();
    };
  }, [keeper]);
  return (
    <main class="merge">
      <h1>Write to many, one mail each</h1>
      <SaveTrouble keeper={keeper} />
      <section class="part" aria-labelledby="merge-text">
        <h2 id="merge-text">What you write</h2>
        <FromField keeper={keeper} accounts={accounts} />
        <MergeText keeper={keeper} columns={plan.table?.columns ?? []} />
        {content.attachments.length > 0 && (
          <p class="soft">
            With{' '}
            {content.attachments.length === 1 ? 'one file' : `${content.attachments.length} files`},
            which are stored once and sent with each mail.
          </p>
        )}
        {content.cc.length + content.bcc.length > 0 && (
          <Notice tone="quiet">
            <p>{COPIES_LEFT_OUT}</p>
          </Notice>
        )}
      </section>
      <section class="part" aria-labelledby="merge-people">
        <h2 id="merge-people">To whom</h2>
        <TableSource draft={draft} kept={kept} to={content.to} onTable={plan.useTable} />
        {plan.table && <RecipientTable plan={plan} table={plan.table} />}
      </section>
      {plan.recipients.length > 0 && (
        <>
          <MergePreview keeper={keeper} plan={plan} unsubscribe={unsubscribe} />
          <section class="part" aria-labelledby="merge-fair">
            <h2 id="merge-fair">Before it goes out</h2>
            <p>{CONSENT_RULES}</p>
            <p class="soft">{NO_PIXEL}</p>
            <Unsubscribe
              chosen={unsubscribe}
              onChoose={setUnsubscribe}
              draft={version}
              accounts={accounts}
            />
            {kept?.spread && (
              <label class="check">
                <input
                  type="checkbox"
                  autocomplete="off"
                  checked={spread}
                  onChange={({ currentTarget }) => setSpread(currentTarget.checked)}
                />
                <span>{SPREAD_AS_CHOSEN}</span>
              </label>
            )}
          </section>
        </>
      )}
      <StartMerge
        keeper={keeper}
        plan={plan}
        chosen={{ unsubscribe, spread }}
        onStarted={onStarted}
      />
    </main>
  );
}
