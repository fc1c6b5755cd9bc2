import { describe, expect, it, vi } from 'vitest';
import { expectPython, expectReading } from './compare.ts';
import { bytesOf, type Spec, type TestFile } from './message-fixture.ts';
import { readWithMailparser, readWithPostalMime, readWithPython } from './readers.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

function file(fileName: string, change: Partial<TestFile> = {}): TestFile {
  const bytes = new TextEncoder().encode(`bytes of ${fileName}`);
  return { fileName, mediaType: 'application/pdf', contentId: null, bytes, ...change };
}
const named = (name: string): Spec => ({ from: { name, address: 'a@example.com' } });
const sentTo = (address: string): Spec => ({ to: [{ name: '', address }] });
const html = '<p>Hello <b>you</b></p>';
const threading = { inReplyTo: null, references: [], threadId: null };

/** Messages that mail libraries are known to get wrong. Each must be read back exactly. */
const CASES: Readonly<Record<string, Spec>> = {
  'nothing at all': {},
  'an empty subject': { subject: '', text: 'x' },
  'a subject that is one space': { subject: ' ' },
  'a subject with spaces at both ends': { subject: '  spaced  ' },
  'a subject with runs of spaces': { subject: 'a     b' },
  'a subject that looks like an encoded word': { subject: '=?utf-8?q?not_encoded?=' },
  'a subject with half an encoded word': { subject: 'a =? b ?= c' },
  'a subject that looks encoded inside': { subject: 'Re: =?iso-8859-1?B?YWJj?= and more' },
  'a subject with one word of 1,200 characters': { subject: 'x'.repeat(1200) },
  'a subject with one Chinese word of 1,200 characters': { subject: '漢'.repeat(1200) },
  'a subject of 1,000 short words': { subject: Array.from({ length: 1000 }, () => 'w').join(' ') },
  'a subject that ends in a long word': { subject: `short ${'y'.repeat(75)}` },
  'a subject of exactly one line': { subject: 'z'.repeat(67) },
  'a subject one longer than a line': { subject: 'z'.repeat(68) },
  'a subject of emoji with joiners': { subject: '👩‍👩‍👧‍👦'.repeat(20) },
  'a subject of combining marks': { subject: 'e\u0301'.repeat(100) },
  'a subject in Arabic': { subject: 'مرحبا بالعالم، كيف الحال؟'.repeat(4) },
  'a subject with direction marks': { subject: '\u200f\u202babc\u202c\u200e' },
  'a subject with lone surrogates': { subject: 'a\ud83d b\udc69 c' },
  'a subject with a colon and a header name': { subject: 'Bcc: evil@example.com' },
  'a subject with underscores, equals and question marks': { subject: 'a_b=c?d é' },
  'a subject with a byte order mark': { subject: '\ufeffabc' },
  'a subject with line separators of Unicode': { subject: 'a\u2028b\u2029c' },
  'a name with a comma': named('Berg, Anna'),
  'a name with quotes': named('Anna "the Boss" Berg'),
  'a name with backslashes': named('DOMAIN\\anna\\'),
  'a name that ends in a backslash': named('anna\\'),
  'a name with an address in brackets': named('Anna <evil@example.com>'),
  'a name that is another address': named('evil@example.com'),
  'a name with a semicolon and a colon': named('Team: Anna; Berg'),
  'a name with parentheses': named('Anna (Sales)'),
  'a name with a dot': named('Joe Q. Public'),
  'a name that looks like an encoded word': named('=?utf-8?q?x?='),
  'a name with one letter that is not ASCII': named('Jörg'),
  'a name in Japanese with its wide space': named('山田　太郎'),
  'a name of 200 Chinese characters': named('漢字'.repeat(100)),
  'a name of 300 letters without a space': named('n'.repeat(300)),
  'a name of 300 letters and many spaces': named('na me '.repeat(50).trim()),
  'a name that is only quotes': named('""'),
  'a name that is only white space': named('   '),
  'a name with an apostrophe': named("Conan O'Brien"),
  'a name with emoji and a comma': named('👩‍💻, Anna'),
  'a name with a lone surrogate': named('A\ud800B'),
  'a domain in Unicode': sentTo('anna@bücher.example'),
  'a domain in Chinese with its own dot': sentTo('anna@例え。テスト'),
  'an address with every mark that needs no quotes': sentTo("!#$%&'*+-/=?^_`{|}~@example.com"),
  'a quoted local part': sentTo('"john doe"@example.com'),
  'an address literal': sentTo('a@[192.0.2.1]'),
  'an address literal of IPv6': sentTo('a@[IPv6:2001:db8::1]'),
  'the longest address': sentTo(
    `${'l'.repeat(64)}@${'d'.repeat(63)}.${'d'.repeat(63)}.${'d'.repeat(57)}.ex`,
  ),
  '300 recipients with names': {
    to: Array.from({ length: 300 }, (_, index) => ({
      name: `Person №${index}, Esq.`,
      address: `p${index}@example.com`,
    })),
  },
  'all kinds of recipients': {
    to: [{ name: 'To', address: 'to@example.com' }],
    cc: [{ name: 'Cé', address: 'cc@example.com' }],
    bcc: [{ name: 'B, cc', address: 'bcc@example.com' }],
    replyTo: [
      { name: 'Reply', address: 'reply@example.com' },
      { name: '', address: 'other@example.com' },
    ],
  },
  'blind copies alone': { bcc: [{ name: '', address: 'bcc@example.com' }] },
  'blind copies that must not be written': {
    bcc: [{ name: '', address: 'bcc@example.com' }],
    keepBcc: false,
  },
  'an answer with a long list of references': {
    threading: {
      ...threading,
      inReplyTo: '<last@example.com>',
      references: Array.from(
        { length: 100 },
        (_, index) => `<ref-${index}-${'r'.repeat(index)}@example.com>`,
      ),
    },
  },
  'an answer to a message id of 900 characters': {
    threading: { ...threading, inReplyTo: `<${'i'.repeat(880)}@example.com>` },
  },
  'a text in one line of 20,000 characters': { text: 'long '.repeat(4000) },
  'a text in one word of 20,000 characters': { text: 'l'.repeat(20_000) },
  'a text with lines that begin with From': { text: 'From here\nFrom: there\n>From\nFrom' },
  'a text with lines of one dot': { text: '.\n..\n.\n' },
  'a text with bare CR, bare LF and both': { text: 'a\rb\nc\r\nd\n\re\r\r\nf' },
  'a text with white space at line ends': { text: 'a \nb\t\n \n\t\nc ' },
  'a text that ends in many line breaks': { text: 'a\n\n\n\n' },
  'a text of only line breaks': { text: '\n\n\n' },
  'a text with NUL and other controls': { text: 'a\0b\x07c\x1b[31m\x7f\u0085\u009b' },
  'a text that looks like a boundary': {
    text: '--=_0123456789abcdef0123456789abcdef_alternative\n--\n-- \n',
    html,
  },
  'a text that looks like a header': { text: 'Subject: x\n\nBcc: y', html },
  'a text with equals signs at line ends': { text: 'a=\nb=20\n=\n==\n' },
  'a text that looks like quoted-printable': { text: '=C3=BC=\n=3D' },
  'a text in Chinese': { text: '这是一封信。\n'.repeat(200) },
  'a text in Russian': { text: 'Привет, как дела?\n'.repeat(50) },
  'a text with one emoji': { text: 'Hello 👩‍💻' },
  'a text with a lone surrogate at its end': { text: 'abc\ud83d' },
  'a text with a signature': { text: 'Hi\n\n-- \nAnna' },
  'HTML beside an empty text': { html },
  'empty HTML beside a text': { text: 'x', html: '' },
  'HTML with one line of 5,000 characters': { text: 'x', html: `<p>${'é='.repeat(2500)}</p>` },
  'a file name of 200 Chinese characters': { files: [file(`${'漢'.repeat(200)}.pdf`)] },
  'a file name of 200 emoji': { files: [file(`${'👩‍💻'.repeat(60)}.pdf`)] },
  'a file name with quotes': { files: [file('the "final" one.pdf')] },
  'a file name with backslashes': { files: [file('..\\..\\secret\\.pdf')] },
  'a file name that is a path': { files: [file('../../etc/passwd')] },
  'a file name with marks of RFC 2231': { files: [file("utf-8'en'100%25*.pdf")] },
  'a file name with semicolons and equals': { files: [file('a;filename="b";c=d.pdf')] },
  'a file name of 300 ASCII letters': { files: [file(`${'n'.repeat(300)}.pdf`)] },
  'a file name with spaces in the middle': { files: [file('a   b.pdf')] },
  'a file name with a lone surrogate': { files: [file('a\ud83d.pdf')] },
  'a file without a name': { files: [file('')] },
  'a file without a byte': { files: [file('empty.pdf', { bytes: new Uint8Array() })] },
  'a file of all byte values': {
    files: [file('all.bin', { bytes: Uint8Array.from({ length: 1024 }, (_, index) => index) })],
  },
  'a file that is text': {
    files: [
      file('a.txt', { mediaType: 'text/plain', bytes: new TextEncoder().encode('a\nb\r\nc\r') }),
    ],
  },
  'a file that is HTML': {
    text: 'x',
    files: [file('a.html', { mediaType: 'text/html', bytes: new TextEncoder().encode(html) })],
  },
  'a file that is a message': {
    files: [
      file('mail.eml', {
        mediaType: 'message/rfc822',
        bytes: new TextEncoder().encode('From: x@y.z\r\nSubject: inner\r\n\r\nHi'),
      }),
    ],
  },
  'a file that claims to be a multipart': { files: [file('x', { mediaType: 'multipart/mixed' })] },
  'a file with an impossible type': {
    files: [file('x.pdf', { mediaType: 'application/pdf; name="evil"' })],
  },
  'a file with a type of a long name': {
    files: [
      file('x.docx', {
        mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      }),
    ],
  },
  'an inline image': {
    html: '<img src="cid:logo">',
    files: [file('logo.png', { mediaType: 'image/png', contentId: 'logo' })],
  },
  'an inline image without HTML': {
    files: [file('logo.png', { mediaType: 'image/png', contentId: 'logo' })],
  },
  'an inline image with a content id like an address': {
    html,
    files: [file('i.png', { mediaType: 'image/png', contentId: 'part1.06090408@example.com' })],
  },
  'inline images between files': {
    text: 'x',
    html,
    files: [
      file('1.pdf'),
      file('2.png', { contentId: 'two', mediaType: 'image/png' }),
      file('3.pdf'),
      file('4.png', { contentId: 'four', mediaType: 'image/png' }),
    ],
  },
  '50 files': { files: Array.from({ length: 50 }, (_, index) => file(`file ${index}.pdf`)) },
  'everything at once': {
    ...named('Jörg "J" Müller, Dr.'),
    to: [{ name: 'Doe, John', address: 'john@bücher.example' }],
    subject: '=?x?= Grüße 👋 '.repeat(10),
    text: 'From here\n.\n\n-- \nü',
    html: '<p>ü<img src="cid:a@b"></p>',
    threading: { ...threading, inReplyTo: '<a@b>', references: ['<x@y>', '<a@b>'] },
    files: [file('ü".pdf'), file('b.png', { contentId: 'a@b', mediaType: 'image/png' })],
  },
};

describe('an awkward message is read back exactly', () => {
  it.each(Object.entries(CASES))('by postal-mime and mailparser: %s', async (_, spec) => {
    const bytes = await bytesOf(spec);
    expectReading('postal-mime', await readWithPostalMime(bytes), spec);
    expectReading('mailparser', await readWithMailparser(bytes), spec);
  });

  it("by Python's email: all of them", async (context) => {
    const specs = Object.values(CASES);
    const readings = await readWithPython(await Promise.all(specs.map(bytesOf)));
    if (readings === null) return context.skip('no python3 on this machine');
    for (const [index, spec] of specs.entries()) expectPython(readings[index], spec);
    expect(specs.length).toBeGreaterThanOrEqual(55);
  });
});
