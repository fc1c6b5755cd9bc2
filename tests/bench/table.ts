/** One line of the table: what was measured, beside the least that could have been. */
export interface Row {
  readonly what: string;
  /** The figure, with its unit. */
  readonly ours: string;
  /** The floor of the same run, with its unit; '' when the budget is absolute. */
  readonly floor: string;
  /** What the budget is about: a ratio, or the figure itself. */
  readonly measure: string;
  readonly budget: string;
  readonly within: boolean;
}

/** A row that could not be measured: it counts as a failure and says why. */
export interface Unmeasured {
  readonly what: string;
  readonly why: string;
}

/** A row, measured or not. */
export type Line = Row | Unmeasured;

const head = ['what', 'Postern', 'floor', 'measure', 'budget', 'verdict'] as const;

/** The table as Markdown, its columns aligned so that it reads well in a terminal too. */
export function tableOf(lines: readonly Line[]): string {
  const rows = [head, ...lines.map(cellsOf)];
  const widths = head.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const written = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  written.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return written.join('\n');
}

/** Whether everything was measured and keeps its budget. */
export function allWithin(lines: readonly Line[]): boolean {
  return lines.every((line) => 'within' in line && line.within);
}

function cellsOf(line: Line): readonly string[] {
  if (!('within' in line)) return [line.what, '—', '—', '—', '—', `NOT MEASURED: ${line.why}`];
  const { what, ours, floor, measure, budget, within } = line;
  return [what, ours, floor === '' ? '—' : floor, measure, budget, within ? 'kept' : 'BROKEN'];
}

/** Measures one row; what goes wrong becomes a row that says so. */
export async function rowOf(
  what: string,
  measure: () => Promise<Omit<Row, 'what'>>,
): Promise<Line> {
  try {
    return { what, ...(await measure()) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { what, why: why.replace(/\s+/g, ' ').replaceAll('|', '/') };
  }
}

/** The middle value; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
