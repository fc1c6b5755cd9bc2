import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  draftProblems,
  EMPTY_CONTENT,
  isMailLink,
  readMailLink,
} from '../../../utils/mail/mail.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

const addressesOf = (uri: string) => readMailLink(uri)?.to.map(({ address }) => address);

const NOTHING = { to: [], cc: [], bcc: [], subject: '', text: '' };

describe('a mailto link', () => {
  it.each([
    ['mailto:chris@example.com', ['chris@example.com']],
    ['MAILTO:chris@example.com', ['chris@example.com']],
    ['  mailto:chris@example.com ', ['chris@example.com']],
    ['mailto:addr1@an.example,addr2@an.example', ['addr1@an.example', 'addr2@an.example']],
    ['mailto:?to=addr1@an.example,addr2@an.example', ['addr1@an.example', 'addr2@an.example']],
    ['mailto:addr1@an.example?to=addr2@an.example', ['addr1@an.example', 'addr2@an.example']],
    ['mailto:addr1@an.example%2C%20addr2@an.example', ['addr1@an.example', 'addr2@an.example']],
    ['mailto:gorby%25kremvax@example.com', ['gorby%kremvax@example.com']],
    ['mailto:unlikely%3Faddress@example.com?blat=foop', ['unlikely?address@example.com']],
    ['mailto:Mike%26family@example.org', ['Mike&family@example.org']],
    ['mailto:%22not%40me%22@example.org', []],
    ['mailto:user@%E7%B4%8D%E8%B1%86.example.org', ['user@納豆.example.org']],
    ['mailto:bill+ietf@example.org', ['bill+ietf@example.org']],
    ['mailto:', []],
  ])('names its recipients (RFC 6068 section 6): %s', (uri, expected) => {
    expect(addressesOf(uri)).toEqual(expected);
  });
  it('keeps the name that stands with an address', () => {
    expect(readMailLink('mailto:Anna%20Berg%20%3Ca@b.c%3E')?.to).toEqual([
      { name: 'Anna Berg', address: 'a@b.c' },
    ]);
  });
  it('fills in subject, text, cc and bcc, and leaves empty what it does not name', () => {
    const uri =
      'mailto:a@b.c?subject=caf%C3%A9%20+%20%26&body=line1%0D%0Aline2%0Aend&CC=c@d.e&amp;bcc=f@g.h&cc=i@j.k#part';
    expect(readMailLink(uri)).toEqual({
      to: [{ name: '', address: 'a@b.c' }],
      cc: [
        { name: '', address: 'c@d.e' },
        { name: '', address: 'i@j.k' },
      ],
      bcc: [{ name: '', address: 'f@g.h' }],
      subject: 'café + &',
      text: 'line1\nline2\nend',
    });
    expect(readMailLink('mailto:a@b.c')).toEqual({
      ...NOTHING,
      to: [{ name: '', address: 'a@b.c' }],
    });
  });
  it('takes no unsafe header and no second subject or text', () => {
    const uri =
      'mailto:a@b.c?from=x@y.z&attach=/etc/passwd&Subject=one&subject=two&in-reply-to=nonsense&X-Evil=1&body=a&body=b&flag';
    expect(readMailLink(uri)).toEqual({
      ...NOTHING,
      to: [{ name: '', address: 'a@b.c' }],
      subject: 'one',
      text: 'a',
    });
  });
  it('takes nothing from a field that smuggles a header in', () => {
    expect(
      readMailLink(
        'mailto:a@b.c%0D%0ABcc:evil@x.y,c@d.e?subject=Hi%0D%0ABcc:%20evil@x.y&cc=d@e.f%0A,g@h.i&body=ok',
      ),
    ).toEqual({ ...NOTHING, text: 'ok' });
  });
  it('leaves out what is no address', () => {
    expect(readMailLink('mailto:a@b%3E,%20%3Cc@d,e@f.g?cc=nobody')).toEqual({
      ...NOTHING,
      to: [{ name: '', address: 'e@f.g' }],
    });
  });
  it('tells a comma in a quoted name from one between addresses', () => {
    expect(
      readMailLink('mailto:%22Berg%2C%20Anna%22%20%3Ca@b.c%3E;%22open%20d@e.f,g@h.i')?.to,
    ).toEqual([
      { name: 'Berg, Anna', address: 'a@b.c' },
      { name: '', address: 'g@h.i' },
    ]);
  });
  it('survives broken escapes and bytes that are no UTF-8', () => {
    expect(readMailLink('mailto:a@b.c?subject=100%&body=%E9%zz')).toMatchObject({
      subject: '100%',
      text: '\ufffd%zz',
    });
  });
  it.each(['', 'a@b.c', 'http://mailto:a@b.c', 'javascript:mailto:a@b.c', 'xmailto:a@b.c'])(
    'is none: %j',
    (uri) => {
      expect(readMailLink(uri)).toBeNull();
    },
  );
  it('is refused when it is longer than any real one', () => {
    expect(readMailLink(`mailto:a@b.c?body=${'x'.repeat(500_000)}`)).toBeNull();
  });
  it('never throws, and never makes a draft with a fault of its own', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'a@b.c',
        '%0d%0a',
        '%00',
        '?',
        '&',
        '=',
        'to',
        'cc',
        'subject',
        'body',
        '%',
        '%zz',
        '%F0%9F',
        ',',
        'in-reply-to=',
        '%3Ca@b%3E',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const draft = readMailLink(`mailto:${pieces.join('')}`);
        expect(draft).not.toBeNull();
        const content = { ...EMPTY_CONTENT, ...draft };
        const codes = draftProblems(content).map(({ code }) => code);
        expect(codes.filter((code) => code !== 'no-recipient')).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a link to the page where webmail writes a new mail', () => {
  it.each([
    'https://mail.google.com/mail/?view=cm&fs=1&tf=1&to=anna%2Bcrm@example.com&cc=bo@example.com&bcc=box@crm.example&su=Your+fence+%2B+gate&body=Dear+Anna%2C%0D%0Ahello',
    'https://mail.google.com/mail/u/0/?fs=1&view=cm&to=anna+crm@example.com&cc=bo@example.com&bcc=box@crm.example&su=Your%20fence%20%2B%20gate&body=Dear%20Anna,%0Ahello#inbox',
    'https://outlook.live.com/mail/0/deeplink/compose?to=anna%2Bcrm%40example.com&cc=bo@example.com&bcc=box@crm.example&subject=Your%20fence%20%2B%20gate&body=Dear%20Anna%2C%0Ahello',
    'https://outlook.office.com/mail/deeplink/compose?to=anna+crm@example.com&cc=bo@example.com&bcc=box@crm.example&subject=Your+fence+%2B+gate&body=Dear+Anna,%0Ahello',
    'https://outlook.office365.com/owa/?path=%2Fmail%2Faction%2Fcompose&to=anna%2Bcrm@example.com&cc=bo@example.com&bcc=box@crm.example&subject=Your%20fence%20%2B%20gate&body=Dear%20Anna%2C%0Ahello',
    'https://outlook.cloud.microsoft/mail/deeplink/compose?to=anna%2Bcrm@example.com&cc=bo@example.com&bcc=box@crm.example&subject=Your+fence+%2B+gate&body=Dear+Anna,%0Ahello',
  ])('asks for the same as a mailto link: %s', (url) => {
    expect(readMailLink(url)).toEqual({
      to: [{ name: '', address: 'anna+crm@example.com' }],
      cc: [{ name: '', address: 'bo@example.com' }],
      bcc: [{ name: '', address: 'box@crm.example' }],
      subject: 'Your fence + gate',
      text: 'Dear Anna,\nhello',
    });
  });
  it.each([
    'https://mail.google.com/mail/u/0/?to=a@b.c',
    'https://mail.google.com/mail/u/0/#inbox?view=cm&to=a@b.c',
    'https://mail.google.com/mail/?view=cmx&to=a@b.c',
    'https://mail.google.com.evil.example/mail/?view=cm&to=a@b.c',
    'https://evil.example/https://mail.google.com/mail/?view=cm&to=a@b.c',
    'http://mail.google.com/mail/?view=cm&to=a@b.c',
    'https://outlook.live.com/mail/0/inbox?to=a@b.c',
    'https://outlook.live.evil.example/mail/deeplink/compose?to=a@b.c',
    'https://outlook.office.com/mail/read?next=/deeplink/compose&to=a@b.c',
  ])('is none: %s', (url) => {
    expect(isMailLink(url)).toBe(false);
    expect(readMailLink(url)).toBeNull();
  });
});
