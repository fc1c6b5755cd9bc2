import Papa from 'papaparse';
import {
  decodeText,
  MERGE_LIMITS,
  tableTrouble,
  type Encoding,
  type MergeTable,
  type TableTrouble,
} from '../../utils/merge/merge.ts';

/** A table that was read, or why it was not. */
export type ReadTable =
  | {
      readonly kind: 'read';
      readonly table: MergeTable;
      /** What the file was read as; null for a pasted table. */
      readonly encoding: Encoding | null;
      /** Bytes that the encoding does not know, or quotes that were never closed. */
      readonly doubtful: boolean;
    }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  | { readonly kind: 'trouble'; readonly trouble: TableTrouble };

/** What spreadsheets and databases put between cells. */
const DELIMITERS = [',', ';', '\t', '|', '\u001e', '\u001f'];

/** Reads the bytes of a CSV file, by its own marks or by the encoding that the person chose. */
export function readFile(bytes: Uint8Array, chosen: Encoding | null = null): ReadTable {
  const limitBytes = MERGE_LIMITS.fileBytes;
  if (bytes.byteLength > limitBytes) return { kind: 'too-large', limitBytes };
  const { text, encoding, exact } = decodeText(bytes, chosen);
  if (isWorkbook(bytes) || text.includes('\0')) {
    return { kind: 'trouble', trouble: { kind: 'no-text' } };
  }
  const { rows, clean } = parse(text, '');
  return judged(rows, { encoding, doubtful: !exact || !clean });
}

/** By its first bytes: a zip file, as xlsx and ods are, or a compound file, as xls is. */
function isWorkbook(bytes: Uint8Array): boolean {
  const [a, b, c] = bytes;
  return (a === 0x50 && b === 0x4b && c === 3) || (a === 0xd0 && b === 0xcf && c === 0x11);
}

/** Reads what was pasted: cells of a spreadsheet, or lines of a CSV file. */
export function readPasted(text: string): ReadTable {
  if (text.length > MERGE_LIMITS.tableChars) {
    return { kind: 'trouble', trouble: { kind: 'too-long', limit: MERGE_LIMITS.tableChars } };
  }
  const [firstLine = ''] = text.split(/\r\n?|\n/, 1);
  const { rows, clean } = parse(text, firstLine.includes('\t') ? '\t' : '');
  return judged(rows, { encoding: null, doubtful: !clean });
}

/**
 * Reads the first table of pasted HTML, as spreadsheets and web pages put it on the clipboard; null
 * when it has none. It is taken apart in a document that loads and runs nothing, and gives texts only.
 */
export function readHtml(html: string): ReadTable | null {
  if (html.length > MERGE_LIMITS.tableChars * 4) return null;
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table');
  if (table === null) return null;
  const rows = [...table.rows].map((row) =>
    [...row.cells].flatMap((cell) => [
      cell.textContent.replace(/\s+/g, ' ').trim(),
      ...Array<string>(Math.min(cell.colSpan, MERGE_LIMITS.columns) - 1).fill(''),
    ]),
  );
  return judged(rows, { encoding: null, doubtful: false });
}

function parse(text: string, delimiter: string): { rows: string[][]; clean: boolean } {
  const bare = text.replace(/^\ufeff/, '');
  // Excel writes its delimiter into the first line, where it is no data.
  const said = /^sep=(.)\r?\n/i.exec(bare);
  const { data, errors } = Papa.parse<string[]>(said ? bare.slice(said[0].length) : bare, {
    delimiter: said?.[1] ?? delimiter,
    delimitersToGuess: DELIMITERS,
    skipEmptyLines: 'greedy',
    preview: MERGE_LIMITS.rows + 2,
  });
  return { rows: data, clean: errors.every(({ type }) => type === 'Delimiter') };
}

function judged(
  all: readonly (readonly string[])[],
  more: { readonly encoding: Encoding | null; readonly doubtful: boolean },
): ReadTable {
  const filled = all.filter((row) => row.some((cell) => cell.trim() !== ''));
  const [heading = [], ...rows] = withHeading(filled);
  const table = { columns: heading.map((column) => column.trim()), rows };
  const trouble = tableTrouble(table);
  return trouble ? { kind: 'trouble', trouble } : { kind: 'read', table, ...more };
}

/** A table without a heading begins with a person: its columns get numbers for names. */
function withHeading(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [first] = rows;
  if (!first?.some((cell) => cell.includes('@'))) return rows;
  return [first.map((_, index) => `Column ${index + 1}`), ...rows];
}
