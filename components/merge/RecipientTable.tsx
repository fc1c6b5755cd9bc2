import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { MergeTable } from '../../utils/merge/merge.ts';
import { StateWord } from '../parts/StateWord.tsx';
import { fallbackText, leftOutText } from '../texts/merge-texts.ts';
import { countText } from '../texts/times-and-sizes.ts';
import type { Plan } from './use-plan.ts';

const SHOWN = 20;

/** Which columns are meant, and what happens with each row that is not simply sent to. */
export function RecipientTable(props: {
  readonly plan: Plan;
  readonly table: MergeTable;
}): JSX.Element {
  const { plan, table } = props;
  const { columns, choose } = plan;
  const leftOut = plan.rows.length - plan.recipients.length;
  return (
    <>
      <div class="merge-columns">
        <ColumnChoice
          id="merge-address"
          label="Addresses are in"
          table={table}
          chosen={columns.address}
          onChoose={(address) => choose({ ...columns, address })}
        />
        <ColumnChoice
          id="merge-name"
          label="Names are in"
          table={table}
          chosen={columns.name}
          onChoose={(name) => choose({ ...columns, name })}
        />
      </div>
      <p role="status">
        <strong>{countText(plan.recipients.length, 'mail')}</strong>
        {leftOut === 0 ? ', one for each row.' : `, and ${countText(leftOut, 'row')} left out.`}
      </p>
      <Findings plan={plan} />
    </>
  );
}

function ColumnChoice(props: {
  readonly id: string;
  readonly label: string;
  readonly table: MergeTable;
  readonly chosen: number;
  readonly onChoose: (column: number) => void;
}): JSX.Element {
  const { id, label, table, chosen, onChoose } = props;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        autocomplete="off"
        value={String(chosen)}
        onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}
      >
        <option value="-1">no column</option>
        {table.columns.map((column, index) => (
          <option key={index} value={String(index)}>
            {column === '' ? `Column ${index + 1}` : column}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Every row that is left out, and every one in which something stands in, each with what happens. */
function Findings({ plan }: { readonly plan: Plan }): JSX.Element | null {
  const [shown, setShown] = useState(SHOWN);
  const found = plan.rows.flatMap(({ row, address, verdict }) => {
    if (verdict.kind === 'left-out') {
      return [{ row, address, leftOut: true, text: leftOutText(verdict.why) }];
    }
    const { fallbacks } = verdict;
    if (fallbacks.length === 0) return [];
    return [{ row, address, leftOut: false, text: fallbackText(fallbacks) }];
  });
  if (found.length === 0) return null;
  return (
    <>
      <ul class="merge-findings" aria-label="Rows to look at">
        {found.slice(0, shown).map(({ row, address, leftOut, text }) => (
          <li key={row}>
            <span class="soft small">Row {row}</span>
            <span class="one-line">
              <bdi>{address === '' ? 'no address' : address}</bdi>
            </span>
            <StateWord tone={leftOut ? 'heed' : 'quiet'} word={leftOut ? 'Left out' : 'Goes out'} />
            <span class="small merge-why">{text}</span>
          </li>
        ))}
      </ul>
      {shown < found.length && (
        <button type="button" class="button button-small" onClick={() => setShown(shown + 200)}>
          Show {Math.min(200, found.length - shown)} more
        </button>
      )}
    </>
  );
}
