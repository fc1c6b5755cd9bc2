import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { draftProblems } from '../../../utils/mail/mail.ts';
import { createMessageSource, MimeError } from '../../../utils/mime/mime.ts';
import { inputOf, messageText, sourceOf, type Spec, type TestFile } from './message-fixture.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

const CONTROLS = [
  '\r\nBcc: evil@x.y',
  '\r',
  '\n',
  '\0',
  '\t',
  '\x0b',
  '\x1b',
  '\x7f',
  '\x85',
  '\u009b',
];
const FILE: TestFile = {
  fileName: 'a.pdf',
  mediaType: 'application/pdf',
  contentId: null,
  bytes: new Uint8Array(3),
};
const { fixed: FIXED } = inputOf({});

function refusalOf(spec: Spec): string {
  try {
    sourceOf(spec);
  } catch (error) {
    if (error instanceof MimeError) {
      return `${error.code} ${error.field}${error.index === null ? '' : ` ${error.index}`}`;
    }
    throw error;
  }
  return 'nothing';
}

describe('a control character', () => {
  it.each(CONTROLS)('is refused by name in every header value: %j', (char) => {
    const text = `a${char}b`;
    const box = { name: text, address: 'a@b.c' };
    const fine = { name: '', address: 'a@b.c' };
    expect(refusalOf({ from: box })).toBe('control-character from 0');
    expect(refusalOf({ to: [fine, box] })).toBe('control-character to 1');
    expect(refusalOf({ cc: [box] })).toBe('control-character cc 0');
    expect(refusalOf({ bcc: [box], keepBcc: true })).toBe('control-character bcc 0');
    expect(refusalOf({ bcc: [box], keepBcc: false })).toBe('control-character bcc 0');
    expect(refusalOf({ replyTo: [box] })).toBe('control-character replyTo 0');
    expect(refusalOf({ subject: text })).toBe('control-character subject');
    expect(refusalOf({ files: [FILE, { ...FILE, fileName: text }] })).toBe(
      'control-character attachments 1',
    );
    expect(refusalOf({ extraHeaders: [{ name: 'X-Mark', value: text }] })).toBe(
      'control-character X-Mark',
    );
    expect(refusalOf({ extraHeaders: [{ name: text, value: 'x' }] })).toBe(
      'header-name extraHeaders',
    );
    expect(refusalOf({ from: { name: '', address: `a@b.c${char}` } })).toBe('address from 0');
    expect(refusalOf({ to: [{ name: '', address: `${char}a@b.c` }] })).toBe('address to 0');
    expect(refusalOf({ fixed: { ...FIXED, messageId: `<a${char}@b>` } })).toBe(
      'message-id messageId',
    );
    expect(refusalOf({ fixed: { ...FIXED, boundarySeed: `0123456789abcdef${char}` } })).toBe(
      'boundary-seed boundarySeed',
    );
    const threading = { inReplyTo: null, references: [], threadId: null };
    expect(refusalOf({ threading: { ...threading, inReplyTo: `<a@b>${char}` } })).toBe(
      'message-id inReplyTo',
    );
    expect(refusalOf({ threading: { ...threading, references: ['<a@b>', `<a@b>${char}`] } })).toBe(
      'message-id references 1',
    );
    expect(refusalOf({ html: '', files: [{ ...FILE, contentId: text }] })).toBe(
      'content-id attachments 0',
    );
  });
  it('in a media type makes it application/octet-stream, nothing else', async () => {
    const message = await messageText({
      files: [{ ...FILE, mediaType: 'text/x\r\nBcc: evil@x.y' }],
    });
    expect(message).toContain('Content-Type: application/octet-stream; name="a.pdf"\r\n');
    expect(message).not.toContain('evil');
  });
  it('is no matter in a text, where it is encoded', () => {
    expect(refusalOf({ text: CONTROLS.join(''), html: CONTROLS.join('') })).toBe('nothing');
  });
});

describe('an address', () => {
  it.each([
    'a@b>, <c@d',
    'a@b, c@d',
    '<a@b>',
    '"a@b> x"@c.d',
    'a@b\u2028',
    'jörg@b.c',
    '',
    'a',
    'a@b (c)',
    'Team: a@b;',
  ])('that is none, or more than one, is refused: %j', (address) => {
    for (const field of ['to', 'cc', 'bcc', 'replyTo']) {
      expect(refusalOf({ [field]: [{ name: '', address }] })).toBe(`address ${field} 0`);
    }
    expect(refusalOf({ from: { name: 'x', address } })).toBe('address from 0');
  });
});

