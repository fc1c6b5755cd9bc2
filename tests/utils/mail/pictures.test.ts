import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_CONTENT,
  isContentId,
  isPicture,
  pictureMark,
  withoutPicture,
  withPictures,
  type AttachmentReference,
  type DraftContent,
} from '../../../utils/mail/mail.ts';

function file(fileName: string, more: Partial<AttachmentReference> = {}): AttachmentReference {
  const id = `id-${Buffer.from(fileName).toString('hex')}`;
  return { id, fileName, mediaType: 'image/png', sizeBytes: 3, contentId: null, ...more };
}
const contentOf = (text: string, ...attachments: AttachmentReference[]): DraftContent => ({
  ...EMPTY_CONTENT,
  text,
  attachments,
});

/** What a mail program shows: texts as they read, and pictures by what they point at. */
function shown(content: DraftContent): string {
  // A line break of the source is no more than a space, and none at all at the beginning of a line.
  const { document } = new JSDOM((content.html ?? '').replaceAll('<br>\n', '<br>')).window;
  for (const one of document.querySelectorAll('br')) one.replaceWith('\n');
  for (const one of document.querySelectorAll('img')) {
    one.replaceWith(`(${one.getAttribute('src') ?? ''} ${one.getAttribute('alt') ?? ''})`);
  }
  return (document.querySelector('div')?.textContent ?? '').replaceAll('\u00A0', ' ');
}

describe('a picture', () => {
  it('is shown where its mark stands in the text, and is a part with a Content-ID', () => {
    const fence = file('fence.png');
    const content = withPictures(contentOf('Look:\n[image: fence.png]\nNice?', fence));
    const [contentId = ''] = content.attachments.map((one) => one.contentId);
    expect(isContentId(contentId ?? '')).toBe(true);
    expect(shown(content)).toBe(`Look:\n(cid:${contentId} fence.png)\nNice?`);
    expect(content.text).toBe('Look:\n[image: fence.png]\nNice?');
  });

  it('is a file where the text does not name it, and then there is no HTML', () => {
    const attached = contentOf('Look at the file.', file('fence.png'));
    expect(withPictures(attached)).toBe(attached);
    const taken = withPictures({
      ...withPictures(contentOf('[image: fence.png]', file('fence.png'))),
      text: 'Nothing',
    });
    expect(taken).toEqual(contentOf('Nothing', file('fence.png')));
  });

  it('is what mail programs draw: of any other file the mark is a text', () => {
    for (const mediaType of ['image/svg+xml', 'application/pdf', 'image/tiff']) {
      const content = contentOf('[image: a.svg]', file('a.svg', { mediaType }));
      expect(isPicture(mediaType)).toBe(false);
      expect(withPictures(content)).toBe(content);
    }
  });

  it('stands as often as it is named; of two with one name the first is shown', () => {
    const [first, second] = [file('a.png'), file('a.png', { id: 'another' })];
    const content = withPictures(contentOf('[image: a.png][image: a.png]', first, second));
    const [one, other] = content.attachments;
    expect(other?.contentId).toBeNull();
    const there = `(cid:${one?.contentId ?? ''} a.png)`;
    expect(shown(content)).toBe(there + there);
  });

  it('changes nothing when everything is as it is', () => {
    const content = withPictures(contentOf('a [image: b.png]', file('b.png')));
    expect(withPictures(content)).toBe(content);
  });

  it('has any name, also one that looks like HTML or like another’s mark, and any text around it', () => {
    const names = fc.oneof(
      fc.constantFrom('"><script>', "a'b&amp;.png", 'x [image: b.png]', 'b.png', '$& $1', ']'),
      fc.string({ minLength: 1, maxLength: 8 }).filter((name) => !/\p{Cc}/u.test(name)),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(names, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', ' <b>&lt;</b>', '  two  spaces ', '\n\n', '"quoted"'),
        (fileNames, between) => {
          const files = fileNames.map((name) => file(name));
          const text = files.map((one) => pictureMark(one) + between).join('');
          const content = withPictures(contentOf(text, ...files));
          const { document } = new JSDOM(content.html ?? '').window;
          const sources = [...document.querySelectorAll('img')].map((img) => img.src);
          const known = content.attachments.map(({ contentId }) => `cid:${contentId ?? ''}`);
          expect(sources.length).toBeGreaterThan(0);
          for (const source of sources) expect(known).toContain(source);
          expect(document.querySelectorAll('script, b')).toHaveLength(0);
        },
      ),
    );
  });

  it('leaves each space of the text beside it', () => {
    const text = ' one\n two  three\n   four [image: a.png] five';
    const { html } = withPictures(contentOf(text, file('a.png')));
    expect(html).toContain('&nbsp;one<br>\n&nbsp;two&nbsp; three<br>\n&nbsp;&nbsp; four <img');
  });

  it('that is taken out leaves no empty line of its own', () => {
    const one = file('a.png');
    expect(withoutPicture('Look:\n[image: a.png]\nNice?', one)).toBe('Look:\nNice?');
    expect(withoutPicture('[image: a.png]', one)).toBe('');
    expect(withoutPicture('\n[image: a.png]\n\n', one)).toBe('\n\n');
    expect(withoutPicture('here [image: a.png] there', one)).toBe('here  there');
    expect(withoutPicture('nothing of it', one)).toBe('nothing of it');
  });
});
