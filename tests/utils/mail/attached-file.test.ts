import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attachedFileName,
  fileBytesThatFit,
  hasControlCharacter,
  sizeInMessage,
} from '../../../utils/mail/mail.ts';
import { base64Length } from '../../../utils/mime/base64.ts';

describe('the name of an attached file', () => {
  it.each([
    ['Angebot Zäune №3.pdf', 'Angebot Zäune №3.pdf'],
    ['見積書.xlsx', '見積書.xlsx'],
    ['عرض سعر.pdf', 'عرض سعر.pdf'],
    ['Za\u0308une.txt', 'Z\u00e4une.txt'],
    ['👩‍🌾 garden.png', '👩‍🌾 garden.png'],
    ['invoice\u202efdp.exe', 'invoice_fdp.exe'],
    ['a\r\nBcc: evil@example.com', 'a__Bcc: evil@example.com'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['', 'file'],
    ['   ', 'file'],
    ['half \ud800 pair', 'half \ufffd pair'],
  ])('%j becomes %j', (name, expected) => {
    expect(attachedFileName(name)).toBe(expected);
  });

  it('keeps its extension when it is cut', () => {
    const cut = attachedFileName(`${'名'.repeat(400)}.docx`);
    expect(Array.from(cut)).toHaveLength(250);
    expect(cut.endsWith('名.docx')).toBe(true);
  });

  it('is never empty, never steers a header, and stays as it is the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (name) => {
        const clean = attachedFileName(name);
        expect(clean).not.toBe('');
        expect(hasControlCharacter(clean)).toBe(false);
        expect(attachedFileName(clean)).toBe(clean);
      }),
    );
  });
});

describe('the size of a file in a message', () => {
  it('is what the message bytes take, to a line', () => {
    fc.assert(
      fc.property(fc.nat({ max: 50_000_000 }), (sizeBytes) => {
        const inMessage = sizeInMessage(sizeBytes);
        expect(inMessage).toBeGreaterThanOrEqual(base64Length(sizeBytes));
        expect(inMessage - base64Length(sizeBytes)).toBeLessThanOrEqual(78);
        expect(fileBytesThatFit(inMessage)).toBeGreaterThanOrEqual(sizeBytes);
      }),
    );
  });
});
