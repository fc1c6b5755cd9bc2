/** What a person is told of files that they attach, as `what happened | what was kept | what to do`. */
import { fileBytesThatFit } from '../../utils/mail/mail.ts';
import type { AccountView, MessageError } from '../../utils/messaging/messaging.ts';
import { say, tell, type ByKind, type OutcomeText } from './outcome-text.ts';
import { rightText } from './right-texts.ts';
import { sizeText } from './times-and-sizes.ts';

/** What an account takes in one mail, and the right that would let more go. */
export interface MailRoom {
  readonly messageBytes: number;
  readonly larger: AccountView['larger'];
}

/** Why a file was not attached. Nothing of it is kept then. */
export type AttachTrouble =
  /** It can't be read, or not any more: it was moved, deleted, or the browser may not read it. */
  | { readonly kind: 'unreadable' }
  /** It changed while it was read: what was stored would be neither the old file nor the new one. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'not-a-draft' }
  /** It would not fit a mail of this account even alone. */
  | { readonly kind: 'too-large'; readonly sizeBytes: number; readonly room: MailRoom }
  | { readonly kind: 'not-stored'; readonly error: MessageError }
  | { readonly kind: 'cancelled' };

const TROUBLES: ByKind<AttachTrouble, OutcomeText> = {
  unreadable: () =>
    say`Not attached: it can’t be read. | Your mail is as it was. | It may have been moved or deleted, or it is a folder. Choose it again, or pack the folder into one file.`,
  changed: () =>
    say`Not attached: it changed while it was read. | Your mail is as it was. | Save it where it is open, then attach it again.`,
  'not-a-draft': () =>
    say`Not attached: this mail is no draft any more. | It was sent or discarded in another window. | Attach it to a new mail.`,
  'too-large': ({ sizeBytes, room }) =>
    say`Not attached: it is larger than this account can send. | Your mail is as it was. | Files of up to ${sizeText(fileBytesThatFit(room.messageBytes))} fit into one mail. ${helpText(room, sizeBytes)}Send a link to it instead, or write from another account.`,
  'not-stored': ({ error }) =>
    say`Not attached. ${error.userText} | Your mail is as it was. | Then attach it again.`,
  cancelled: () => say`Not attached: you stopped it. | Nothing of it is kept.`,
};

/** Why a file was not attached. */
export const attachText = (trouble: AttachTrouble): OutcomeText => tell(TROUBLES, trouble);

/** How much of what fits is used: `12.3 MB of 25.6 MB`. */
export function roomText(sizeBytes: number, messageBytes: number): string {
  return `${sizeText(sizeBytes)} of ${sizeText(fileBytesThatFit(messageBytes))}`;
}

/** The files together are more than the account can send. `sizeBytes` is what they take in a mail. */
export const tooMuchText = (sizeBytes: number, room: MailRoom): string =>
  `That is ${sizeText(sizeBytes - room.messageBytes)} more than this account can send in one mail. ${helpText(room, sizeBytes)}Remove a file, make it smaller, or send a link to it.`;

/** The right that would help, where one would; '' elsewhere. */
function helpText({ larger }: MailRoom, sizeBytes: number): string {
  return larger !== null && sizeBytes <= larger.messageBytes
    ? `With the right “${rightText(larger.rung)}” it could go: you can give it under Accounts. `
    : '';
}

/** Said when Send is pressed while a file in the list is not attached. */
export const NOT_ALL_ATTACHED =
  'Not sent: a file in the list is not attached. Take it off the list, or attach it again.';
