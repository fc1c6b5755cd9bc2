import {
  addressKey,
  formatMailbox,
  isAddress,
  onOneLine,
  parseAddressList,
  type AddressProblemReason,
  type Mailbox,
} from '../../utils/mail/mail.ts';
import { addressProblemText } from '../texts/draft-problem-texts.ts';

/** A draft takes no more than this; the rest stays in the field, where it can be seen. */
const MOST_RECIPIENTS = 2000;
const LONGEST_PIECE_CHARS = 900;

/** What a typed or pasted text gives. */
export interface ReadRecipients {
  /** Those that are right first, then the pieces that are not, as they were written. */
  readonly mailboxes: readonly Mailbox[];
  /** What can't be kept as a recipient and stays in the field. */
  readonly rest: string;
  /** What the person should know about how it was read. */
  readonly notes: readonly string[];
}

/** Reads a text into recipients. No piece of it is lost: a wrong one becomes a recipient that is marked. */
export function readRecipients(text: string, already: readonly Mailbox[]): ReadRecipients {
  const { mailboxes, problems } = parseAddressList(text);
  const notes: string[] = [];
  const rest: string[] = [];
  const known = new Set(already.map(({ address }) => addressKey(address)));
  const read: Mailbox[] = mailboxes.flatMap(({ name, address }) => {
    const key = addressKey(address);
    if (known.has(key)) return [];
    known.add(key);
    return [{ name: onOneLine(name), address }];
  });
  for (const problem of problems) {
    if (problem.reason === 'mailto-headers') notes.push(noteOn(problem.text, problem.reason));
    else if (problem.text.length > LONGEST_PIECE_CHARS || problem.reason === 'too-many') {
      rest.push(problem.text);
      notes.push(noteOn(problem.text, problem.reason));
    } else read.push({ name: '', address: problem.text });
  }
  const room = Math.max(0, MOST_RECIPIENTS - already.length);
  const over = read.slice(room).map((one) => formatMailbox(one));
  if (over.length > 0) notes.push(noteOn(over[0] ?? '', 'too-many'));
  return { mailboxes: read.slice(0, room), rest: [...rest, ...over].join(', '), notes };
}

/** Why a recipient can't be written to; null when it can. */
export function faultOf({ address }: Mailbox): AddressProblemReason | null {
  if (isAddress(address)) return null;
  return parseAddressList(address).problems[0]?.reason ?? 'no-address';
}

/** One sentence on a piece, quoted as it was written. */
export function noteOn(piece: string, reason: AddressProblemReason): string {
  const short = piece.length > 60 ? `${piece.slice(0, 60)}…` : piece;
  return `“${short}” ${addressProblemText(reason)}`;
}
