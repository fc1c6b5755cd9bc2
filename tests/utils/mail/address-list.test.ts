import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { formatMailbox, isAddress, parseAddressList } from '../../../utils/mail/mail.ts';
import { mailboxes } from './arbitraries.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

/** `name <address>` per mailbox, then `!reason: text` per problem, as one list. */
function reading(text: string): string[] {
  const { mailboxes: found, problems } = parseAddressList(text);
  return [
    ...found.map(({ name, address }) => (name ? `${name} <${address}>` : address)),
    ...problems.map((problem) => `!${problem.reason}: ${problem.text}`),
  ];
}

const UNDERSTOOD: readonly (readonly [string, string, readonly string[]])[] = [
  ['nothing', '', []],
  ['white space and separators', ' ,; \n\t,\r\n', []],
  ['one address', 'a@b.c', ['a@b.c']],
  [
    'commas, semicolons, line breaks and tabs',
    'a@b.c, d@e.f;g@h.i\nj@k.l\tm@n.o\r\np@q.r',
    ['a@b.c', 'd@e.f', 'g@h.i', 'j@k.l', 'm@n.o', 'p@q.r'],
  ],
  ['spaces alone between bare addresses', 'a@b.c  d@e.f\u00a0g@h.i', ['a@b.c', 'd@e.f', 'g@h.i']],
  [
    'separators of Chinese, Japanese and Arabic',
    'a@b.c，d@e.f；g@h.i、j@k.l،m@n.o؛p@q.r',
    ['a@b.c', 'd@e.f', 'g@h.i', 'j@k.l', 'm@n.o', 'p@q.r'],
  ],
  ['a name', 'Anna Berg <a@b.c>', ['Anna Berg <a@b.c>']],
  ['a name without a space before the bracket', 'Anna<a@b.c>', ['Anna <a@b.c>']],
  ['a name with a dot', 'Joe Q. Public <j@b.c>', ['Joe Q. Public <j@b.c>']],
  ['a name that is an address', 'a@b.c <a@b.c>', ['a@b.c <a@b.c>']],
  [
    'names of other scripts',
    '山田　太郎 <y@例え.jp>, Ωμέγα <o@b.c>, 👩‍💻 <d@e.f>',
    ['山田　太郎 <y@例え.jp>', 'Ωμέγα <o@b.c>', '👩‍💻 <d@e.f>'],
  ],
  [
    'quoted names with pairs and separators inside',
    '"Giant; \\"Big\\" Box, \\\\Co" <g@b.c>',
    ['Giant; "Big" Box, \\Co <g@b.c>'],
  ],
  ['a quoted name that is folded', '"Anna\r\n Berg" <a@b.c>', ['Anna Berg <a@b.c>']],
  [
    'white space of a folded name',
    'Anna\r\n  Maria\r\n\tBerg <a@b.c>',
    ['Anna Maria Berg <a@b.c>'],
  ],
  [
    'comments anywhere (RFC 5322 A.5)',
    'Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>',
    ['Pete <pete@silly.test>'],
  ],
  [
    'a name in a comment, the old style',
    'a@b.c (Anna Berg), <d@e.f> (Dora)',
    ['Anna Berg <a@b.c>', 'Dora <d@e.f>'],
  ],
  ['nested comments', 'Anna (one (two) three) <a@b.c>', ['Anna <a@b.c>']],
  ['a group', 'Team: a@x, b@y;', ['a@x', 'b@y']],
  [
    'groups among others',
    'z@z.z, Team: Anna <a@x>, b@y; c@z',
    ['z@z.z', 'Anna <a@x>', 'b@y', 'c@z'],
  ],
  [
    'the group of RFC 5322 A.5',
    "A Group(Some people)\r\n     :Chris Jones <c@(Chris's host.)public.example>,\r\n         joe@example.org,\r\n  John <jdoe@one.test> (my dear friend); (the end of the group)",
    ['Chris Jones <c@public.example>', 'joe@example.org', 'John <jdoe@one.test>'],
  ],
  [
    "Outlook's Last, First",
    'Berg, Anna <a@b.c>; Roe, Jane <r@b.c>',
    ['Berg, Anna <a@b.c>', 'Roe, Jane <r@b.c>'],
  ],
  [
    'Last, First among bare addresses',
    'x@y.z, Berg, Anna <a@b.c>, d@e.f',
    ['x@y.z', 'Berg, Anna <a@b.c>', 'd@e.f'],
  ],
  ['Last,First without a space', 'Berg,Anna <a@b.c>', ['Berg,Anna <a@b.c>']],
  [
    'mailto links',
    'mailto:a@b.c, Anna <mailto:d@e.f>; MAILTO:g%2Bx@h.i',
    ['a@b.c', 'g+x@h.i', 'Anna <d@e.f>'].sort(),
  ],
  ["Outlook's quoted head", 'Anna Berg [mailto:a@b.c]', ['Anna Berg <a@b.c>']],
  [
    'two spreadsheet columns, name first',
    'Anna Berg\ta@b.c\nJane\td@e.f',
    ['Anna Berg <a@b.c>', 'Jane <d@e.f>'],
  ],
  [
    'two spreadsheet columns, address first',
    'a@b.c\tAnna Berg\r\nd@e.f\tJane',
    ['Anna Berg <a@b.c>', 'Jane <d@e.f>'],
  ],
  ['a name and brackets in two cells', 'Anna\t<a@b.c>', ['Anna <a@b.c>']],
  ['a name and brackets in two lines of a folded header', 'Anna\r\n <a@b.c>', ['Anna <a@b.c>']],
  ['white space around the @', 'a @ b.c', ['a@b.c']],
  ['a quoted local part with a space', '"a b"@d.e, <"c d"@e.f>', ['"a b"@d.e', '"c d"@e.f']],
  ['literals', 'a@[192.0.2.1], b@[IPv6:2001:db8::1]', ['a@[192.0.2.1]', 'b@[IPv6:2001:db8::1]']],
  ['domains in Unicode, kept for the eye', 'Anna <a@Bücher.example>', ['Anna <a@Bücher.example>']],
];

