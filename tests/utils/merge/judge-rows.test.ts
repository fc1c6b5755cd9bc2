import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, withPictures } from '../../../utils/mail/mail.ts';
import {
  fillContent,
  guessColumns,
  judgeRows,
  type JudgedRow,
  type MergeTable,
} from '../../../utils/merge/merge.ts';
import { createMessageSource } from '../../../utils/mime/mime.ts';

const TABLE: MergeTable = {
  columns: ['E-Mail', 'Name', 'First name', 'Town'],
  rows: [
    ['ann@example.com', 'Ann Lee', 'Ann', 'Ulm'],
    ['', 'Nobody', '', ''],
    ['ann at example', 'Broken', '', 'Ulm'],
    ['ANN@Example.com', 'Ann again', 'Ann', 'Ulm'],
    ['a@example.com, b@example.com', '', '', 'Ulm'],
    ['never@example.com', 'Never', '', 'Ulm'],
    ['bo@example.com', '', '', ''],
    ['Cy Ro <cy@example.com>', '', '', 'Ulm'],
    ['eve@example.com', 'Eve', 'Eve\r\nBcc: x@y.example', 'Ulm'],
    ['fred@example.com', 'Fred\nX: y', 'Fred', 'Ulm'],
    ['short@example.com'],
  ],
};

function judge(more: Partial<Parameters<typeof judgeRows>[0]> = {}): readonly JudgedRow[] {
  return judgeRows({
    table: TABLE,
    columns: { address: 0, name: 1 },
    subject: 'For {{first name|you}}',
    text: 'In {{town}}, {{First Name|there}}',
    doNotMail: new Set([addressKey('Never@EXAMPLE.com')]),
    ...more,
  }).rows;
}

const whyOf = ({ verdict }: JudgedRow): string =>
  verdict.kind === 'goes' ? verdict.recipient.address : verdict.why.kind;

describe('the rows of a table', () => {
  it('each get a mail or a reason', () => {
    expect(judge().map(whyOf)).toEqual([
      'ann@example.com',
      'no-address',
      'invalid-address',
      'duplicate',
      'several-addresses',
      'do-not-mail',
      'missing-fields',
      'cy@example.com',
      'control-character',
      'control-character',
      'missing-fields',
    ]);
  });

  it('say which row was first, which fields are missing, and what stands in', () => {
    const rows = judge();
    expect(rows[3]?.verdict).toMatchObject({ why: { firstRow: 1 } });
    expect(rows[6]?.verdict).toMatchObject({ why: { fields: ['town'] } });
    expect(rows[7]?.verdict).toMatchObject({
      recipient: { name: 'Cy Ro', values: ['', 'Ulm'] },
      fallbacks: ['first name'],
    });
  });

  it('need no field that the text does not name', () => {
    expect(
      judge({ subject: 'Hello', text: 'All' }).filter(({ verdict }) => verdict.kind === 'goes'),
    ).toHaveLength(5);
  });

  it('never bring anything into a header but what stands there as one line', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'a\r\nBcc: evil@example.org',
        'x\nSubject: y',
        '\u0000',
        '"',
        '<a@b.example>',
        '=?utf-8?q?=0aX:y?=',
      ),
    );
    await fc.assert(
      fc.asyncProperty(cell, cell, async (name, value) => {
        const { fields, rows } = judgeRows({
          table: { columns: ['mail', 'name', 'x'], rows: [['ann@example.com', name, value]] },
          columns: { address: 0, name: 1 },
          subject: 'About {{x|it}}',
          text: '{{x|}}',
          doNotMail: new Set(),
        });
        const [row] = rows;
        if (row?.verdict.kind !== 'goes') return;
        const source = createMessageSource({
          from: { name: '', address: 'me@example.com' },
          content: fillContent(CONTENT, fields, row.verdict.recipient),
          fixed: { messageId: '<1@example.com>', boundarySeed: '0123456789abcdef', dateAt: 0 },
          keepBcc: true,
          attachmentBytes: () => {
            throw new Error('no files here');
          },
        });
        const bytes = await source.read(0, source.sizeBytes);
        const [head = ''] = new TextDecoder().decode(bytes).split('\r\n\r\n');
        const names = [...head.matchAll(/^([\w-]+):/gm)].map(([, header]) => header);
        expect(names).toEqual([...new Set(names)]);
        expect(names).not.toContain('Bcc');
        expect(names).not.toContain('X');
      }),
    );
  });
});

const CONTENT = {
  to: [],
  cc: [{ name: '', address: 'cc@example.com' }],
  bcc: [{ name: '', address: 'bcc@example.com' }],
  replyTo: [],
  subject: 'About {{x|it}}',
  text: '{{x|}}',
  html: '<p>{{x}}</p>',
  attachments: [],
  threading: null,
  fromAlias: null,
};

describe('the mail of a row', () => {
  it('goes to that one person, with nothing of the table read as formatting', () => {
    const mail = fillContent(CONTENT, ['x'], {
      name: 'Ann',
      address: 'ann@example.com',
      values: ['<img src="https://track.example/1">&\r\nsecond'],
    });
    expect([mail.to, mail.cc, mail.bcc]).toEqual([
      [{ name: 'Ann', address: 'ann@example.com' }],
      [],
      [],
    ]);
    expect(mail.text).toBe('<img src="https://track.example/1">&\nsecond');
    expect(mail.html).toBe(
      '<p>&lt;img src=&quot;https://track.example/1&quot;&gt;&amp;<br>second</p>',
    );
  });

  it('fills what stands beside a picture as it fills the text, whatever the column is called', () => {
    const garden = { id: 'a', fileName: 'a.png', mediaType: 'image/png', sizeBytes: 3 };
    const content = withPictures({
      ...CONTENT,
      text: '{{R&D  “x”|all <of> you}} [image: a.png] {{y|"there"}}',
      attachments: [{ ...garden, contentId: null }],
    });
    const mail = fillContent(content, ['R&D “x”', 'y'], {
      name: '',
      address: 'ann@example.com',
      values: ['A & B', ''],
    });
    expect(mail.text).toBe('A & B [image: a.png] "there"');
    expect(mail.html).toMatch(
      /^<div dir="auto">A &amp; B <img [^>]+>&nbsp;&quot;there&quot;<\/div>\n$/,
    );
  });

  it('leaves braces over two lines what they are, also beside a picture', () => {
    const garden = { id: 'a', fileName: 'a.png', mediaType: 'image/png', sizeBytes: 3 };
    const content = withPictures({
      ...CONTENT,
      text: 'if {{\nwater|low\n}} {{y}} [image: a.png]',
      attachments: [{ ...garden, contentId: null }],
    });
    const mail = fillContent(content, ['y'], { name: '', address: 'a@example.com', values: ['1'] });
    expect(mail.text).toBe('if {{\nwater|low\n}} 1 [image: a.png]');
    expect(mail.html).toContain('>if {{<br>\nwater|low<br>\n}} 1 <img');
  });
});

describe('the columns', () => {
  it('are guessed by what stands in them', () => {
    expect(guessColumns(TABLE)).toEqual({ address: 0, name: 1 });
    expect(guessColumns({ columns: ['a', 'b'], rows: [['x', 'Ann <ann@example.com>']] })).toEqual({
      address: 1,
      name: -1,
    });
    expect(guessColumns({ columns: ['a'], rows: [['x']] }).address).toBe(-1);
  });
});
