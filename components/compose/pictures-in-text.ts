import { isPicture, pictureMark, type AttachmentReference } from '../../utils/mail/mail.ts';
import type { MailRoom } from '../texts/attach-texts.ts';
import type { Attacher } from './attacher.ts';
import type { DraftKeeper } from './draft-keeper.ts';

/** Files that were given to the text: pictures are shown where the caret is, what else there is, is attached. */
export function giveToText(
  parts: {
    readonly keeper: DraftKeeper;
    readonly attacher: Attacher;
    readonly room: MailRoom | null;
  },
  field: HTMLTextAreaElement,
  files: readonly File[],
): void {
  const { keeper, attacher, room } = parts;
  const taken = new Set(
    [...keeper.version.value.content.attachments, ...attacher.pending.value].map(
      ({ fileName }) => fileName,
    ),
  );
  for (const file of files) {
    const given = isPicture(file.type) ? named(file, freeName(file.name, taken)) : file;
    taken.add(given.name);
    attacher.attach([given], room, (attached) => {
      if (isPicture(attached.mediaType)) putIntoText(field, attached);
    });
  }
}

/** Writes the picture's mark where the caret is, on a line of its own. A window that hides its text keeps it as a file. */
export function putIntoText(field: HTMLTextAreaElement, file: AttachmentReference): void {
  if (!field.isConnected) return;
  const { value, selectionStart: from, selectionEnd: to } = field;
  const before = from === 0 || value[from - 1] === '\n' ? '' : '\n';
  const after = value[to] === '\n' ? '' : '\n';
  field.setRangeText(`${before}${pictureMark(file)}${after}`, from, to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Browsers call every pasted picture image.png: each needs a name that the text can tell it by. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.\w+)?$/.exec(name) ?? [];
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${stem}-${count}${ending}`;
  return free;
}

function named(file: File, name: string): File {
  return file.name === name ? file : new File([file], name, { type: file.type });
}
