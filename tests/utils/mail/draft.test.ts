import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import type * as z from 'zod/mini';
import {
  contactSchema,
  draftContentSchema,
  draftProblems,
  EMPTY_CONTENT,
  isEmptyDraft,
  mailboxSchema,
  type Contact,
  type DraftContent,
  type Mailbox,
} from '../../../utils/mail/mail.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

const ANNA: Mailbox = { name: 'Anna', address: 'a@b.c' };
const FILE = {
  id: '1',
  fileName: 'a.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 3,
  contentId: null,
};

describe('an empty draft', () => {
  it.each<Partial<DraftContent>>([
    {},
    { subject: ' \u200b', text: '\n \t' },
    { html: '' },
    { html: '<p>&nbsp;<br></p>\n<div></div>' },
    { threading: { inReplyTo: '<a@b>', references: [], threadId: 't' } },
  ])('is one in which nothing was written: %j', (change) => {
    expect(isEmptyDraft({ ...EMPTY_CONTENT, ...change })).toBe(true);
  });
  it.each<Partial<DraftContent>>([
    { to: [ANNA] },
    { bcc: [{ name: '', address: 'unfinish' }] },
    { replyTo: [ANNA] },
    { subject: 'x' },
    { text: 'x' },
    { html: '<p>x</p>' },
    { html: '<p><img src="cid:1"></p>' },
    { html: '<p' },
    { attachments: [FILE] },
  ])('is not one that somebody would miss: %j', (change) => {
    expect(isEmptyDraft({ ...EMPTY_CONTENT, ...change })).toBe(false);
  });
  it('is told in linear time from megabytes of markup', () => {
    // Processor time, so that other work on the machine does not count.
    const before = process.cpuUsage();
    isEmptyDraft({ ...EMPTY_CONTENT, html: '<p>'.repeat(1_000_000) });
    isEmptyDraft({ ...EMPTY_CONTENT, html: '<'.repeat(3_000_000) });
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000);
  });
});

describe('what stops a draft from being sent', () => {
  const problems = (change: Partial<DraftContent>) =>
    draftProblems({ ...EMPTY_CONTENT, to: [ANNA], ...change }).map(
      ({ code, field, index, text }) => `${code} ${field} ${String(index)} ${text}`,
    );
  it('is nothing when there is a recipient in any field', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ to: [], cc: [ANNA] })).toEqual([]);
    expect(problems({ to: [], bcc: [ANNA] })).toEqual([]);
  });
  it('is that nobody would get it', () => {
    expect(problems({ to: [], replyTo: [ANNA] })).toEqual(['no-recipient to null ']);
  });
  it('is an address that is none, in its field and place', () => {
    const bad = { name: '', address: 'a@b>, <c@d' };
    expect(problems({ to: [ANNA, bad], cc: [bad], bcc: [bad], replyTo: [bad] })).toEqual([
      'bad-address to 1 a@b>, <c@d',
      'bad-address cc 0 a@b>, <c@d',
      'bad-address bcc 0 a@b>, <c@d',
      'bad-address replyTo 0 a@b>, <c@d',
    ]);
  });
  it.each(['\r', '\n', '\0', '\t', '\x1b', '\x7f', '\x85'])(
    'is a control character: %j',
    (char) => {
      const text = `a${char}b`;
      expect(
        problems({
          to: [{ ...ANNA, name: text }],
          subject: text,
          attachments: [{ ...FILE, fileName: text }],
        }),
      ).toEqual([
        `control-character to 0 ${text}`,
        `control-character subject null ${text}`,
        `control-character attachments 0 ${text}`,
      ]);
    },
  );
  it.each([
    'a@b',
    '<a b@c>',
    '<a@b>\r\n',
    '<a@b><c@d>',
    '<>',
    '<@>',
    '<ab>',
    '<ü@b>',
    `<${'a'.repeat(900)}@b>`,
  ])('is a message id that is none: %j', (id) => {
    expect(
      problems({ threading: { inReplyTo: id, references: ['<a@b>', id], threadId: null } }),
    ).toEqual([`bad-message-id inReplyTo null ${id}`, `bad-message-id references 1 ${id}`]);
  });
  it.each(['<a@b>', '<CAF+x=_/-$y@mail.gmail.com>', '<a:b,c@[10.0.0.1]>', '<a@b@c>'])(
    'is not an odd but usable message id: %s',
    (id) => {
      expect(problems({ threading: { inReplyTo: id, references: [id], threadId: null } })).toEqual(
        [],
      );
    },
  );
  it('is a content id that is none, or two the same', () => {
    const part = (contentId: string) => ({ ...FILE, contentId });
    expect(problems({ attachments: ['a', 'b c', '', 'a', '<d>'].map(part) })).toEqual([
      'bad-content-id attachments 1 b c',
      'bad-content-id attachments 2 ',
      'repeated-content-id attachments 3 a',
      'bad-content-id attachments 4 <d>',
    ]);
  });
  it('is a file of an impossible size', () => {
    expect(
      problems({
        attachments: [
          { ...FILE, sizeBytes: 1.5 },
          { ...FILE, sizeBytes: -1 },
        ],
      }),
    ).toEqual(['bad-size attachments 0 1.5', 'bad-size attachments 1 -1']);
  });
});

describe('the schemas', () => {
  it('are the shapes themselves', () => {
    expectTypeOf<z.infer<ReturnType<typeof mailboxSchema>>>().toEqualTypeOf<Mailbox>();
    expect(mailboxSchema().parse(ANNA)).toEqual(ANNA);
    expectTypeOf<z.infer<ReturnType<typeof contactSchema>>>().toEqualTypeOf<Contact>();
    expectTypeOf<z.infer<ReturnType<typeof draftContentSchema>>>().toEqualTypeOf<DraftContent>();
  });
  it('take a draft that is being written, mistakes included, and leave out what they do not know', () => {
    const draft: DraftContent = {
      ...EMPTY_CONTENT,
      to: [{ name: '', address: 'unfinish' }],
      html: '<p>x</p>',
      attachments: [{ ...FILE, contentId: 'c' }],
      threading: { inReplyTo: null, references: ['<a@b>'], threadId: 't' },
    };
    expect(draftContentSchema().parse({ ...draft, extra: 1 })).toEqual(draft);
  });
  it.each<[string, object]>([
    ['a missing field', { subject: undefined }],
    ['a wrong type', { to: 'a@b.c' }],
    ['a name of a million characters', { to: [{ name: 'n'.repeat(1_000_000), address: 'a@b.c' }] }],
    ['too many recipients', { to: Array.from({ length: 2001 }, () => ANNA) }],
    ['a subject that is a book', { subject: 's'.repeat(10_001) }],
    ['half a byte', { attachments: [{ ...FILE, sizeBytes: 0.5 }] }],
    ['a size that is no number', { attachments: [{ ...FILE, sizeBytes: Number.NaN }] }],
  ])('refuse %s', (_, change) => {
    expect(draftContentSchema().safeParse({ ...EMPTY_CONTENT, ...change }).success).toBe(false);
  });
  it('take from a page only contacts that mail can be sent to', () => {
    expect(contactSchema().parse(ANNA)).toEqual(ANNA);
    expect(contactSchema().safeParse({ name: 'Anna', address: 'a@b>, <c@d' }).success).toBe(false);
    expect(contactSchema().safeParse({ name: 'An\r\nna', address: 'a@b.c' }).success).toBe(false);
  });
});
