import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { MergeView } from '../../utils/messaging/messaging.ts';
import { useAsked } from '../live/use-asked.ts';
import { errorOf } from '../live/live-answer.ts';
import { useTools } from '../live/tools.ts';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { Notice } from '../parts/Notice.tsx';
import { mergeProgressText } from '../texts/merge-progress.ts';
import { unreadableText } from '../texts/outcome-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { MergeActs } from './MergeActs.tsx';
import { ResultTable } from './ResultTable.tsx';

/** A merge that was started: how far it is, what can be done, and what became of each. */
export function MergeResult(props: {
  readonly id: string;
  /** It was dismissed, or has become its draft again, perhaps in another window. */
  readonly onGone: () => void;
}): JSX.Element {
  const { asked, refresh } = useAsked('merges.show', { id: props.id }, ['outbox', 'lock']);
  const merge = asked.kind === 'answered' ? asked.value : null;
  const gone = asked.kind === 'answered' && asked.value === null;
  const error = errorOf(asked);
  useEffect(() => {
    if (gone) props.onGone();
  }, [gone]);
  return (
    <main class="merge">
      <h1>Mails to many</h1>
      <AnswerTrouble error={error} again={refresh} />
      {asked.kind === 'asking' && <p class="asking">Looking up what became of each…</p>}
      {merge && <Result merge={merge} />}
    </main>
  );
}

function Result({ merge }: { readonly merge: MergeView }): JSX.Element {
  const { clock } = useTools();
  const { counts, total } = merge;
  const over = counts.sent + counts.unconfirmed + counts.rejected + counts.notSent;
  return (
    <>
      {merge.unreadable === null ? (
        <p class="one-line">
          <strong>
            <bdi>{merge.subject === '' ? 'No subject' : merge.subject}</bdi>
          </strong>
        </p>
      ) : (
        <Notice tone="heed">
          <p>{wholeText(unreadableText(merge.unreadable))}</p>
        </Notice>
      )}
      <progress
        class="merge-progress"
        aria-label="Mails that have come to their end"
        value={over}
        max={total}
      />
      <p role="status">{mergeProgressText(merge, clock.now())}</p>
      <MergeActs merge={merge} />
      <ResultTable merge={merge} />
    </>
  );
}
