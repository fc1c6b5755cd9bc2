import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { MergeSummary } from '../../utils/messaging/messaging.ts';
import { useTools } from '../live/tools.ts';
import { failureOf } from '../parts/ActButton.tsx';
import { StateWord } from '../parts/StateWord.tsx';
import {
  mergeProgressText,
  mergeStateWord,
  mergeTitle,
  needsPerson,
} from '../texts/merge-progress.ts';

/** What needs the person comes first, then what goes on; what they have stopped themselves is last. */
export function byUrgency(merges: readonly MergeSummary[]): readonly MergeSummary[] {
  const rank = (merge: MergeSummary): number =>
    needsPerson(merge) ? 0 : merge.control === 'paused' ? 2 : 1;
  return merges.toSorted((a, b) => rank(a) - rank(b) || b.createdAt - a.createdAt);
}

/** A merge: all of the line opens its page. */
export function MergeLine({ merge }: { readonly merge: MergeSummary }): JSX.Element {
  const { client, clock } = useTools();
  const [failure, setFailure] = useState<string | null>(null);
  const { word, tone } = mergeStateWord(merge, clock.now());
  const open = async (): Promise<void> =>
    setFailure(failureOf(await client.ask('merges.open', { id: merge.id })));
  return (
    <li class="draft">
      <button type="button" class="draft-open" onClick={() => void open()}>
        <span class="mail-head">
          <strong class="one-line">
            <bdi>{mergeTitle(merge)}</bdi>
          </strong>
          <StateWord tone={tone} word={word} />
        </span>
        <span class="soft small">Merge: {mergeProgressText(merge, clock.now())}</span>
      </button>
      {failure !== null && (
        <p class="failure small" role="alert">
          {failure}
        </p>
      )}
    </li>
  );
}
