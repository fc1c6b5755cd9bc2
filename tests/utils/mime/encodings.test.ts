import fc from 'fast-check';
import { Buffer } from 'node:buffer';
import { describe, expect, it, vi } from 'vitest';
import { base64Length, encodeBase64 } from '../../../utils/mime/base64.ts';
import { encodeWords } from '../../../utils/mime/encoded-word.ts';
import { fileNameParameter, nameParameter } from '../../../utils/mime/file-name.ts';
import { messageDate } from '../../../utils/mime/message-date.ts';
import { encodeText } from '../../../utils/mime/text-body.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

/** An encoded word by the letter of RFC 2047, each one decoded alone. */
function decodeWord(word: string): string {
  const match = /^=\?UTF-8\?([QB])\?([!->@-~]*)\?=$/.exec(word);
  if (!match) throw new Error(`no encoded word: ${word}`);
  const [, encoding, payload = ''] = match;
  const bytes =
    encoding === 'B'
      ? Buffer.from(payload, 'base64')
      : Buffer.from(
          payload
            .replace(/_/g, '=20')
            .replace(
              /=([\dA-F]{2})|./g,
              (char, hex?: string) => hex ?? char.charCodeAt(0).toString(16),
            ),
          'hex',
        );
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Quoted-printable by the letter of RFC 2045 section 6.7. */
function decodeQuotedPrintable(text: string): string {
  const joined = text.replace(/=\r\n/g, '');
  const bytes = Buffer.from(
    joined.replace(/=([\dA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  );
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom('a', ' ', '_', '=', '?', 'é', '漢', '👩‍💻', '\ud83d'),
    maxLength: 200,
  }),
);

describe('encoded words', () => {
  it('hold at most 75 characters, are whole one by one, and give the text back', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: -5, max: 80 }), (text, room) => {
        const words = encodeWords(text, room);
        for (const word of words) {
          expect(word.length).toBeLessThanOrEqual(75);
          expect(word.length).toBeGreaterThan('=?UTF-8?Q??='.length);
        }
        expect(words.map(decodeWord).join('')).toBe(text.toWellFormed());
      }),
      { numRuns: 1000 },
    );
  });
  it('leave the first line the room that it has, when a word fits there at all', () => {
    for (let room = 30; room <= 75; room += 1) {
      expect(encodeWords('👩‍💻'.repeat(30), room)[0]?.length).toBeLessThanOrEqual(room);
      expect(encodeWords('abc é'.repeat(30), room)[0]?.length).toBeLessThanOrEqual(room);
    }
  });
  it('are legible where the text is mostly ASCII, and short where it is not', () => {
    expect(encodeWords('Café au lait, please')).toEqual([
      '=?UTF-8?Q?Caf=C3=A9_au_lait=2C_please?=',
    ]);
    expect(encodeWords('漢字')).toEqual(['=?UTF-8?B?5ryi5a2X?=']);
  });
});

