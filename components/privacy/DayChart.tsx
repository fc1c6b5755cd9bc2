import type { JSX } from 'preact';
import { Fragment } from 'preact';
import type { StatisticsView } from '../../utils/messaging/messaging.ts';
import { countText, dateText, durationText } from '../texts/times-and-sizes.ts';

type Day = StatisticsView['days'][number];

/** The outcomes of a mail, from the ground up. */
const OUTCOMES = [
  { id: 'sent', name: 'Sent' },
  { id: 'unconfirmed', name: 'Unconfirmed' },
  { id: 'rejected', name: 'Came back' },
] as const;

const SLOT = 10;
const BAR = 7;
const HEIGHT = 100;

/** Mails a day by outcome, as bars; the same figures stand in a table behind it. */
export function DayChart({ days }: { readonly days: readonly Day[] }): JSX.Element {
  const most = Math.max(1, ...days.map(totalOf));
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure class="chart" aria-labelledby="mails-a-day">
      <h3 id="mails-a-day">Mails a day</h3>
      <p class="soft small">{summaryOf(days)}</p>
      <div class="day-chart" aria-hidden="true">
        <span class="soft small">{most.toLocaleString('en')}</span>
        <svg
          class="day-bars"
          viewBox={`0 0 ${days.length * SLOT} ${HEIGHT}`}
          preserveAspectRatio="none"
          focusable="false"
        >
          {days.map((day, index) => (
            <DayBar key={day.at} day={day} x={index * SLOT} scale={HEIGHT / most} />
          ))}
        </svg>
        <span class="day-ends soft small">
          <span>{first ? dateText(first.at) : ''}</span>
          <span>{last ? dateText(last.at) : ''}</span>
        </span>
      </div>
      <ul class="legend small" aria-hidden="true">
        {OUTCOMES.map(({ id, name }) => (
          <li key={id}>
            <svg class="legend-key" viewBox="0 0 1 1" focusable="false">
              <rect class={`day-${id}`} width="1" height="1" />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <details>
        <summary class="small">The same as a table</summary>
        <DayTable days={days} />
      </details>
    </figure>
  );
}

function DayBar(props: {
  readonly day: Day;
  readonly x: number;
  readonly scale: number;
}): JSX.Element {
  const { day, x, scale } = props;
  let top = HEIGHT;
  return (
    <Fragment>
      {OUTCOMES.map(({ id }) => {
        const height = day[id] * scale;
        top -= height;
        return <rect key={id} class={`day-${id}`} x={x} y={top} width={BAR} height={height} />;
      })}
    </Fragment>
  );
}

function DayTable({ days }: { readonly days: readonly Day[] }): JSX.Element {
  const names = [...OUTCOMES.map(({ name }) => name), 'Half within', 'Nine of ten within'];
  return (
    <table class="table" aria-label="Mails a day">
      <thead>
        <tr>
          <th scope="col">Day</th>
          {names.map((name) => (
            <th key={name} scope="col" class="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days
          .filter((day) => totalOf(day) > 0)
          .toReversed()
          .map((day) => (
            <tr key={day.at}>
              <th scope="row">{dateText(day.at)}</th>
              {OUTCOMES.map(({ id, name }) => (
                <td key={id} data-name={name} class="number">
                  {day[id].toLocaleString('en')}
                </td>
              ))}
              <td data-name="Half within" class="number">
                {timeOrNone(day.medianMs)}
              </td>
              <td data-name="Nine of ten within" class="number">
                {timeOrNone(day.p90Ms)}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function timeOrNone(ms: number | null): string {
  return ms === null ? '–' : durationText(ms);
}

function totalOf({ sent, rejected, unconfirmed }: Day): number {
  return sent + rejected + unconfirmed;
}

function summaryOf(days: readonly Day[]): string {
  const sum = (id: 'sent' | 'rejected' | 'unconfirmed'): number =>
    days.reduce((total, day) => total + day[id], 0);
  const [sent, rejected, unconfirmed] = [sum('sent'), sum('rejected'), sum('unconfirmed')];
  const rest = [
    ...(unconfirmed > 0 ? [`${unconfirmed.toLocaleString('en')} unconfirmed`] : []),
    ...(rejected > 0 ? [`${rejected.toLocaleString('en')} came back`] : []),
  ];
  return `${[`${countText(sent, 'mail')} sent`, ...rest].join(', ')} in ${countText(days.length, 'day')}.`;
}
