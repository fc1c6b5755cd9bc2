// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import {
  readFile,
  readHtml,
  readPasted,
  type ReadTable,
} from '../../../components/merge/read-table.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le');
  return new Uint8Array(order === 'le' ? bytes : bytes.swap16());
}

function tableOf(read: ReadTable | null): readonly (readonly string[])[] {
  if (read?.kind !== 'read') throw new Error(`not read: ${JSON.stringify(read)}`);
  return [read.table.columns, ...read.table.rows];
}

const ROWS = [
  ['Name', 'Mail', 'Note'],
  ['Jörg "Joe" Öz', 'joerg@example.com', 'two\nlines; and, more'],
  ['Zoë', 'zoe@example.com', ''],
];

/** As programs write it: quoted where it must be. */
function written(delimiter: string, newline: string): string {
  return ROWS.map((row) =>
    row
      .map((cell) => (/["\n,;|\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
      .join(delimiter),
  ).join(newline);
}

describe('a CSV file', () => {
  for (const delimiter of [',', ';', '\t', '|']) {
    for (const newline of ['\n', '\r\n', '\r']) {
      it(`is read with ${JSON.stringify(delimiter)} and ${JSON.stringify(newline)}, with and without a last line break`, () => {
        expect(tableOf(readFile(utf8(written(delimiter, newline))))).toEqual(ROWS);
        expect(tableOf(readFile(utf8(written(delimiter, newline) + newline)))).toEqual(ROWS);
      });
    }
  }

  it('is read in the encodings that spreadsheets save', () => {
    const text = written(';', '\r\n');
    const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    for (const [bytes, encoding] of [
      [utf8(text), 'utf-8'],
      [utf8(`\ufeff${text}`), 'utf-8'],
      [utf16(text, 'le', true), 'utf-16le'],
      [utf16(text, 'be', true), 'utf-16be'],
      [utf16(text, 'le', false), 'utf-16le'],
      [utf16(text, 'be', false), 'utf-16be'],
      [latin, 'windows-1252'],
    ] as const) {
      const read = readFile(bytes);
      expect(read).toMatchObject({ encoding, doubtful: false });
      expect(tableOf(read)).toEqual(ROWS);
    }
  });

  it('is read by the encoding that the person chooses', () => {
    const cyrillic = Uint8Array.of(0xcf, 0xe0, 0xe2, 0xe5, 0xeb, 0x0a, 0x61, 0x40, 0x62);
    expect(tableOf(readFile(cyrillic, 'windows-1251'))[0]).toEqual(['Павел']);
  });

  it('leaves out the line in which Excel names its delimiter, and empty lines', () => {
    expect(tableOf(readFile(utf8('sep=;\r\na;mail\r\n\r\n;\r\nx;x@example.com\r\n')))).toEqual([
      ['a', 'mail'],
      ['x', 'x@example.com'],
    ]);
  });

  it('gets numbers for names when it begins with a person', () => {
    expect(tableOf(readFile(utf8('Ann,ann@example.com\nBo,bo@example.com')))).toEqual([
      ['Column 1', 'Column 2'],
      ['Ann', 'ann@example.com'],
      ['Bo', 'bo@example.com'],
    ]);
  });

  it('of one column needs no delimiter', () => {
    expect(tableOf(readFile(utf8('mail\na@example.com\nb@example.com')))).toHaveLength(3);
  });

  it('keeps formulas and markup as the text that they are', () => {
    const rows = tableOf(
      readFile(utf8('a,mail\n"=HYPERLINK(""x"")",a@example.com\n<b>,b@example.com')),
    );
    expect(rows[1]?.[0]).toBe('=HYPERLINK("x")');
    expect(rows[2]?.[0]).toBe('<b>');
  });

  it('that was cut in the middle of a quote is said to be doubtful', () => {
    expect(readFile(utf8('a,mail\n"x,a@example.com\ny,b@example.com'))).toMatchObject({
      doubtful: true,
    });
  });

  it('that is too large in any way is refused with what is too large', () => {
    const long = (length: number): string => 'x'.repeat(length);
    expect(readFile(new Uint8Array(10_000_001))).toMatchObject({ kind: 'too-large' });
    for (const [text, kind] of [
      ['', 'empty'],
      ['only a heading', 'empty'],
      [`mail\n${'a@example.com\n'.repeat(10_001)}`, 'too-many-rows'],
      [`${'a,'.repeat(101)}\n1`, 'too-many-columns'],
      [`mail\n${long(10_001)}`, 'cell-too-long'],
      [`mail\n${`${long(9_999)}\n`.repeat(600)}`, 'too-long'],
    ] as const) {
      expect(readFile(utf8(text)), kind).toMatchObject({ kind: 'trouble', trouble: { kind } });
    }
  });
});

describe('a file that is no text', () => {
  it.for([
    ['a workbook', [0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0]],
    ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]],
  ] as const)('is called that, and no table: %s', ([, bytes]) => {
    expect(readFile(new Uint8Array(bytes))).toEqual({
      kind: 'trouble',
      trouble: { kind: 'no-text' },
    });
  });
});

describe('a pasted table', () => {
  it('is read from the cells of a spreadsheet', () => {
    expect(tableOf(readPasted('Name\tMail\r\n"a ""b"""\ta@example.com\r\n'))).toEqual([
      ['Name', 'Mail'],
      ['a "b"', 'a@example.com'],
    ]);
  });

  it('is read from HTML as text, and nothing in it runs', () => {
    const html =
      '<p>x</p><table><tr><th>Name<th colspan="2">Mail</tr><tr><td><b>Ann</b> \n Lee<script>globalThis.ran = true</script><td>a@example.com<td>1</tr></table>';
    const rows = tableOf(readHtml(html));
    expect(rows[0]).toEqual(['Name', 'Mail', '']);
    expect(rows[1]?.[1]).toBe('a@example.com');
    expect('ran' in globalThis).toBe(false);
    expect(readHtml('<p>no table</p>')).toBeNull();
  });
});
