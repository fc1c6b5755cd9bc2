import type { DraftContent } from '../mail/mail.ts';

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
