import { MERGE_LIMITS } from './merge-limits.ts';

/** A table of texts. Rows may be shorter than the heading; what is missing is ''. */
export interface MergeTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Why a table is not taken. */
export type TableTrouble =
  | { readonly kind: 'empty' }
  /** A workbook, a picture: no text at all. */
  | { readonly kind: 'no-text' }
  | { readonly kind: 'too-many-rows'; readonly count: number; readonly limit: number }
  | { readonly kind: 'too-many-columns'; readonly count: number; readonly limit: number }
  | { readonly kind: 'too-long'; readonly limit: number }
  /** `row` counts from 1, the heading not counted; 0 is the heading. */
  | { readonly kind: 'cell-too-long'; readonly row: number; readonly limit: number };

/** Null when the table can be worked on. */
export function tableTrouble({ columns, rows }: MergeTable): TableTrouble | null {
  const { rows: mostRows, columns: mostColumns, cellChars, tableChars } = MERGE_LIMITS;
  if (rows.length === 0 || columns.length === 0) return { kind: 'empty' };
  if (rows.length > mostRows) return { kind: 'too-many-rows', count: rows.length, limit: mostRows };
  let total = 0;
  for (const [index, row] of [columns, ...rows].entries()) {
    if (row.length > mostColumns) {
      return { kind: 'too-many-columns', count: row.length, limit: mostColumns };
    }
    for (const cell of row) {
      if (cell.length > cellChars) return { kind: 'cell-too-long', row: index, limit: cellChars };
      total += cell.length;
    }
  }
  return total > tableChars ? { kind: 'too-long', limit: tableChars } : null;
}
