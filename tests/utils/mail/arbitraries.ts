import fc from 'fast-check';
import type { Mailbox } from '../../../utils/mail/mail.ts';

const ATEXT = Array.from("abcXYZ019!#$%&'*+-/=?^_`{|}~");
const DOMAINS = [
  'example.com',
  'a.b',
  'x',
  'Mail.Example.ORG',
  'bücher.example',
  '例え.テスト',
  'xn--bcher-kva.example',
  '[192.0.2.1]',
  '[IPv6:2001:db8::1]',
];

const atom = fc.string({ unit: fc.constantFrom(...ATEXT), minLength: 1, maxLength: 10 });
const quotedLocal = fc.constantFrom('"john doe"', '"a..b"', '".a"', '"x.y z. !"');

/** Addresses that are right, quoted local parts, Unicode domains and literals among them. */
export const addresses: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.array(atom, { minLength: 1, maxLength: 3 }).map((atoms) => atoms.join('.')),
      },
      { weight: 1, arbitrary: quotedLocal },
    ),
    fc.constantFrom(...DOMAINS),
  )
  .map(([local, domain]) => `${local}@${domain}`);

/** Text without control characters: any other code point, marks of the address syntax more often. */
export const headerTexts: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...Array.from('ab "\\(),:;<>@[]=?_.')), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.replace(/\p{Cc}/gu, '')),
);

/** Mailboxes with any name that a header can hold. */
export const mailboxes: fc.Arbitrary<Mailbox> = fc.record({
  name: headerTexts,
  address: addresses,
});
