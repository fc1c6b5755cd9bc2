import { asHtml } from './html-text.ts';
import type { AttachmentReference, DraftContent } from './mail.ts';

/** What mail programs draw in a text. SVG they don't. */
const DRAWN: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Whether a file of this type can be shown in the text. */
export function isPicture(mediaType: string): boolean {
  return DRAWN.includes(mediaType);
}

/** What stands in the text where a picture is shown, and in the plain alternative for good. */
export function pictureMark({ fileName }: Pick<AttachmentReference, 'fileName'>): string {
  return `[image: ${fileName}]`;
}

/**
 * The content with what its text says of pictures: an attached one whose mark stands in the text is
 * shown there, as a part of the HTML with a Content-ID (RFC 2392); every other is a file. The very
 * same content when that is how it is. Without such a picture there is no HTML.
 */
export function withPictures(content: DraftContent): DraftContent {
  const shown = shownPictures(content);
  const html = shown.size === 0 ? null : htmlOf(content.text, shown);
  const attachments = content.attachments.map((file) => {
    const contentId = shown.get(pictureMark(file)) === file ? contentIdOf(file) : null;
    return file.contentId === contentId ? file : { ...file, contentId };
  });
  const same = attachments.every((file, at) => file === content.attachments[at]);
  return same && html === content.html ? content : { ...content, html, attachments };
}

/**
 * The name when no file has it yet, and otherwise one with a number. Browsers call every pasted
 * picture image.png: each needs a name that the text can tell it by.
 */
export function freeFileName(fileName: string, taken: readonly { fileName: string }[]): string {
  const names = new Set(taken.map((one) => one.fileName));
  const [, stem = fileName, ending = ''] = /^(.+?)(\.\w+)?$/.exec(fileName) ?? [];
  let free = fileName;
  for (let count = 2; names.has(free); count += 1) free = `${stem}-${count}${ending}`;
  return free;
}

/** The text without the picture, and without the line that it had to itself. */
export function withoutPicture(text: string, file: Pick<AttachmentReference, 'fileName'>): string {
  const mark = pictureMark(file);
  return `\n${text}\n`
    .replaceAll(`\n${mark}\n`, '\n')
    .replaceAll(mark, '')
    .replace(/^\n|\n$/g, '');
}

type Shown = ReadonlyMap<string, AttachmentReference>;

/** By their marks; of several with one name the first. */
function shownPictures({ text, attachments }: DraftContent): Shown {
  const shown = new Map<string, AttachmentReference>();
  for (const file of attachments) {
    const mark = pictureMark(file);
    if (isPicture(file.mediaType) && !shown.has(mark) && text.includes(mark)) shown.set(mark, file);
  }
  return shown;
}

/** Ours are random ids: unlike any other in the message. */
function contentIdOf({ id }: AttachmentReference): string {
  return `${id}@postern`;
}

function htmlOf(text: string, shown: Shown): string {
  let html = '';
  let from = 0;
  for (let next = nextMark(text, from, shown); next; next = nextMark(text, from, shown)) {
    html += lines(text.slice(from, next.at)) + image(next.file);
    from = next.at + next.mark.length;
  }
  return `<div dir="auto">${html}${lines(text.slice(from))}</div>\n`;
}

function nextMark(
  text: string,
  from: number,
  shown: Shown,
): { readonly at: number; readonly mark: string; readonly file: AttachmentReference } | null {
  const found = [...shown]
    .map(([mark, file]) => ({ at: text.indexOf(mark, from), mark, file }))
    .filter(({ at }) => at >= 0);
  return found.sort((a, b) => a.at - b.at)[0] ?? null;
}

/**
 * HTML would make one space of several, and none of one that a line begins with. Lines stay lines in
 * the source, too: what spans two of them is no field of a merge, here as in the text.
 */
function lines(text: string): string {
  return asHtml(text)
    .replaceAll('<br>', '<br>\n')
    .replace(/^ | (?= )/gm, '&nbsp;');
}

function image(file: AttachmentReference): string {
  const { fileName } = file;
  return `<img src="cid:${contentIdOf(file)}" alt="${asHtml(fileName)}" style="max-width:100%">`;
}
