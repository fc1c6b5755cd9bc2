import type { JSX } from 'preact';
import type { MergeView } from '../../utils/messaging/messaging.ts';
import { toCsv } from '../export/csv.ts';
import { useTools } from '../live/tools.ts';
import { rowOutcomeText } from '../texts/merge-texts.ts';
import { wholeText } from '../texts/outcome-text.ts';

/** The result as a CSV file, made in the page. */
export function SaveResult({ merge }: { readonly merge: MergeView }): JSX.Element | null {
  const { clock, saveFile } = useTools();
  if (merge.rows.length === 0) return null;
  const save = (): void => {
    const now = clock.now();
    saveFile({
      name: `postern-merge-${new Date(now).toISOString().slice(0, 10)}.csv`,
      mediaType: 'text/csv',
      text: resultCsv(merge, now),
    });
  };
  return (
    <button type="button" class="button" onClick={save}>
      Save as CSV
    </button>
  );
}

/** One line for each recipient; no cell of it is run by a spreadsheet. The mark at its start lets Excel read UTF-8. */
export function resultCsv(merge: MergeView, now: number): string {
  const lines = merge.rows.map(({ name, address, outcome }) => {
    const text = rowOutcomeText(outcome, now);
    const sentAt = outcome.kind === 'sent' ? new Date(outcome.sentAt).toISOString() : null;
    return [name, address, outcome.kind, sentAt, wholeText(text)];
  });
  return `\ufeff${toCsv([['name', 'address', 'outcome', 'sent at', 'what happened'], ...lines])}`;
}
