import type { JSX } from 'preact';
import type { MergeSummary } from '../../utils/messaging/messaging.ts';
import { errorOf } from '../live/live-answer.ts';
import { useTools } from '../live/tools.ts';
import { useAsked } from '../live/use-asked.ts';
import { ActButton, failureOf } from '../parts/ActButton.tsx';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { mergeProgressText, mergeTitle } from '../texts/merge-progress.ts';
import { DoNotMailList } from './DoNotMailList.tsx';
import './merge.css';

/** Mails to many in the settings: what there is, and who is never written to. */
export function MergesSection(): JSX.Element {
  const { client } = useTools();
  const { asked, refresh } = useAsked('merges.list', {}, ['outbox', 'lock']);
  const error = errorOf(asked);
  return (
    <>
      <p class="soft">One text to many people, one mail each.</p>
      <AnswerTrouble error={error} again={refresh} />
      <div class="row">
        <ActButton
          kind="wax"
          busyText="Opening…"
          onAct={async () => failureOf(await client.ask('merges.open', { id: null }))}
        >
          Write to many
        </ActButton>
      </div>
      {asked.kind === 'answered' && asked.value.merges.length > 0 && (
        <section class="part" aria-labelledby="merges">
          <h2 id="merges">Merges</h2>
          <ul class="merge-findings">
            {asked.value.merges.map((merge) => (
              <MergeLine key={merge.id} merge={merge} />
            ))}
          </ul>
        </section>
      )}
      <DoNotMailList />
    </>
  );
}

/** A merge in one line: how far it is, and the way to its page. */
export function MergeLine({ merge }: { readonly merge: MergeSummary }): JSX.Element {
  const { client, clock } = useTools();
  const title = mergeTitle(merge);
  return (
    <li>
      <strong class="one-line">
        <bdi>{title}</bdi>
      </strong>
      <ActButton
        size="small"
        busyText="Opening…"
        label={`Open the merge ${title}`}
        onAct={async () => failureOf(await client.ask('merges.open', { id: merge.id }))}
      >
        Open
      </ActButton>
      <span class="small merge-why">{mergeProgressText(merge, clock.now())}</span>
    </li>
  );
}
