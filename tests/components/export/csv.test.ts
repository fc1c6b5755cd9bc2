import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callLogFile } from '../../../components/export/call-log-file.ts';
import { toCsv } from '../../../components/export/csv.ts';
import { callLog } from '../../harness/gallery/sample-log.ts';
import { NOW } from '../../harness/gallery/sample-records.ts';

/** RFC 4180, read independently of the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[at++ + 1] ?? '';
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',' || character === '\r') {
      rows.at(-1)?.push(cell);
      cell = '';
      if (character === '\r') {
        at++;
        rows.push([]);
      }
    } else cell += character;
  }
  return rows.slice(0, -1);
}

describe('a table as CSV', () => {
  it('can be read back cell by cell, whatever is in it', () => {
    const looksRun = /^[\s\u200b-\u200f\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/;
    const cell = fc.string({ unit: 'binary' }).filter((text) => !looksRun.test(text));
    const row = fc.array(cell, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        expect(readCsv(toCsv(rows))).toEqual(rows);
      }),
    );
  });
  it('ends every line with CRLF, also the last', () => {
    expect(
      toCsv([
        ['a', 1],
        ['b', null],
      ]),
    ).toBe('a,1\r\nb,\r\n');
  });
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n1', ' =1', '\u200b=1', '＝1', '＠x'])(
    'lets no spreadsheet run %j as a formula',
    (text) => {
      expect(readCsv(toCsv([[text, 'x']]))[0]?.[0]).toBe(`'${text}`);
    },
  );
  it('leaves a negative number a number', () => {
    expect(toCsv([[-5]])).toBe('-5\r\n');
  });
});

describe('the call log as a file', () => {
  const { calls } = callLog({ host: null, accountId: null, result: null, offset: 0, limit: 3 });
  it('has a line for each call and one for the names, in CSV', () => {
    const { name, text } = callLogFile(calls, 'csv', NOW);
    const [names, first, ...rest] = readCsv(text);
    expect(name).toBe('postern-calls-2026-03-12.csv');
    expect(names?.[0]).toBe('at');
    expect(first?.[0]).toBe(new Date(calls[0]!.at).toISOString());
    expect(rest).toHaveLength(2);
  });
  it('holds the same in JSON, and says what it is', () => {
    const read = JSON.parse(callLogFile(calls, 'json', NOW).text) as Record<string, unknown>;
    expect(read).toMatchObject({ format: 'postern-call-log', version: 1 });
    expect(read['calls']).toHaveLength(3);
  });
  it('names accounts by their random ids only', () => {
    for (const form of ['csv', 'json'] as const) {
      expect(callLogFile(calls, form, NOW).text).not.toContain('@');
    }
  });
});
