/** A draft in which nothing has been written, and whether one holds anything that somebody would miss. */
import type { DraftContent } from './mail.ts';

/** A draft in which nothing has been written yet. */
export const EMPTY_CONTENT: DraftContent = {
  fromAlias: null,
  to: [],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: '',
  text: '',
  html: null,
  attachments: [],
  threading: null,
};

/** Elements that show something although they hold no text. */
const SHOWS = /^<(?:img|hr|video|audio|table|svg|object|embed|iframe|input)\b/i;

/**
 * True when nothing was written: no recipient, no subject, no text, no file. White space and empty
 * markup count as nothing; so does threading, which the person did not write.
 */
export function isEmptyDraft(content: DraftContent): boolean {
  const { to, cc, bcc, replyTo, subject, text, html, attachments } = content;
  return (
    [to, cc, bcc, replyTo, attachments].every((list) => list.length === 0) &&
    isBlank(subject) &&
    isBlank(text) &&
    (html === null || showsNothing(html))
  );
}

function isBlank(text: string): boolean {
  return text.replace(/\p{Default_Ignorable_Code_Point}/gu, '').trim() === '';
}

/** Walks from tag to tag; linear, also when a tag never ends. */
function showsNothing(html: string): boolean {
  let at = 0;
  for (;;) {
    const open = html.indexOf('<', at);
    const text = html.slice(at, open < 0 ? html.length : open);
    if (!isBlank(text.replace(/&nbsp;|&#160;|&#xa0;/gi, ''))) return false;
    if (open < 0) return true;
    const close = html.indexOf('>', open);
    if (close < 0) return false;
    if (SHOWS.test(html.slice(open, open + 10))) return false;
    at = close + 1;
  }
}
