import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from '../../../utils/mail/mail.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const bytes = (hex: string): Uint8Array =>
  new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const type = (head: Uint8Array, fileName: string, declared = ''): string =>
  mediaTypeOf({ head, fileName, declared });

describe('the type of a file', () => {
  it.each([
    [
      'a picture under a false name',
      bytes('89504e470d0a1a0a'),
      'notes.txt',
      'text/plain',
      'image/png',
    ],
    ['a JPEG', bytes('ffd8ffe000104a464946'), 'IMG_1.JPG', '', 'image/jpeg'],
    ['a WebP', ascii('RIFF1234WEBPVP8 '), 'a', '', 'image/webp'],
    ['a PDF', ascii('%PDF-1.7\n'), 'offer', '', 'application/pdf'],
    ['a Word file, which is a ZIP', bytes('504b0304'), 'Angebot.DOCX', '', DOCX],
    ['a ZIP', bytes('504b0304'), 'all.zip', 'application/x-zip-compressed', 'application/zip'],
    ['an old Excel file', bytes('d0cf11e0a1b11ae1'), 'a.xls', '', 'application/vnd.ms-excel'],
    ['a film', ascii('\0\0\0\x20ftypisom'), 'film.mp4', 'video/mp4', 'video/mp4'],
    ['a sound in the same container', ascii('\0\0\0\x20ftypM4A '), 'a.m4a', '', 'audio/mp4'],
    ['a table by its name', ascii('a,b\n'), 'list.csv', 'application/vnd.ms-excel', 'text/csv'],
    ['a text', ascii('hello'), 'read.me', 'text/plain;charset=utf-8', 'text/plain'],
    ['an empty file', new Uint8Array(), 'nothing.pdf', 'application/pdf', 'application/pdf'],
    ['what nobody knows', ascii('xyz'), 'data.blorb', '', 'application/octet-stream'],
    ['a hostile type', ascii('xyz'), 'data', 'text/plain\r\nX: y', 'application/octet-stream'],
    [
      'a name that is a word of the language',
      ascii('x'),
      'a.constructor',
      '',
      'application/octet-stream',
    ],
  ])('is right for %s', (_what, head, fileName, declared, expected) => {
    expect(type(head, fileName, declared)).toBe(expected);
  });

  it('is a media type without parameters, whatever it is asked about', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.string(),
        fc.string(),
        (head, name, said) => {
          expect(type(head, name, said)).toMatch(/^[a-z\d][\w!#$&^.+-]*\/[a-z\d][\w!#$&^.+-]*$/);
        },
      ),
    );
  });
});
