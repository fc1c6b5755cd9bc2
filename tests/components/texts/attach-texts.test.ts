import { describe, expect, it } from 'vitest';
import { attachText, tooMuchText, type MailRoom } from '../../../components/texts/attach-texts.ts';
import { wholeText } from '../../../components/texts/outcome-text.ts';

const SEND_ONLY: MailRoom = {
  messageBytes: 3_000_000,
  larger: { rung: 'drafts', messageBytes: 35_000_000 },
};
const tooLarge = (sizeBytes: number, room: MailRoom): string =>
  wholeText(attachText({ kind: 'too-large', sizeBytes, room }));

describe('a file that is too large for a mail of this account', () => {
  it('names the further right that would let it go', () => {
    expect(tooLarge(5_000_000, SEND_ONLY)).toContain('With the right “');
    expect(tooMuchText(5_000_000, SEND_ONLY)).toContain('With the right “');
  });
  it('names none where it would not fit even then, or where there is none', () => {
    const room = { messageBytes: 36_700_160, larger: null };
    expect(tooLarge(40_000_000, SEND_ONLY)).not.toContain('With the right');
    expect(tooLarge(40_000_000, room)).not.toContain('With the right');
    expect(tooMuchText(40_000_000, room)).not.toContain('With the right');
  });
});
