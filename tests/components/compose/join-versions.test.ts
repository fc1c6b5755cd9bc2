import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinVersions } from '../../../components/compose/join-versions.ts';
import { NOTHING_PENDING, takePending, type Version } from '../../../components/compose/version.ts';
import { EMPTY_CONTENT, withPictures } from '../../../utils/mail/mail.ts';
import { draft } from '../../harness/gallery/sample-records.ts';

const ANN = { name: 'Ann', address: 'ann@example.org' };
const RUTH = { name: 'Ruth', address: 'ruth@example.org' };

function version(more: Partial<Version['content']>): Version {
  return {
    accountId: null,
    content: { ...draft().content, to: [], subject: '', text: '', ...more },
    pending: NOTHING_PENDING,
  };
}

describe('joining two versions', () => {
  it('loses no word of either text', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string(),
        fc.string(),
        (a, b, subjectA, subjectB) => {
          const joined = joinVersions(
            version({ text: a, subject: subjectA }),
            version({ text: b, subject: subjectB }),
          ).content;
          const all = `${joined.subject}\n${joined.text}`;
          expect(all).toContain(a);
          expect(all).toContain(b.trim() === '' ? '' : b);
          expect(all).toContain(subjectA);
        },
      ),
    );
  });
  it('keeps everybody who is in either, once', () => {
    const joined = joinVersions(
      version({ to: [ANN] }),
      version({ to: [RUTH, { ...ANN, name: '' }] }),
    );
    expect(joined.content.to).toEqual([ANN, RUTH]);
  });
  it('does not double what both have', () => {
    const same = version({ text: 'Dear Ann,', subject: 'Quote' });
    expect(joinVersions(same, same).content.text).toBe('Dear Ann,');
  });
  it('shows of two pictures with one name each where it stood', () => {
    const image = (id: string) =>
      ({ id, fileName: 'a.png', mediaType: 'image/png', sizeBytes: 3, contentId: null }) as const;
    const [mine, theirs] = ['mine', 'theirs'].map((id) =>
      version({
        ...withPictures({
          ...EMPTY_CONTENT,
          text: `${id}\n[image: a.png]`,
          attachments: [image(id)],
        }),
      }),
    );
    const { content } = joinVersions(mine!, theirs!);
    expect(content.attachments.map(({ fileName }) => fileName)).toEqual(['a.png', 'a-2.png']);
    expect(content.text).toMatch(/^mine\n\[image: a\.png\]\n[^]*theirs\n\[image: a-2\.png\]$/);
    expect(content.html?.match(/cid:\w+/g)).toEqual(['cid:mine', 'cid:theirs']);
    expect(joinVersions(mine!, mine!).content).toEqual(mine!.content);
  });
  it('keeps the subject of the other window in the text when both have one', () => {
    const joined = joinVersions(
      version({ subject: 'Quote', text: 'mine' }),
      version({ subject: 'Offer', text: 'theirs' }),
    );
    expect(joined.content.subject).toBe('Quote');
    expect(joined.content.text).toContain('Offer\n\ntheirs');
  });
});

describe('taking what was typed', () => {
  it('adds the half-typed of every field, and leaves the others alone', () => {
    const typed = {
      ...version({ to: [ANN] }),
      pending: { to: 'ruth@example.org', cc: 'x y', bcc: '' },
    };
    const taken = takePending(typed);
    expect(taken.content.to).toEqual([ANN, { name: '', address: 'ruth@example.org' }]);
    expect(taken.content.cc).toEqual([{ name: '', address: 'x y' }]);
    expect(taken.pending).toEqual(NOTHING_PENDING);
  });
  it('answers the very same version when nothing was typed', () => {
    const still = version({ to: [ANN] });
    expect(takePending(still)).toBe(still);
  });
});
