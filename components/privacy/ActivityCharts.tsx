import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { StatisticsView } from '../../utils/messaging/messaging.ts';
import { errorOf } from '../live/live-answer.ts';
import { useAsked } from '../live/use-asked.ts';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { callErrorText } from '../texts/call-texts.ts';
import { mailSetbackText } from '../texts/outcome-texts.ts';
import { countText, durationText } from '../texts/times-and-sizes.ts';
import { BarTable } from './BarTable.tsx';
import { DayChart } from './DayChart.tsx';

/** How far back one can look. */
const SPANS = [7, 14, 30, 90, 365] as const;
const FIRST_SPAN = 14;

/** Mails a day, how long they took, and what went wrong: counts and times, nothing else. */
export function ActivityCharts(props: { readonly retentionDays: number }): JSX.Element {
  const spans = SPANS.filter((span, index) => index === 0 || span <= props.retentionDays);
  const [wanted, setWanted] = useState(FIRST_SPAN);
  const days = spans.findLast((span) => span <= wanted) ?? SPANS[0];
  const { asked, refresh } = useAsked('privacy.statistics', { days }, ['privacy', 'outbox']);
  const error = errorOf(asked);
  return (
    <section class="part" aria-labelledby="activity">
      <h2 id="activity">What happened</h2>
      <div class="field span-field">
        <label for="span">Look back</label>
        <select
          id="span"
          class="input"
          autocomplete="off"
          value={String(days)}
          onChange={({ currentTarget }) => setWanted(Number(currentTarget.value))}
        >
          {spans.map((span) => (
            <option key={span} value={String(span)}>
              {span} days
            </option>
          ))}
        </select>
      </div>
      <AnswerTrouble error={error} again={refresh} />
      {asked.kind === 'answered' && <Charts statistics={asked.value} />}
    </section>
  );
}

function Charts({ statistics }: { readonly statistics: StatisticsView }): JSX.Element {
  const { days, delivery, errors } = statistics;
  const mails = days.reduce((sum, day) => sum + day.sent + day.rejected + day.unconfirmed, 0);
  return (
    <>
      {mails === 0 ? <p>No mail is counted in these days.</p> : <DayChart days={days} />}
      {statistics.medianMs !== null && statistics.p90Ms !== null && (
        <BarTable
          title="How long delivery took"
          summary={`From the end of the time in which it can be undone, or from its hour, half of the mails were accepted within ${durationText(statistics.medianMs)}, nine of ten within ${durationText(statistics.p90Ms)}.`}
          columns={['Time', 'Mails']}
          rows={delivery.map(({ untilMs, count }, index) => ({
            name: bandText(untilMs, delivery[index - 1]?.untilMs ?? null),
            count,
          }))}
        />
      )}
      {errors.length === 0 ? (
        <p>No setback is counted in these days.</p>
      ) : (
        <BarTable
          title="What went wrong"
          summary={`${countText(
            errors.reduce((sum, { count }) => sum + count, 0),
            'setback',
          )} in these days. Most are tried again by themselves.`}
          columns={['What', 'Times']}
          rows={errors.map(({ of, kind, count }) => ({
            name: of === 'call' ? callErrorText(kind) : mailSetbackText(kind),
            detail: of === 'call' ? 'a call' : 'a mail',
            count,
          }))}
        />
      )}
    </>
  );
}

function bandText(untilMs: number | null, afterMs: number | null): string {
  if (untilMs !== null) return `up to ${durationText(untilMs)}`;
  return afterMs === null ? 'any time' : `more than ${durationText(afterMs)}`;
}
