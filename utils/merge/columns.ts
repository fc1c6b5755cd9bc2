import { isAddress } from '../mail/mail.ts';
import type { MergeTable } from './table.ts';
import { normalName } from './template.ts';

/** Which columns say whom to write to. -1 for none. */
export interface ChosenColumns {
  readonly address: number;
  readonly name: number;
}

/** Enough rows to see what a column holds. */
const LOOKED_AT = 200;
const NAME_HEADINGS = /^(?:full ?name|name|contact(?: name)?|display ?name|nom|nombre|naam|nome)$/;

/** A column's name as a field is written: without the marks that fields are made of. */
export function fieldNameOf(column: string): string {
  return column
    .replace(/[{}|\r\n]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The column of a field, the first of several with the same name; -1 for none. */
export function columnFor(columns: readonly string[], field: string): number {
  return columns.findIndex((column) => normalName(fieldNameOf(column)) === field);
}

/** The column with the most addresses, and one that is headed as names are. The person may choose others. */
export function guessColumns({ columns, rows }: MergeTable): ChosenColumns {
  const looked = rows.slice(0, LOOKED_AT);
  let address = -1;
  let most = 0;
  for (const index of columns.keys()) {
    const count = looked.filter((row) => holdsAddress(row[index] ?? '')).length;
    if (count > most) [address, most] = [index, count];
  }
  return { address, name: columns.findIndex((column) => NAME_HEADINGS.test(normalName(column))) };
}

function holdsAddress(cell: string): boolean {
  const bare = /<([^<>]*)>\s*$/.exec(cell)?.[1] ?? cell;
  return isAddress(bare.trim());
}
