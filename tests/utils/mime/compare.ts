import { expect } from 'vitest';
import { wireAddress, type Mailbox } from '../../../utils/mail/mail.ts';
import { expectedOf } from './expected.ts';
import type { Spec } from './message-fixture.ts';
import type { PythonReading, ReadFile, Reading } from './readers.ts';

/**
 * Each reader has faults of its own, which no message can avoid. They are taken out of both sides,
 * one by one and by name; what one reader blurs, another one still sees exactly.
 */
const FAULTS = {
  'postal-mime': (reading: Reading, truth: Reading): Reading => ({
    ...reading,
    // Ends every text with a line break, makes CRLF a LF.
    text: unified(reading.text),
    html: reading.html === null ? null : unified(reading.html),
    files: reading.files.map((file, index) => blurLookalike(file, truth.files[index])),
  }),
  mailparser: (reading: Reading, truth: Reading): Reading => ({
    ...reading,
    // Shows A-labels as Unicode.
    ...eachList(reading, ({ name, address }) => ({
      name,
      address: wireAddress(address) ?? address,
    })),
    text: unified(reading.text),
    // Gives no HTML at all for an empty one.
    html: reading.html === null || unified(reading.html) === '' ? null : unified(reading.html),
    files: reading.files
      .map((file, index) => blurLookalike(file, truth.files[index]))
      // Guesses another type from the file's name when it is application/octet-stream.
      .map((file, index) =>
        truth.files[index]?.mediaType === 'application/octet-stream'
          ? { ...file, mediaType: 'guessed' }
          : file,
      ),
  }),
  python: (reading: Reading, truth: Reading): Reading => ({
    ...reading,
    // Puts spaces between adjacent encoded words of a name, makes several spaces inside one a
    // single one, and drops quotes around a local part that it thinks needs none.
    ...eachList(reading, ({ name, address }) => ({
      name: name.replace(/\s+/g, ''),
      address: address.replace(/^"([^"]*)"@/, '$1@'),
    })),
    // Takes white space off both ends of a file's name, and what looks like its quotes or brackets.
    files: reading.files.map((file, index) => {
      const wrapped = /^(?:".*"|<.*>)$/s.test(truth.files[index]?.fileName ?? '');
      return { ...file, fileName: wrapped ? 'unwrapped' : file.fileName.trim() };
    }),
  }),
} as const;

/** The readers in this process and the one beside it. */
export type Reader = keyof typeof FAULTS;

/** Checks what a reader made of a message against what was put in. */
export function expectReading(reader: Reader, reading: Reading, spec: Spec): void {
  const truth = expectedOf(spec);
  const [seen, wanted] = [FAULTS[reader](reading, truth), FAULTS[reader](truth, truth)];
  // Decoders of JavaScript drop a byte order mark at the beginning of whatever they decode.
  if (reader === 'python') expect(seen).toEqual(wanted);
  else expect(withoutMarks(seen)).toEqual(withoutMarks(wanted));
}

function withoutMarks(reading: Reading): unknown {
  return JSON.parse(JSON.stringify(reading).replaceAll('\ufeff', ''));
}

/** Checks what Python made of a message, and that its parser found nothing to complain about. */
export function expectPython(reading: PythonReading | undefined, spec: Spec): void {
  if (!reading) throw new Error('Python gave fewer answers than it was asked for');
  const { defects, error, ...rest } = reading;
  expect(error).toBeUndefined();
  // The old form of a file's name in Content-Type is what it is: an encoded word inside quotes.
  expect(defects.filter((name) => name !== 'Content-Type InvalidHeaderDefect')).toEqual([]);
  expectReading('python', rest, spec);
}

function eachList(
  { from, to, cc, bcc, replyTo }: Reading,
  change: (mailbox: Mailbox) => Mailbox,
): Pick<Reading, 'from' | 'to' | 'cc' | 'bcc' | 'replyTo'> {
  return {
    from: from.map(change),
    to: to.map(change),
    cc: cc.map(change),
    bcc: bcc.map(change),
    replyTo: replyTo.map(change),
  };
}

function unified(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(/\n+$/, '');
}

/** Decodes what looks like an encoded word in a file's name although RFC 2231 has been decoded there. */
function blurLookalike(file: ReadFile, truth: ReadFile | undefined): ReadFile {
  const lookalike = /=\?[^?\s]+\?[bq]\?[^?]*\?=/i.test(truth?.fileName ?? '');
  return lookalike ? { ...file, fileName: 'decoded twice' } : file;
}