describe('what is fixed', () => {
  it.each(['', 'a@b', '<a@b', '<a b@c>', '<a@b><c@d>', '<ab>'])(
    'is refused as a message id: %j',
    (messageId) => {
      expect(refusalOf({ fixed: { ...FIXED, messageId } })).toBe('message-id messageId');
    },
  );
  it.each(['', 'short', 'a'.repeat(49), '0123456789abcdef"; x="', '0123456789abcdef 1'])(
    'is refused as a boundary seed: %j',
    (boundarySeed) => {
      expect(refusalOf({ fixed: { ...FIXED, boundarySeed } })).toBe('boundary-seed boundarySeed');
    },
  );
  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 253402300800000])(
    'is refused as a time: %d',
    (dateAt) => {
      expect(refusalOf({ fixed: { ...FIXED, dateAt } })).toBe('date date');
    },
  );
});

describe('an extra header', () => {
  it.each(['', 'X Y', 'X:', 'ü', 'X-\0', 'a'.repeat(71)])(
    'without a right name is refused: %j',
    (name) => {
      expect(refusalOf({ extraHeaders: [{ name, value: 'x' }] })).toBe('header-name extraHeaders');
    },
  );
  it.each([
    'From',
    'TO',
    'Bcc',
    'Subject',
    'date',
    'Message-ID',
    'MIME-Version',
    'Content-Type',
    'content-transfer-encoding',
    'Reply-To',
    'References',
    'Sender',
  ])('that is written from the draft is refused: %s', (name) => {
    expect(refusalOf({ extraHeaders: [{ name, value: 'x' }] })).toBe(`header-name ${name}`);
  });
  it('that no line holds is refused', () => {
    expect(refusalOf({ extraHeaders: [{ name: 'X-Long', value: 'x'.repeat(1200) }] })).toBe(
      'header-too-long X-Long',
    );
  });
  it('is folded at its spaces and keeps its structure', async () => {
    const value = `<https://example.com/${'x'.repeat(60)}>, <mailto:leave@example.com>`;
    expect(await messageText({ extraHeaders: [{ name: 'List-Unsubscribe', value }] })).toContain(
      `\r\nList-Unsubscribe: <https://example.com/${'x'.repeat(60)}>,\r\n <mailto:leave@example.com>\r\n`,
    );
  });
});

describe('a file', () => {
  it('that is not as long as the draft says is refused', () => {
    const input = inputOf({ files: [FILE] });
    const shorter = (id: string) => ({ ...input.attachmentBytes(id), sizeBytes: 2 });
    expect(() => createMessageSource({ ...input, attachmentBytes: shorter })).toThrow(MimeError);
  });
  it('with a content id that is none, or another one has, is refused', () => {
    const inline = (contentId: string): TestFile => ({ ...FILE, contentId });
    expect(refusalOf({ html: '', files: [inline('a b')] })).toBe('content-id attachments 0');
    expect(refusalOf({ html: '', files: [inline('<a>')] })).toBe('content-id attachments 0');
    expect(refusalOf({ html: '', files: [inline('')] })).toBe('content-id attachments 0');
    expect(refusalOf({ html: '', files: [inline('a'), FILE, inline('a')] })).toBe(
      'repeated-content-id attachments 2',
    );
  });
});

describe('a refusal', () => {
  it('never repeats what was refused, so that it may be logged', () => {
    try {
      sourceOf({ subject: 'secret\nplan' });
    } catch (error) {
      expect(String(error)).toBe('MimeError: control-character in subject');
    }
    expect.assertions(1);
  });

  const wild: fc.Arbitrary<Spec> = fc
    .tuple(fc.string({ unit: 'binary', maxLength: 6 }), fc.nat({ max: 7 }))
    .map(([text, place]): Spec => {
      const changes: Spec[] = [
        { subject: text },
        { to: [{ name: text, address: 'a@b.c' }] },
        { to: [{ name: '', address: text }] },
        { cc: [{ name: '', address: `a@${text}` }] },
        { threading: { inReplyTo: text, references: [], threadId: null } },
        { threading: { inReplyTo: null, references: [`<${text}@b>`], threadId: null } },
        { files: [{ ...FILE, fileName: text, mediaType: text }] },
        { html: '', files: [{ ...FILE, contentId: text }] },
      ];
      return { html: '', ...changes[place] };
    });

  it('of the whole comes exactly when the draft itself is said to have a problem', () => {
    fc.assert(
      fc.property(wild, (spec) => {
        const input = inputOf(spec);
        const stops = draftProblems(input.content).filter(({ code }) => code !== 'no-recipient');
        const refusal = refusalOf(spec);
        if (stops.length === 0) expect(refusal).toBe('nothing');
        else expect(refusal).not.toBe('nothing');
      }),
      { numRuns: 2000 },
    );
  });
});
