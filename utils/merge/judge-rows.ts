import {
  addressKey,
  hasControlCharacter,
  isAddress,
  parseAddressList,
  type Mailbox,
} from '../mail/mail.ts';
import { columnFor, type ChosenColumns } from './columns.ts';
import type { MergeRecipient } from './fill-content.ts';
import type { MergeTable } from './table.ts';
import { fieldsIn } from './template.ts';

/** Why a row gets no mail. */
export type LeftOut =
  | { readonly kind: 'no-address' }
  | { readonly kind: 'invalid-address' }
  | { readonly kind: 'several-addresses' }
  /** `firstRow` gets the mail. */
  | { readonly kind: 'duplicate'; readonly firstRow: number }
  | { readonly kind: 'do-not-mail' }
  /** These fields are empty here, and the text does not say what stands in for them. */
  | { readonly kind: 'missing-fields'; readonly fields: readonly string[] }
  /** A line break or another control character in what goes into a header. */
  | { readonly kind: 'control-character'; readonly field: string };

/** What happens with a row. */
export type Verdict =
  /** `fallbacks`: fields that are empty here, so that what stands in for them is written. */
  | {
      readonly kind: 'goes';
      readonly recipient: MergeRecipient;
      readonly fallbacks: readonly string[];
    }
  | { readonly kind: 'left-out'; readonly why: LeftOut };

/** A row with its verdict. `row` counts from 1, the heading not counted. */
export interface JudgedRow {
  readonly row: number;
  /** The cell as it stands in the table. */
  readonly address: string;
  readonly verdict: Verdict;
}

/** What rows are judged by. */
export interface Judging {
  readonly table: MergeTable;
  readonly columns: ChosenColumns;
  readonly subject: string;
  /** The text, and the formatted one with it where there is one. */
  readonly text: string;
  /** Addresses that are never written to, as `addressKey` gives them. */
  readonly doNotMail: ReadonlySet<string>;
}

/** Says for each row whether it gets a mail, and gives the fields whose values go along. */
export function judgeRows(judging: Judging): {
  readonly fields: readonly string[];
  readonly rows: readonly JudgedRow[];
} {
  const { table, subject, text } = judging;
  const inSubject = new Set(fieldsIn(subject).map(({ name }) => name));
  const needed = new Map<string, boolean>();
  for (const { name, fallback } of [...fieldsIn(subject), ...fieldsIn(text)]) {
    needed.set(name, (needed.get(name) ?? true) && fallback !== null);
  }
  const fields = [...needed.keys()];
  const first = new Map<string, number>();
  const rows = table.rows.map((cells, index): JudgedRow => {
    const row = index + 1;
    const address = (cells[judging.columns.address] ?? '').trim();
    const values = fields.map((field) => (cells[columnFor(table.columns, field)] ?? '').trim());
    const why = leftOutBecause({ judging, cells, inSubject, needed, values, fields });
    if ('kind' in why) return { row, address, verdict: { kind: 'left-out', why } };
    const key = addressKey(why.address);
    const firstRow = first.get(key);
    if (firstRow !== undefined) {
      const duplicate = { kind: 'duplicate', firstRow } as const;
      return { row, address, verdict: { kind: 'left-out', why: duplicate } };
    }
    first.set(key, row);
    const fallbacks = fields.filter((_, at) => values[at] === '');
    return {
      row,
      address,
      verdict: { kind: 'goes', recipient: { ...why, values }, fallbacks },
    };
  });
  return { fields, rows };
}

/** The person to write to, or why nobody is written to. */
function leftOutBecause(look: {
  readonly judging: Judging;
  readonly cells: readonly string[];
  readonly inSubject: ReadonlySet<string>;
  /** By field, whether the text says everywhere what stands in for it. */
  readonly needed: ReadonlyMap<string, boolean>;
  readonly values: readonly string[];
  readonly fields: readonly string[];
}): LeftOut | Mailbox {
  const { judging, cells, inSubject, needed, values, fields } = look;
  const cell = (cells[judging.columns.address] ?? '').trim();
  if (cell === '') return { kind: 'no-address' };
  const mailbox = mailboxIn(cell);
  if ('kind' in mailbox) return mailbox;
  if (judging.doNotMail.has(addressKey(mailbox.address))) return { kind: 'do-not-mail' };
  const name = (cells[judging.columns.name] ?? '').trim() || mailbox.name;
  if (hasControlCharacter(name)) return { kind: 'control-character', field: 'name' };
  const missing = fields.filter((field, at) => values[at] === '' && needed.get(field) !== true);
  if (missing.length > 0) return { kind: 'missing-fields', fields: missing };
  const broken = fields.find(
    (field, at) => inSubject.has(field) && hasControlCharacter(values[at] ?? ''),
  );
  if (broken !== undefined) return { kind: 'control-character', field: broken };
  return { name, address: mailbox.address };
}

function mailboxIn(cell: string): LeftOut | Mailbox {
  if (isAddress(cell)) return { name: '', address: cell };
  if (hasControlCharacter(cell)) return { kind: 'control-character', field: 'address' };
  const { mailboxes, problems } = parseAddressList(cell);
  const [only, another] = mailboxes;
  if (another) return { kind: 'several-addresses' };
  return only && problems.length === 0 ? only : { kind: 'invalid-address' };
}