const REFUSED: readonly (readonly [string, readonly string[]])[] = [
  ['a@b>, <c@d', ['!stray-angle: a@b>', '!unclosed-angle: <c@d']],
  ['Anna <a@b.c, d@e.f', ['d@e.f', '!unclosed-angle: Anna <a@b.c']],
  ['<a@b.c <d@e.f>', ['!unclosed-angle: <a@b.c <d@e.f>']],
  ['Anna <a@b.c> Jane <d@e.f>', ['!text-beside-address: Anna <a@b.c> Jane <d@e.f>']],
  ['Anna a@b.c', ['!text-beside-address: Anna a@b.c']],
  ['<a@b.c> Anna', ['!text-beside-address: <a@b.c> Anna']],
  ['a@b. c', ['!text-beside-address: a@b. c']],
  ['Anna <>', ['!no-address: Anna <>']],
  ['Anna, a@b.c', ['a@b.c', '!no-address: Anna']],
  ['Anna\na@b.c', ['a@b.c', '!no-address: Anna']],
  ['A, B, C <a@b.c>', ['!ambiguous-comma: A, B, C <a@b.c>']],
  ['Anna, <a@b.c>', ['a@b.c', '!no-address: Anna']],
  ['"Anna <a@b.c>, d@e.f\ng@h.i', ['g@h.i', '!unclosed-quote: "Anna <a@b.c>, d@e.f']],
  ['Anna (x <a@b.c>\nd@e.f', ['d@e.f', '!unclosed-comment: Anna (x <a@b.c>']],
  ['<@relay.test:a@b.c>', ['!source-route: <@relay.test:a@b.c>']],
  ['Team: a@b.c', ['a@b.c', '!unclosed-group: Team:']],
  ['A: B: a@b.c;;', ['a@b.c', '!nested-group: B:']],
  ['undisclosed-recipients:;', ['!empty-group: undisclosed-recipients:;']],
  ['jörg@b.c, d@e.f', ['d@e.f', '!non-ascii-local-part: jörg@b.c']],
  ['mailto:a@b.c?subject=Hi', ['a@b.c', '!mailto-headers: ?subject=Hi']],
  ['Anna\0 <a@b.c>', ['!control-character: Anna\0 <a@b.c>']],
  ['"An\tna" <a@b.c>', ['!control-character: "An\tna" <a@b.c>']],
  ['A\tB\ta@b.c', ['a@b.c', '!no-address: A', '!no-address: B']],
  [`${'n'.repeat(1001)} <a@b.c>`, [`!name-too-long: ${'n'.repeat(1001)} <a@b.c>`]],
  ["'a@b.c'", ["!domain: 'a@b.c'"]],
  ['a@b.c.', ['!domain: a@b.c.']],
  ['"a, b; c"@d.e', ['!unsafe-local-part: "a, b; c"@d.e']],
];

