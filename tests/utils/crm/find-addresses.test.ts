import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAddresses } from '../../../utils/crm/find-addresses.ts';
import { findSpelledOut, mayBeSpelledOut } from '../../../utils/crm/spelled-out.ts';
import { isAddress } from '../../../utils/mail/mail.ts';

const found = (text: string): string[] => findAddresses(text).map(({ address }) => address);

describe('finds the address and nothing around it', () => {
  test.each([
    ['anna@example.com', 'anna@example.com'],
    ['Anna <anna@example.com>.', 'anna@example.com'],
    ['Write to anna@example.com. Thanks', 'anna@example.com'],
    ['Write to anna@example.com.Please do', 'anna@example.com'],
    ['(anna@example.com)', 'anna@example.com'],
    ["'anna@example.com'", 'anna@example.com'],
    ['-anna@example.com', 'anna@example.com'],
    ["o'brien@example.ie", "o'brien@example.ie"],
    ['R&D@example.com', 'R&D@example.com'],
    ['a.b+c_d-e@sub.example.co.uk', 'a.b+c_d-e@sub.example.co.uk'],
    ['mailto:anna@example.com?subject=x', 'anna@example.com'],
    ['E-Mail:anna@example.com', 'anna@example.com'],
    ['**anna@example.com**', 'anna@example.com'],
    ['anna@bücher.example', 'anna@bücher.example'],
    ['anna@xn--bcher-kva.example', 'anna@xn--bcher-kva.example'],
    ['info@例え.テスト', 'info@例え.テスト'],
    ['联系anna@example.com联系我们', 'anna@example.com'],
    ['メール：anna@example.jpまで', 'anna@example.jp'],
    ['Anna@Example.COM', 'Anna@Example.COM'],
    ['_anna@example.com', '_anna@example.com'],
  ])('%s', (text, address) => {
    expect(found(text)).toEqual([address]);
  });
});

describe('finds nothing where the beginning or the end is not certain', () => {
  test.each([
    'https://user:secret@example.com/path',
    'https://user@example.com',
    'git@example.com:owner/repo.git',
    'icon@2x.png',
    'logo@3x.webp',
    'react@18.2.0',
    '@anna',
    'anna@',
    'anna@localhost',
    'anna@example.c',
    'anna@example.com…',
    'anna@mail.example...',
    'anna@example.com@other.example',
    'anna@example.com_old',
    'anna%40work@example.com',
    '%20anna@example.com',
    'bounce+anna=example.com@lists.example.org',
    'anna..berg@example.com',
    'anna.@example.com',
    'anna@.example.com',
    'anna@-example.com',
    'anna@example-.com',
    'an\u2060na@example.com',
    'an\u00adna@example.com',
    'anna@example.com\u202efdp.exe',
    `${'a'.repeat(65)}@example.com`,
    `anna@${'a'.repeat(64)}.com`,
    `anna@${'a.'.repeat(140)}com`,
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

test('finds every address of a list, with its place', () => {
  const text = 'a@x.example, b@y.example;c@z.example/d@z.example|e@z.example';
  const hits = findAddresses(text);
  expect(hits.map(({ address }) => address)).toEqual([
    'a@x.example',
    'b@y.example',
    'c@z.example',
    'd@z.example',
    'e@z.example',
  ]);
  for (const { address, start, end } of hits) expect(text.slice(start, end)).toBe(address);
});

const local = fc.stringMatching(/^[a-z0-9]([a-z0-9_+-]{0,20}(\.[a-z0-9_+-]{1,20})?)?$/);
const domain = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?\.(example|com|de|museum)$/);

test('finds whatever people use as an address in whatever stands around it', () => {
  const around = fc.constantFrom(
    '',
    ' ',
    '\n',
    '<',
    '>',
    '(',
    ')',
    ',',
    ';',
    '"',
    '联系',
    '„',
    '“',
    '|',
    '\u00a0',
  );
  fc.assert(
    fc.property(local, domain, around, around, (name, host, before, after) => {
      const address = `${name}@${host}`;
      expect(found(`${before}${address}${after}`)).toEqual([address]);
    }),
    { numRuns: 500 },
  );
});

test('gives nothing that mail could not be sent to, but for local parts beyond ASCII', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('@', '.', 'a', '-', '_', '…', '例', 'ü', '\u200b', 'a@b.example', '::', '//'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      for (const { address, start, end } of findAddresses(text)) {
        expect(text.slice(start, end)).toBe(address);
        const [name = ''] = address.split('@');
        if (/^[\0-\x7f]*$/.test(name)) expect(isAddress(address), address).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('takes twice the time for twice the text, however it is made up', () => {
  const makers = [
    (length: number) => '@'.repeat(length),
    (length: number) => 'a@'.repeat(length / 2),
    (length: number) => 'a'.repeat(length),
    (length: number) => `${'a'.repeat(60)}@`.repeat(length / 61),
    (length: number) => `@${'a.'.repeat(120)}`.repeat(length / 241),
    (length: number) => '://a@b.'.repeat(length / 7),
    (length: number) => 'a@b.example,'.repeat(length / 12),
  ];
  for (const make of makers) {
    const text = make(1_000_000);
    const startedMs = performance.now();
    findAddresses(text);
    // A million characters; a search that backtracks would need minutes.
    expect(performance.now() - startedMs).toBeLessThan(3_000);
  }
});

describe('reads what is spelled out only where brackets say so', () => {
  test.each([
    ['anna [at] example [dot] com', 'anna@example.com'],
    ['anna(at)example.com', 'anna@example.com'],
    ['anna.berg {at} mail (dot) example (dot) com', 'anna.berg@mail.example.com'],
    ['anna [ät] example (punkt) de', 'anna@example.de'],
    ['Write: anna [@] example.com.', 'anna@example.com'],
  ])('%s', (text, address) => {
    expect(mayBeSpelledOut(text)).toBe(true);
    expect(findSpelledOut(text)).toEqual([address]);
  });

  test.each(['anna at example dot com', 'see you (at) Berlin', 'item [at] 3.50', 'a (at) b'])(
    '%s is a sentence',
    (text) => {
      expect(findSpelledOut(text)).toEqual([]);
    },
  );

  test('in linear time', () => {
    const startedMs = performance.now();
    for (const text of [
      'a(at)'.repeat(4_000),
      'a.'.repeat(10_000),
      `${'a'.repeat(64)}(at)`.repeat(300),
    ]) {
      findSpelledOut(text);
    }
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
