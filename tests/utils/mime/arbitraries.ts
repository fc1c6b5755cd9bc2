import fc from 'fast-check';
import { addresses, headerTexts, mailboxes } from '../mail/arbitraries.ts';
import type { Spec, TestFile } from './message-fixture.ts';

const lists = fc.array(mailboxes, { maxLength: 4 });

/** Ids as other people's programs make them. */
const messageIds = fc
  .tuple(
    fc.string({
      unit: fc.constantFrom(...Array.from('abz019.!#$%&*+-/=?^_{|}~')),
      minLength: 1,
      maxLength: 60,
    }),
    fc.constantFrom('example.com', 'mail.gmail.com', '[10.0.0.1]'),
  )
  .map(([left, right]) => `<${left}@${right}>`);

/** Texts with all line ends, long lines, and what is special in a body. */
const bodies = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r',
        '\r\n',
        '.',
        'From ',
        '--',
        ' ',
        '\t',
        '=',
        '=_',
        '\0',
        'x'.repeat(80),
      ),
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** Subjects and names: any text that has no control character, long ones too. */
const longTexts = fc.oneof(
  headerTexts,
  fc.array(headerTexts, { maxLength: 12 }).map((texts) => texts.join(' ')),
  fc.string({
    unit: fc.constantFrom('a', '=?', '?=', '=?utf-8?q?a?=', '=?utf-8?b?YQ==?=', ' ', '_'),
    maxLength: 8,
  }),
  fc.string({ unit: fc.constantFrom('x', 'é', '漢', '👩‍💻'), minLength: 60, maxLength: 200 }),
);

const files: fc.Arbitrary<TestFile> = fc.record({
  fileName: fc.oneof(
    longTexts,
    fc.constantFrom('a.pdf', 'it\'s 100% "new".txt', '..\\..\\x', 'a;b=c.txt', '漢'.repeat(200)),
  ),
  mediaType: fc.constantFrom(
    'application/pdf',
    'image/png',
    'Text/CSV',
    'message/rfc822',
    'multipart/mixed',
    'text/plain; charset=x',
    '',
    'a/b/c',
  ),
  contentId: fc.oneof(fc.constant(null), fc.constantFrom('cid1', 'img@example.com', 'x.y-z')),
  bytes: fc.uint8Array({ maxLength: 400 }),
});

/** Any message that can be written: every field any string that is allowed there, any files. */
export const specs: fc.Arbitrary<Spec> = fc.record({
  from: fc.record({ name: longTexts, address: addresses }),
  to: lists,
  cc: lists,
  bcc: lists,
  replyTo: lists,
  subject: longTexts,
  text: bodies,
  html: fc.option(bodies, { nil: null }),
  threading: fc.option(
    fc.record({
      inReplyTo: fc.option(messageIds, { nil: null }),
      references: fc.array(messageIds, { maxLength: 8 }),
      threadId: fc.constant(null),
    }),
    { nil: null },
  ),
  files: fc.uniqueArray(files, {
    maxLength: 4,
    // Two parts may not share an id; any number may have none.
    comparator: (a, b) => a !== null && a === b,
    selector: ({ contentId }) => contentId,
  }),
  keepBcc: fc.boolean(),
});
