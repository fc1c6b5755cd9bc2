import { useMemo, useState } from 'preact/hooks';
import { addressKey } from '../../utils/mail/mail.ts';
import {
  guessColumns,
  judgeRows,
  type ChosenColumns,
  type KeptPlan,
  type JudgedRow,
  type MergeRecipient,
  type MergeTable,
} from '../../utils/merge/merge.ts';
import type { DraftView } from '../../utils/messaging/messaging.ts';
import { useAsked } from '../live/use-asked.ts';

/** Who gets a mail, and who does not. */
export interface Plan {
  readonly table: MergeTable | null;
  readonly columns: ChosenColumns;
  /** The fields of the text, as they are looked up. */
  readonly fields: readonly string[];
  readonly rows: readonly JudgedRow[];
  readonly recipients: readonly MergeRecipient[];
  /** False until the do-not-mail list is known: nothing is started before. */
  readonly ready: boolean;
  useTable: (table: MergeTable | null) => void;
  choose: (columns: ChosenColumns) => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Judges a table by the text as it stands and by the do-not-mail list as it is now. Begins with what was kept. */
export function usePlan(content: DraftView['content'], kept: KeptPlan | null): Plan {
  const [table, setTable] = useState<MergeTable | null>(kept?.table ?? null);
  const [columns, setColumns] = useState<ChosenColumns>(kept?.columns ?? { address: -1, name: -1 });
  const { asked } = useAsked('suppressions.list', {}, ['suppressions']);
  const entries = asked.kind === 'answered' ? asked.value.entries : null;
  const doNotMail = useMemo(
    () => (entries ? new Set(entries.map(({ address }) => addressKey(address))) : NONE),
    [entries],
  );
  const { subject, text } = content;
  const judged = useMemo(
    () =>
      table ? judgeRows({ table, columns, subject, text, doNotMail }) : { fields: [], rows: [] },
    [table, columns, subject, text, doNotMail],
  );
  const recipients = useMemo(
    () =>
      judged.rows.flatMap(({ verdict }) => (verdict.kind === 'goes' ? [verdict.recipient] : [])),
    [judged],
  );
  return {
    table,
    columns,
    ...judged,
    recipients,
    ready: entries !== null,
    useTable(next) {
      setTable(next);
      if (next) setColumns(guessColumns(next));
    },
    choose: setColumns,
  };
}

/** A list of people as a table. */
export function tableOf(
  people: readonly { readonly name: string; readonly address: string }[],
): MergeTable {
  return {
    columns: ['Name', 'First name', 'E-mail'],
    rows: people.map(({ name, address }) => [name, firstNameOf(name), address]),
  };
}

/** `Ann Lee` and `Lee, Ann` are both Ann. '' where nobody can know. */
function firstNameOf(name: string): string {
  const [last = '', first] = name.split(',').map((part) => part.trim());
  const given = first ?? last;
  return /^[\p{L}\p{M}'’-]+/u.exec(given)?.[0] ?? '';
}