describe('a text body', () => {
  it('travels as it is when every line is safe', () => {
    expect(encodeText('Hello,\n\nshort lines\tonly.\n')).toMatchObject({ encoding: '7bit' });
    expect(encodeText('')).toMatchObject({ encoding: '7bit' });
    expect(encodeText('x'.repeat(76))).toMatchObject({ encoding: '7bit' });
  });
  it.each([
    'x'.repeat(77),
    'a ',
    'a\t\nb',
    'From me',
    '.',
    '.x',
    '--x',
    '-- ',
    'a\0',
    'a\x7f',
    'é',
    '\x0c',
  ])('is quoted-printable when something on the way could spoil it: %j', (text) => {
    expect(encodeText(text)).toMatchObject({ encoding: 'quoted-printable' });
  });
  it('is base64 when quoted-printable would grow too long', () => {
    expect(encodeText('这是一封信。'.repeat(40))).toMatchObject({ encoding: 'base64' });
    expect(encodeText('Schöne Grüße aus Köln. '.repeat(40))).toMatchObject({
      encoding: 'quoted-printable',
    });
  });
  it('gives any text back, by the letter of the RFCs, in lines of 76', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('', '\n', '\r', '\r\n', 'From ', '.', ' '), (a, b) => {
        const text = `${a}${b}${a}`;
        const canonical = text.toWellFormed().replace(/\r\n?|\n/g, '\r\n');
        const { encoding, bytes } = encodeText(text);
        const encoded = Buffer.from(bytes).toString('latin1');
        expect(encoded).toMatch(/^(?:[\t -~]{0,76}(?:\r\n|$))*$/);
        if (encoding === '7bit') expect(encoded).toBe(canonical);
        else if (encoding === 'quoted-printable') {
          expect(encoded).toMatch(/^(?:[\t -<>-~]|=[\dA-F]{2}|=?\r\n)*$/);
          expect(encoded).not.toMatch(/[ \t](?:\r\n|$)/);
          expect(decodeQuotedPrintable(encoded)).toBe(canonical);
        } else expect(Buffer.from(encoded, 'base64').toString()).toBe(canonical);
      }),
      { numRuns: 1000 },
    );
  });
  it('cuts no letter in two by a soft line break', () => {
    const { bytes } = encodeText(`${'a'.repeat(50)} é👩‍💻ü`.repeat(50));
    for (const line of Buffer.from(bytes).toString('latin1').split('=\r\n')) {
      expect(() => decodeQuotedPrintable(line)).not.toThrow();
    }
  });
});

describe('base64', () => {
  it('is what Node makes of the same bytes, in lines of 76, and as long as was said', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const lines =
          Buffer.from(bytes)
            .toString('base64')
            .match(/.{1,76}/g) ?? [];
        const encoded = encodeBase64(bytes);
        expect(Buffer.from(encoded).toString('latin1')).toBe(lines.join('\r\n'));
        expect(base64Length(bytes.length)).toBe(encoded.length);
      }),
      { numRuns: 1000 },
    );
  });
  it('reads a view that does not begin at the beginning of its buffer', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index * 7);
    for (let offset = 0; offset < 8; offset += 1) {
      const view = bytes.subarray(offset, offset + 200);
      expect(Buffer.from(Buffer.from(encodeBase64(view)).toString(), 'base64')).toEqual(
        Buffer.from(view),
      );
    }
  });
});

describe("a file's name", () => {
  it('comes back from its RFC 2231 sections, each within a line, no letter cut', () => {
    const names = anyText.filter((name) => name !== '' && !/\p{Cc}/u.test(name));
    fc.assert(
      fc.property(names, (name) => {
        const parameters = fileNameParameter(name);
        for (const parameter of parameters) expect(parameter.length).toBeLessThanOrEqual(75);
        for (const token of nameParameter(name)) expect(token.length).toBeLessThanOrEqual(76);
        if (parameters[0]?.startsWith('filename="')) {
          expect(parameters).toEqual([`filename="${name}"`]);
          return;
        }
        const values = parameters.map((parameter, index) => {
          const section = parameters.length === 1 ? '' : `\\*${index}`;
          const match = new RegExp(
            `^filename${section}\\*=${index === 0 ? "UTF-8''" : ''}([\\w.~%-]*)$`,
          ).exec(parameter);
          return decodeURIComponent(match?.[1] ?? '%');
        });
        expect(values.join('')).toBe(name.toWellFormed());
      }),
      { numRuns: 1000 },
    );
  });
  it('stays legible when it is plain', () => {
    expect(fileNameParameter('Offer (final) v2.pdf')).toEqual(['filename="Offer (final) v2.pdf"']);
    expect(nameParameter('Offer (final) v2.pdf')).toEqual(['name="Offer (final) v2.pdf"']);
  });
});

describe('a date', () => {
  it('always has 31 characters, in the form of RFC 5322', () => {
    expect(messageDate(0)).toBe('Thu, 01 Jan 1970 00:00:00 +0000');
    expect(messageDate(Date.UTC(2026, 2, 5, 1, 2, 3, 999))).toBe('Thu, 05 Mar 2026 01:02:03 +0000');
    expect(messageDate(Date.UTC(9999, 11, 31, 23, 59, 59, 999))).toBe(
      'Fri, 31 Dec 9999 23:59:59 +0000',
    );
  });
});
