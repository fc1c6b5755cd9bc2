import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isAddress, sameAddress, wireAddress } from '../../../utils/mail/mail.ts';
import { readAddress } from '../../../utils/mail/address.ts';
import { addresses } from './arbitraries.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

const GOOD = [
  'a@b',
  'anna.berg+crm@example.co.uk',
  "o'neil@example.ie",
  '!#$%&*+-/=?^_`{|}~@example.com',
  '"john doe"@example.com',
  '"john..doe"@example.com',
  'a@[192.0.2.1]',
  'a@[IPv6:2001:db8::1]',
  'a@bücher.example',
  'a@例え。テスト',
  'a@xn--bcher-kva.example',
  'a@3com.com',
  'a@a--b.example',
  `${'l'.repeat(64)}@example.com`,
  `a@${'d'.repeat(63)}.example`,
  'a@نامه\u200cای.com',
];

const BAD: readonly (readonly [string, string])[] = [
  ['', 'no-address'],
  ['anna', 'no-address'],
  ['@example.com', 'local-part'],
  ['anna@', 'domain'],
  ['a..b@example.com', 'local-part'],
  ['.a@example.com', 'local-part'],
  ['a.@example.com', 'local-part'],
  ['a b@example.com', 'local-part'],
  ['""@example.com', 'local-part'],
  ['"a"b"@example.com', 'local-part'],
  ['a@b@example.com', 'local-part'],
  [`${'l'.repeat(65)}@example.com`, 'local-part'],
  ['"a@b"@example.com', 'unsafe-local-part'],
  ['"a@b.c> x"@example.com', 'unsafe-local-part'],
  ['"a, b"@example.com', 'unsafe-local-part'],
  ['"a\\"b"@example.com', 'unsafe-local-part'],
  ['" "@example.com', 'unsafe-local-part'],
  ['jörg@example.com', 'non-ascii-local-part'],
  ['用户@example.com', 'non-ascii-local-part'],
  ['a@-b.example', 'domain'],
  ['a@b-.example', 'domain'],
  ['a@b..example', 'domain'],
  ['a@example.com.', 'domain'],
  ['a@.example', 'domain'],
  ['a@b_c.example', 'domain'],
  ['a@1.2.3.4', 'domain'],
  ['a@12345', 'domain'],
  ['a@b:25', 'domain'],
  ['a@b/c', 'domain'],
  ['a@ex%61mple.com', 'domain'],
  ['a@b>, <c@d', 'local-part'],
  ['a@b> ', 'domain'],
  ['a@ü:1', 'domain'],
  ['a@user:pw@ü.example', 'local-part'],
  ['a@ü#b.example', 'domain'],
  ['a@１２３', 'domain'],
  ['a@[256.0.0.1]', 'domain'],
  ['a@[IPv6:zz::1]', 'domain'],
  ['a@[192.0.2.1', 'domain'],
  [`a@${'d'.repeat(64)}.example`, 'domain'],
  [`a@${'ü'.repeat(60)}.${'ü'.repeat(60)}.${'ü'.repeat(60)}.${'ü'.repeat(60)}.de`, 'domain'],
  [
    `${'l'.repeat(64)}@${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(60)}.example`,
    'address-too-long',
  ],
  ['a@exa\u00admple.com', 'invisible-character'],
  ['\u200ba@example.com', 'invisible-character'],
  ['\u202aa@example.com\u202c', 'invisible-character'],
  ['a\u200d@example.com', 'invisible-character'],
  ['a@example.com\r\nBcc: x@y.z', 'control-character'],
  ['a\0@example.com', 'control-character'],
  ['a@example\u0085.com', 'control-character'],
];

describe('an address', () => {
  it.each(GOOD)('is taken: %s', (address) => {
    expect(isAddress(address)).toBe(true);
  });
  it.each(BAD)('is refused: %j (%s)', (address, fault) => {
    expect(isAddress(address)).toBe(false);
    expect(readAddress(address)).toEqual({ kind: 'fault', fault });
  });
  it('goes on the wire in visible ASCII, whatever script it was written in', () => {
    expect(wireAddress('Anna@Bücher.example')).toBe('Anna@xn--bcher-kva.example');
    expect(wireAddress('a@faß.de')).toBe('a@xn--fa-hia.de');
    expect(wireAddress('a@例え。テスト')).toBe('a@xn--r8jz45g.xn--zckzah');
    expect(wireAddress('Anna@Example.COM')).toBe('Anna@Example.COM');
    expect(wireAddress('nobody')).toBeNull();
    fc.assert(
      fc.property(addresses, (address) => {
        expect(wireAddress(address)).toMatch(/^[ -~]+@[!-~]+$/);
      }),
    );
  });
  it('on the wire is an address again, and the same one', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const wire = wireAddress(address) ?? '';
        expect(wireAddress(wire)).toBe(wire);
        expect(sameAddress(address, wire)).toBe(true);
      }),
    );
  });
  it('is never made of a string that holds a line break, a bracket outside quotes or a second address', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('a.@<>,;: \r\n"ü(')), maxLength: 12 }),
        (text) => {
          if (isAddress(text))
            expect(text.replace(/^"[^"]*"/, 'q')).toMatch(/^[^<>,;:\s"()@]+@[^<>,;:\s"()@]+$/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('two addresses', () => {
  it.each([
    ['Anna@Example.com', 'anna@example.COM'],
    ['a@bücher.example', 'a@XN--BCHER-KVA.example'],
    ['"a"@b.c', 'a@b.c'],
  ])('are one mailbox: %s and %s', (a, b) => {
    expect(sameAddress(a, b)).toBe(true);
  });
  it.each([
    ['a@b.c', 'b@b.c'],
    ['a@b.c', 'a@b.d'],
    ['a.b@gmail.com', 'ab@gmail.com'],
    ['nobody', 'Nobody'],
  ])('are two mailboxes: %s and %s', (a, b) => {
    expect(sameAddress(a, b)).toBe(false);
  });
});
