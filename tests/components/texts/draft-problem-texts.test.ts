import { describe, expect, it } from 'vitest';
import {
  addressProblemText,
  draftProblemText,
  queueProblemText,
} from '../../../components/texts/draft-problem-texts.ts';
import { parseAddressList, type DraftProblem } from '../../../utils/mail/mail.ts';
import type { MimeErrorCode } from '../../../utils/mime/mime-error.ts';

const DRAFT_CODES = {
  'no-recipient': true,
  'bad-address': true,
  'control-character': true,
  'bad-message-id': true,
  'bad-content-id': true,
  'repeated-content-id': true,
  'bad-size': true,
} satisfies Record<DraftProblem['code'], true>;

/** What mime can refuse of a draft that the person could change. The others are faults of ours. */
const MIME_CODES = [
  'address',
  'control-character',
  'message-id',
  'content-id',
  'repeated-content-id',
  'header-too-long',
  'attachment-size',
  'attachment-bytes',
] as const satisfies readonly MimeErrorCode[];

describe('what is wrong with what was typed', () => {
  it('is said of every code of a draft', () => {
    for (const code of Object.keys(DRAFT_CODES)) {
      expect(draftProblemText(code as DraftProblem['code'])).toMatch(/^[A-Z].*\.$/);
    }
  });
  it('is said of what the queue finds, with its field', () => {
    expect(queueProblemText('cc: bad-address')).toBe('Cc: An address can’t be right.');
    for (const code of MIME_CODES) {
      expect(queueProblemText(`subject: ${code}`)).toMatch(/^Subject: .*\.$/);
      expect(queueProblemText(`subject: ${code}`)).not.toContain('Something in it');
    }
  });
  it('is said with its code where there is no text', () => {
    expect(queueProblemText('date: boundary-seed')).toContain('date: boundary-seed');
  });
  it('reads as a sentence behind the piece that it is about', () => {
    const [problem] = parseAddressList('milan horak').problems;
    expect(`“${problem!.text}” ${addressProblemText(problem!.reason)}`).toBe(
      '“milan horak” is not an address: there is no @ with something on both sides.',
    );
  });
});
