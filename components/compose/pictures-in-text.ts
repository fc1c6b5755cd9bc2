import { isPicture, pictureMark, type AttachmentReference } from '../../utils/mail/mail.ts';
import type { MailRoom } from '../texts/attach-texts.ts';
import type { Attacher } from './attacher.ts';

/** Files that were given to the text: pictures are shown where the caret is, what else there is, is attached. */
export function giveToText(
  { attacher, room }: { readonly attacher: Attacher; readonly room: MailRoom | null },
  field: HTMLTextAreaElement,
  files: readonly File[],
): void {
  attacher.attach(files, room, (attached) => {
    if (isPicture(attached.mediaType)) putIntoText(field, attached);
  });
}

/**
 * Writes the picture's mark behind the caret, on a line of its own. What is selected stays: a large
 * picture comes late, and by then it may be another text. A window that hides its text keeps it as a file.
 */
export function putIntoText(field: HTMLTextAreaElement, file: AttachmentReference): void {
  if (!field.isConnected) return;
  const { value, selectionEnd: at } = field;
  const before = at === 0 || value[at - 1] === '\n' ? '' : '\n';
  const after = value[at] === '\n' ? '' : '\n';
  const mark = `${before}${pictureMark(file)}${after}`;
  field.setSelectionRange(at, at);
  if (wasTyped(field, mark)) return;
  field.setRangeText(mark, at, at, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * Writes it as the keyboard would, so that Ctrl+Z takes it out again: with `setRangeText` the browser
 * forgets all that could be undone. False where the caret is elsewhere, or the browser does not do it.
 */
function wasTyped(field: HTMLTextAreaElement, words: string): boolean {
  if (document.activeElement !== field || !('execCommand' in document)) return false;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else writes what can be undone
  return document.execCommand('insertText', false, words);
}
