import type { JSX } from 'preact';

/** One bar: what it counts, and how often. */
export interface Bar {
  readonly name: string;
  /** What kind of thing it is, smaller; none when left out. */
  readonly detail?: string;
  readonly count: number;
}

/** Counts as bars. It is a table, so that the figures are there for whoever sees no bars. */
export function BarTable(props: {
  readonly title: string;
  /** The same in one sentence. */
  readonly summary: string;
  readonly columns: readonly [string, string];
  readonly rows: readonly Bar[];
}): JSX.Element {
  const { title, summary, columns, rows } = props;
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <div class="chart">
      <h3>{title}</h3>
      <p class="soft small">{summary}</p>
      <table class="bars" aria-label={title}>
        <thead class="unseen">
          <tr>
            <th scope="col">{columns[0]}</th>
            <th scope="col">{columns[1]}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, detail, count }) => (
            <tr key={`${name} ${detail ?? ''}`}>
              <th scope="row">
                {name}
                {detail !== undefined && <span class="soft"> ({detail})</span>}
              </th>
              <td>
                <span class="bar-cell">
                  <svg
                    class="bar"
                    viewBox="0 0 100 1"
                    preserveAspectRatio="none"
                    aria-hidden="true"
                    focusable="false"
                  >
                    <rect class="bar-ink" width={(100 * count) / most} height="1" />
                  </svg>
                  <span class="bar-count">{count.toLocaleString('en')}</span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
