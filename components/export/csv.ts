/** One cell. Null is an empty one. */
export type Cell = string | number | null;

/**
 * What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), also after white
 * space and characters that can't be seen, and in the full-width forms that some take for the same.
 */
const FORMULA = /^[\s\u200b-\u200f\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/;

/**
 * A table as CSV (RFC 4180): lines end with CRLF, and a cell with a comma, a quote or a line break
 * stands in quotes. A text that a spreadsheet would run as a formula is led by an apostrophe, which
 * makes it text there; numbers are left as they are.
 */
export function toCsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
