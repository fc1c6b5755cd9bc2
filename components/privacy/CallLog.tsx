import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AccountView, AnswerOf } from '../../utils/messaging/messaging.ts';
import { errorOf } from '../live/live-answer.ts';
import { useAsked } from '../live/use-asked.ts';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { countText } from '../texts/times-and-sizes.ts';
import { CallFilters, EVERY_CALL, type ChosenCalls } from './CallFilters.tsx';
import { CallLine } from './CallLine.tsx';
import { LogActs } from './LogActs.tsx';

const PAGE = 25;

/** Each call of the last days, newest first, a page at a time: no number of them makes it slow. */
export function CallLog(props: {
  readonly overview: AnswerOf<'privacy.overview'>;
  readonly accounts: readonly AccountView[];
}): JSX.Element {
  const { overview, accounts } = props;
  const { callLogOn, retentionDays } = overview;
  const [chosen, setChosen] = useState<ChosenCalls>(EVERY_CALL);
  const [offset, setOffset] = useState(0);
  const { asked, refresh } = useAsked('privacy.calls', { ...chosen, offset, limit: PAGE }, [
    'privacy',
  ]);
  const error = errorOf(asked);
  const page = asked.kind === 'answered' ? asked.value : null;
  return (
    <section class="part" aria-labelledby="calls">
      <h2 id="calls">Which calls were made</h2>
      <p class="soft">
        {callLogOn
          ? `Each call of the last ${countText(retentionDays, 'day')}, without any content; then it is wiped.`
          : 'The call log is off. Nothing is written down.'}
      </p>
      <AnswerTrouble error={error} again={refresh} />
      {page && (page.total > 0 || chosen !== EVERY_CALL) && (
        <CallFilters
          chosen={chosen}
          choices={page.choices}
          accounts={accounts}
          onChoose={(next) => {
            setChosen(next);
            setOffset(0);
          }}
        />
      )}
      {page && <Calls page={page} accounts={accounts} offset={offset} onGo={setOffset} />}
      <LogActs overview={overview} empty={page === null || page.choices.hosts.length === 0} />
    </section>
  );
}

function Calls(props: {
  readonly page: AnswerOf<'privacy.calls'>;
  readonly accounts: readonly AccountView[];
  readonly offset: number;
  readonly onGo: (offset: number) => void;
}): JSX.Element {
  const { page, accounts, offset, onGo } = props;
  const { calls, total } = page;
  if (total === 0) {
    return (
      <p>{page.choices.hosts.length === 0 ? 'No call is in the log.' : 'No call fits that.'}</p>
    );
  }
  const last = Math.min(offset + PAGE, total);
  return (
    <>
      <ol class="calls" start={offset + 1}>
        {calls.map((call, index) => (
          <CallLine key={`${call.at} ${offset + index}`} call={call} accounts={accounts} />
        ))}
      </ol>
      <div class="row">
        <span class="soft small" role="status">
          {(offset + 1).toLocaleString('en')}–{last.toLocaleString('en')} of{' '}
          {countText(total, 'call')}
        </span>
        {offset > 0 && (
          <button
            type="button"
            class="button button-small"
            onClick={() => onGo(Math.max(0, offset - PAGE))}
          >
            Newer
          </button>
        )}
        {last < total && (
          <button type="button" class="button button-small" onClick={() => onGo(offset + PAGE)}>
            Older
          </button>
        )}
      </div>
    </>
  );
}
