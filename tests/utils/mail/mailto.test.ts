import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { draftProblems, parseMailto } from '../../../utils/mail/mail.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

const addressesOf = (uri: string) => parseMailto(uri)?.to.map(({ address }) => address);

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
    expect(parseMailto('mailto:Anna%20Berg%20%3Ca@b.c%3E')?.to).toEqual([
      { name: 'Anna Berg', address: 'a@b.c' },
    ]);
  });
  it('fills in subject, text, cc and bcc, and leaves absent what it does not name', () => {
    const uri =
      'mailto:a@b.c?subject=caf%C3%A9%20+%20%26&body=line1%0D%0Aline2%0Aend&CC=c@d.e&bcc=f@g.h&cc=i@j.k#part';
    expect(parseMailto(uri)).toEqual({
      to: [{ name: '', address: 'a@b.c' }],
      cc: [
        { name: '', address: 'c@d.e' },
        { name: '', address: 'i@j.k' },
      ],
      bcc: [{ name: '', address: 'f@g.h' }],
      subject: 'café + &',
      text: 'line1\nline2\nend',
      problems: [],
      dropped: [],
    });
    expect(Object.keys(parseMailto('mailto:a@b.c') ?? {})).toEqual(['to', 'problems', 'dropped']);
  });
  it('answers another mail when it says which', () => {
    const id = '<3469A91.D10AF4C@example.com>';
    expect(
      parseMailto('mailto:list@example.org?In-Reply-To=%3C3469A91.D10AF4C@example.com%3E')
        ?.threading,
    ).toEqual({ inReplyTo: id, references: [id], threadId: null });
  });
  it('takes no unsafe header, no second subject, no text with a header inside, and names them', () => {
    const uri =
      'mailto:a@b.c?from=x@y.z&attach=/etc/passwd&Subject=one&subject=two&in-reply-to=nonsense&X-Evil=1&body=a&body=b&flag';
    const draft = parseMailto(uri);
    expect(draft?.dropped).toEqual([
      'from',
      'attach',
      'subject',
      'in-reply-to',
      'x-evil',
      'body',
      'flag',
    ]);
    expect(draft).toMatchObject({ subject: 'one', text: 'a' });
    const injected = parseMailto('mailto:a@b.c?subject=Hi%0D%0ABcc:%20evil@x.y');
    expect(injected).toMatchObject({ dropped: ['subject'] });
    expect(injected).not.toHaveProperty('subject');
  });
  it('says which addresses it could not read', () => {
    const draft = parseMailto('mailto:a@b%3E,%20%3Cc@d?cc=nobody');
    expect(draft?.to).toEqual([]);
    expect(draft?.problems.map(({ reason, text }) => `${reason}: ${text}`)).toEqual([
      'stray-angle: a@b>',
      'unclosed-angle: <c@d',
      'no-address: nobody',
    ]);
  });
  it('survives broken escapes and bytes that are no UTF-8', () => {
    expect(parseMailto('mailto:a@b.c?subject=100%&body=%E9%zz')).toMatchObject({
      subject: '100%',
      text: '\ufffd%zz',
    });
  });
  it.each(['', 'a@b.c', 'http://mailto:a@b.c', 'javascript:mailto:a@b.c', 'xmailto:a@b.c'])(
    'is none: %j',
    (uri) => {
      expect(parseMailto(uri)).toBeNull();
    },
  );
  it('is refused when it is longer than any real one', () => {
    expect(parseMailto(`mailto:a@b.c?body=${'x'.repeat(500_000)}`)).toBeNull();
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
        const draft = parseMailto(`mailto:${pieces.join('')}`);
        expect(draft).not.toBeNull();
        const content = {
          to: [],
          cc: [],
          bcc: [],
          replyTo: [],
          subject: '',
          text: '',
          html: null,
          attachments: [],
          threading: null,
          fromAlias: null,
          ...draft,
        };
        const codes = draftProblems(content).map(({ code }) => code);
        expect(codes.filter((code) => code !== 'no-recipient')).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
