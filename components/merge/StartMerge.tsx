import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { MERGE_LIMITS, packPlan, type KeptPlan } from '../../utils/merge/merge.ts';
import type { MergeStart } from '../../utils/messaging/messaging.ts';
import type { DraftKeeper } from '../compose/draft-keeper.ts';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { Notice } from '../parts/Notice.tsx';
import { OutcomeNotice } from '../parts/OutcomeNotice.tsx';
import { mergeStartText, tooManyText } from '../texts/merge-texts.ts';
import { countText } from '../texts/times-and-sizes.ts';
import type { Plan } from './use-plan.ts';

/** The one act of the page, and what stood in its way. */
export function StartMerge(props: {
  readonly keeper: DraftKeeper;
  readonly plan: Plan;
  readonly chosen: Pick<KeptPlan, 'unsubscribe' | 'spread'>;
  readonly onStarted: () => void;
}): JSX.Element {
  const { keeper, plan, chosen, onStarted } = props;
  const { client } = useTools();
  const [refused, setRefused] = useState<MergeStart | null>(null);
  const { recipients, fields, table, columns } = plan;
  const { unsubscribe } = chosen;
  const start = async (spread: boolean): Promise<string | null> => {
    setRefused(null);
    if (!(await keeper.flush())) return 'Your text could not be stored, so nothing was sent.';
    const draft = await client.ask('drafts.open', { id: keeper.id });
    if (!draft.ok) return draft.error.userText;
    const answer = await client.ask('merges.start', {
      draftId: keeper.id,
      revision: draft.value?.revision ?? 0,
      fields,
      recipients,
      spread,
      unsubscribe,
      plan: table ? packPlan({ table, columns, unsubscribe, spread }) : '',
    });
    if (!answer.ok) return answer.error.userText;
    const { kind } = answer.value;
    if (kind === 'started' || kind === 'already-started') onStarted();
    else setRefused(answer.value);
    return null;
  };
  const limit = MERGE_LIMITS.recipients;
  if (recipients.length > limit) {
    return (
      <Notice tone="heed">
        <p>{tooManyText(recipients.length, limit)}</p>
      </Notice>
    );
  }
  return (
    <>
      {refused && (
        <OutcomeNotice tone="heed" text={mergeStartText(refused)}>
          {refused.kind === 'over-daily-limit' && (
            <div class="row">
              <ActButton busyText="Storing…" onAct={() => start(true)}>
                Spread it over {refused.days} days
              </ActButton>
            </div>
          )}
        </OutcomeNotice>
      )}
      <div class="row">
        {recipients.length > 0 && plan.ready ? (
          <ActButton kind="wax" size="large" busyText="Storing…" onAct={() => start(chosen.spread)}>
            Send {countText(recipients.length, 'mail')}
          </ActButton>
        ) : (
          <button type="button" class="button button-wax button-large" disabled>
            Send to nobody yet
          </button>
        )}
      </div>
    </>
  );
}
