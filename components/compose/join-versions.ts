import {
  addressKey,
  freeFileName,
  isPicture,
  pictureMark,
  withPictures,
  type AttachmentReference,
  type DraftContent,
  type Mailbox,
} from '../../utils/mail/mail.ts';
import type { Version } from './version.ts';

const BETWEEN = '\n\n— From the other window: —\n\n';

/** Both versions of a mail in one: everybody and every file that is in either, and both texts, mine first. */
export function joinVersions(mine: Version, theirs: Version): Version {
  const a = mine.content;
  const b = withOtherNames(theirs.content, a);
  return {
    accountId: mine.accountId ?? theirs.accountId,
    pending: mine.pending,
    content: withPictures({
      ...b,
      ...a,
      to: joinLists(a.to, b.to),
      cc: joinLists(a.cc, b.cc),
      bcc: joinLists(a.bcc, b.bcc),
      replyTo: joinLists(a.replyTo, b.replyTo),
      subject: a.subject === '' ? b.subject : a.subject,
      text: joinTexts(a, b),
      attachments: [
        ...a.attachments,
        ...b.attachments.filter(({ id }) => !a.attachments.some((other) => other.id === id)),
      ],
    }),
  };
}

/** Two windows each call their first pasted picture image.png: joined, one text has to tell them apart. */
function withOtherNames(content: DraftContent, other: DraftContent): DraftContent {
  let { text } = content;
  const taken = [...other.attachments, ...content.attachments];
  const attachments = content.attachments.map((file) => {
    const { id, fileName } = file;
    const isOther = (one: AttachmentReference): boolean =>
      one.fileName === fileName && one.id !== id;
    const isInBoth = other.attachments.some((one) => one.id === id);
    if (!isPicture(file.mediaType) || isInBoth || !other.attachments.some(isOther)) return file;
    const renamed = { ...file, fileName: freeFileName(fileName, taken) };
    taken.push(renamed);
    if (file.contentId !== null)
      text = text.replaceAll(pictureMark(file), () => pictureMark(renamed));
    return renamed;
  });
  return { ...content, text, attachments };
}

function joinLists(a: readonly Mailbox[], b: readonly Mailbox[]): readonly Mailbox[] {
  const known = new Set(a.map(({ address }) => addressKey(address)));
  return [...a, ...b.filter(({ address }) => !known.has(addressKey(address)))];
}

function joinTexts(a: DraftContent, b: DraftContent): string {
  const rest = a.subject === '' || a.subject === b.subject ? b.text : `${b.subject}\n\n${b.text}`;
  if (a.text === '' || b.text.includes(a.text)) return rest;
  if (rest.trim() === '' || a.text.includes(rest)) return a.text;
  return a.text + BETWEEN + rest;
}