describe('a list of addresses', () => {
  it.each(UNDERSTOOD)('is understood: %s', (_, text, expected) => {
    expect(reading(text).sort()).toEqual([...expected].sort());
  });
  it.each(REFUSED)('is named where it is not: %j', (text, expected) => {
    expect(reading(text)).toEqual(expected);
  });

  it('gives back every mailbox that was formatted, whatever its name and whatever parts them', () => {
    const separators = fc.constantFrom(', ', ',', '; ', ';', '\n', '\r\n', ' ,\r\n ', '，');
    fc.assert(
      fc.property(fc.array(mailboxes, { maxLength: 6 }), separators, (list, separator) => {
        const text = list.map(formatMailbox).join(separator);
        expect(parseAddressList(text)).toEqual({ mailboxes: list, problems: [] });
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws, takes only addresses, and shows each problem in the very words of the list', () => {
    const soup = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          ...Array.from('ab@@.<>,;:"\\()[] \t\r\n\u200b，'),
          'a@b.c',
          'mailto:',
          '[mailto:a@b]',
          '\r\n ',
        ),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 40,
    });
    fc.assert(
      fc.property(soup, (text) => {
        const parsed = parseAddressList(text);
        for (const { address, name } of parsed.mailboxes) {
          expect(isAddress(address)).toBe(true);
          expect(name).not.toMatch(/\p{Cc}/u);
        }
        for (const problem of parsed.problems) {
          expect(problem.text).toBe(text.slice(problem.start, problem.end));
          expect(problem.text).not.toBe('');
        }
        const starts = parsed.problems.map(({ start }) => start);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }),
      { numRuns: 5000 },
    );
  });

  it('loses no letter silently: what is in no mailbox is in a problem or a comment or a group label', () => {
    const words = fc.array(
      fc.constantFrom('q', 'a@b.c', '<a@b.c>', ',', ';', '\n', '\t', '\n ', '"q"'),
      { maxLength: 9 },
    );
    fc.assert(
      fc.property(words, (pieces) => {
        const text = pieces.join(' ');
        const parsed = parseAddressList(text);
        const shown = [
          ...parsed.mailboxes.map(formatMailbox),
          ...parsed.problems.map((p) => p.text),
        ].join(' ');
        for (const letter of ['q', '@']) {
          expect(shown.split(letter).length).toBe(text.split(letter).length);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a hostile list', () => {
  const SEEDS = [
    ',',
    'a,',
    ':',
    '"',
    '(',
    '<',
    '>',
    'a@b,',
    '\\"',
    '[mailto:',
    'a:',
    'a@b>',
    '\t',
    '\n ',
    'a ',
    'a@b ',
    '<a@b',
    '@',
    '"\\',
    '()',
    '[',
    'a@[IPv6:',
    'mailto:',
    '\ud800',
    'a\n ',
    'a\t',
    '%25',
  ];
  it.each(SEEDS)('is read in time that grows with its length only: %j', (seed) => {
    /** Processor time, the better of two runs: other work on the machine does not count. */
    const timeOf = (length: number): number => {
      const text = seed.repeat(Math.ceil(length / seed.length));
      const runs = [0, 1].map(() => {
        const before = process.cpuUsage();
        parseAddressList(text);
        return process.cpuUsage(before).user / 1000;
      });
      return Math.min(...runs);
    };
    const small = timeOf(25_000);
    const large = timeOf(100_000);
    // Four times the text is four times the work; quadratic reading would make it sixteen times.
    expect(large).toBeLessThan(Math.max(400, small * 10));
  });
  it('over the limit is refused whole', () => {
    const text = 'a@b.c,'.repeat(100_000);
    const { mailboxes: found, problems } = parseAddressList(text);
    expect(found).toEqual([]);
    expect(problems.map(({ reason }) => reason)).toEqual(['list-too-long']);
  });
  it('with more entries than anybody has recipients is cut, and says where', () => {
    const text = 'a@b.c,'.repeat(12_000);
    const { mailboxes: found, problems } = parseAddressList(text);
    expect(found).toHaveLength(10_000);
    expect(problems).toEqual([
      { reason: 'too-many', text: text.slice(60_000), start: 60_000, end: 72_000 },
    ]);
  });
});
