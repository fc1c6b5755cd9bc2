/** What a person is told of merges: rows of a table, the start, each recipient, the do-not-mail list. */
import type { LeftOut, MergeTable, TableTrouble } from '../../utils/merge/merge.ts';
import type {
  MergeStart,
  MergeView,
  RowOutcome,
  SuppressionOutcome,
} from '../../utils/messaging/messaging.ts';
import type { ReadTable } from '../merge/read-table.ts';
import { queueProblemText } from './draft-problem-texts.ts';
import { say, tell, type ByKind, type OutcomeText, type StateText } from './outcome-text.ts';
import { codeText } from './provider-words.ts';
import { rightText } from './right-texts.ts';
import { senderLackText } from './sender-texts.ts';
import { countText, momentText, sizeText } from './times-and-sizes.ts';

/** Said before every merge. */
export const CONSENT_RULES =
  'In many countries advertising by mail needs the recipient’s consent first, a name and address of the sender, and a way to say no. Postern can’t know whether you have that: write only to people who expect it.';

/** Said before every merge. */
export const NO_PIXEL =
  'Postern puts no tracking pixel and no tracked link into any mail, and never will: nobody learns who opened it.';

/** Beside the choice that a merge was taken back with: to go out over days. */
export const SPREAD_AS_CHOSEN =
  'Spread it over days where the account’s daily limit asks for it, as you chose before. Without this you are asked again.';

/** Said where a draft has Cc or Bcc. */
export const COPIES_LEFT_OUT =
  'Cc and Bcc of this draft are left out: they would get a copy of every single mail.';

/** More rows than one merge takes. */
export const tooManyText = (count: number, limit: number): string =>
  `These are ${count.toLocaleString('en')} mails; one merge takes ${limit.toLocaleString('en')}. Nothing was sent. Split the table, and send one part after the other.`;

const TABLES: ByKind<TableTrouble, string> = {
  empty: () => 'There is no table in it: it needs a line of column names and one for each person.',
  'no-text': () =>
    'This is no text file. Of a workbook, save the sheet as CSV, or copy its cells and paste them below.',
  'too-many-rows': ({ count, limit }) =>
    `It has at least ${countText(count, 'row')}; ${limit.toLocaleString('en')} can be read. Split it.`,
  'too-many-columns': ({ limit }) =>
    `It has more than ${countText(limit, 'column')}. Is it a table with one person in a row?`,
  'too-long': ({ limit }) =>
    `It holds more than ${limit.toLocaleString('en')} characters. Leave out the columns that you don’t need.`,
  'cell-too-long': ({ row, limit }) =>
    `A cell in row ${row} holds more than ${limit.toLocaleString('en')} characters. Perhaps a quote is not closed there.`,
};

/** Where a table comes from that nobody has just chosen. */
export const keptTableText = ({ rows, columns }: MergeTable): string =>
  `The table of the merge that you took back stands here again: ${countText(rows.length, 'row')} with ${countText(columns.length, 'column')}. Choose or paste another to correct it.`;

/** What was read, or why it was not. */
export function readTableText(read: ReadTable): string {
  switch (read.kind) {
    case 'too-large':
      return `The file is larger than ${sizeText(read.limitBytes)}. Nothing was read.`;
    case 'trouble':
      return tell(TABLES, read.trouble);
    case 'read': {
      const { columns, rows } = read.table;
      const size = `${countText(rows.length, 'row')} with ${countText(columns.length, 'column')}`;
      const how = read.encoding === null ? '' : `, read as ${read.encoding}`;
      const doubt = read.doubtful
        ? ' Something in it could not be read as it should: look at the preview before you send.'
        : '';
      return `${size}${how}.${doubt}`;
    }
  }
}

const quoted = (fields: readonly string[]): string =>
  fields.map((field) => `“${field}”`).join(', ');

const LEFT_OUT: ByKind<LeftOut, string> = {
  'no-address': () => 'There is no address in this row.',
  'invalid-address': () => 'This can’t be an address. Put it right in your table.',
  'several-addresses': () => 'There is more than one address in this cell. Give each a row.',
  duplicate: ({ firstRow }) => `The same address stands in row ${firstRow}, which gets the mail.`,
  'do-not-mail': () => 'This address is on your do-not-mail list.',
  'missing-fields': ({ fields }) =>
    `${quoted(fields)} ${fields.length === 1 ? 'is' : 'are'} empty here. Write {{${fields[0] ?? ''}|something}} to say what stands in for it.`,
  'control-character': ({ field }) =>
    `There is a line break or a control character in “${field}”, which can’t stand in a header.`,
};

/** Why a row gets no mail. */
export const leftOutText = (why: LeftOut): string => tell(LEFT_OUT, why);

/** Fields of a row that are empty and have something to stand in. */
export const fallbackText = (fields: readonly string[]): string =>
  `${quoted(fields)} is empty: what stands in for it is written.`;

const STARTS: ByKind<MergeStart, OutcomeText> = {
  started: ({ count }) => say`${countText(count, 'mail')} are stored and go out by themselves.`,
  'already-started': () => say`This was started already. | Each gets one mail.`,
  changed: () =>
    say`Another window changed the text. | Nothing was sent. | Open this page again to see it.`,
  gone: () =>
    say`This draft is not here any more: it was sent or discarded in another window. | Nothing was sent from this one. | Write a new mail, and choose the table again.`,
  'no-account': () =>
    say`No account is linked yet. | Nothing was sent, and your text is saved. | Link an account, then send.`,
  'sender-needs-right': (lack) =>
    say`${senderLackText(lack)} | Nothing was sent. | ${lack.why === 'unsubscribe' ? 'Give the account that right, choose another sender, or leave out the unsubscribe button.' : 'Give the account that right, or choose another sender.'}`,
  'no-such-sender': () =>
    say`The account no longer has the address that this is from. | Nothing was sent. | Choose another sender.`,
  nobody: () => say`There is nobody to write to. | Nothing was sent. | Choose a table first.`,
  problems: ({ rows }) =>
    say`${countText(rows.length, 'mail')} can’t be made. The first is number ${String((rows[0]?.row ?? 0) + 1)}: ${queueProblemText(rows[0]?.problem ?? '')} | Nothing was sent. | Put it right in the table or the text.`,
  'do-not-mail': ({ addresses }) =>
    say`${addresses.slice(0, 3).join(', ')} came onto your do-not-mail list meanwhile. | Nothing was sent. | Look at the list again, then send.`,
  'too-large': ({ sizeBytes, limitBytes, helpfulRung }) =>
    say`A mail would be ${sizeText(sizeBytes)}; this account sends up to ${sizeText(limitBytes)}. | Nothing was sent. | ${helpfulRung === null ? 'Take files out, or send a link to them.' : `Take files out, or give the account the right “${rightText(helpfulRung)}”.`}`,
  'too-much': ({ limitChars }) =>
    say`All mails together hold more than ${limitChars.toLocaleString('en')} characters. | Nothing was sent. | Split the table.`,
  'no-bytes': () =>
    say`A file of this draft is not here as a whole. | Nothing was sent. | Attach it again.`,
  'over-daily-limit': ({ count, leftToday, perDay, days }) =>
    say`This account may send ${perDay.toLocaleString('en')} mails a day, of which ${leftToday.toLocaleString('en')} are left today; these are ${count.toLocaleString('en')}. | Nothing was sent. | They can be spread over ${String(days)} days: this device has to be on at some time each day.`,
};

/** How the start of a merge ended. */
export const mergeStartText = (outcome: MergeStart): OutcomeText => tell(STARTS, outcome);

const NEEDS = {
  'sign-in': say`The account wants you to sign in. | The mail is kept. | Reconnect it in the settings, and it goes out.`,
  right: say`The account lacks a right. | The mail is kept. | Give it in the settings, and it goes out.`,
  refused: say`The provider refuses this account. | The mail is kept. | Look at the account in the settings.`,
  unreadable: say`It can’t be opened on this device. | It was left as it is. | Postern’s button in the toolbar shows it with the reason.`,
} as const;

const rowOutcomes = (now: number): ByKind<RowOutcome, StateText> => ({
  waiting: ({ dueAt }) => ({
    word: 'Waiting',
    tone: 'moving',
    ...say`${dueAt > now ? `It goes out ${momentText(dueAt, now)}.` : 'It goes out by itself.'}`,
  }),
  sending: () => ({ word: 'Sending', tone: 'moving', ...say`It is under way.` }),
  paused: () => ({ word: 'Paused', tone: 'quiet', ...say`It waits until you let it go on.` }),
  sent: ({ sentAt }) => ({
    word: 'Sent',
    tone: 'good',
    ...say`It was sent ${momentText(sentAt, now)}.`,
  }),
  unconfirmed: ({ attemptedAt }) => ({
    word: 'Unconfirmed',
    tone: 'heed',
    ...say`It left ${momentText(attemptedAt, now)}, but the answer was lost: it may have arrived. | It is never sent again by itself. | Look into the Sent folder of the account, then say here what became of it.`,
  }),
  rejected: ({ code, detail }) => ({
    word: 'Refused',
    tone: 'heed',
    ...say`${codeText({ code, detail })} | It was not sent. | Open it to put it right, or send the refused again.`,
  }),
  'needs-you': ({ why }) => ({ word: 'Needs you', tone: 'heed', ...NEEDS[why] }),
  'needs-host': ({ host }) => ({
    word: 'Needs you',
    tone: 'heed',
    ...say`The browser hides the answers of ${host}. | The mail is kept. | Allow the host under Privacy in the settings.`,
  }),
  'taken-out': () => ({
    word: 'Taken out',
    tone: 'quiet',
    ...say`You took it out: it is a draft.`,
  }),
  'not-sent': () => ({ word: 'Not sent', tone: 'quiet', ...say`It was cancelled or discarded.` }),
});

/** What became of one recipient’s mail. */
export const rowOutcomeText = (outcome: RowOutcome, now: number): StateText =>
  tell(rowOutcomes(now), outcome);

const SUPPRESSIONS: ByKind<SuppressionOutcome, OutcomeText> = {
  added: ({ added, known }) =>
    say`${added === 1 ? 'One address' : `${added.toLocaleString('en')} addresses`} added${known > 0 ? `; ${known} stood there already` : ''}.`,
  'not-addresses': ({ count }) =>
    say`${count === 1 ? 'One of these is' : `${count.toLocaleString('en')} of these are`} no address. | Nothing was added. | Put them right, then add all of them again.`,
  'list-full': ({ limit }) =>
    say`The list holds ${limit.toLocaleString('en')} addresses at most. | Nothing was added. | Remove some that you don’t need any more, then add these again.`,
};

/** How putting addresses onto the do-not-mail list ended. */
export const suppressionText = (outcome: SuppressionOutcome): OutcomeText =>
  tell(SUPPRESSIONS, outcome);

/** Pieces of a typed list that are no address. */
export const unreadAddressesText = (pieces: readonly string[]): string =>
  `Nothing was added. This is no address: ${pieces.slice(0, 3).join(', ')}`;

/** Recipients of a single mail that are on the do-not-mail list. */
export const onDoNotMailListText = (addresses: readonly string[]): string => {
  const [first = '', ...more] = addresses;
  const who = more.length === 0 ? first : `${first} and ${more.length} more`;
  return `${who} ${more.length === 0 ? 'is' : 'are'} on your do-not-mail list. Merges leave them out; this mail goes to them if you send it.`;
};

/** How many mails go when the rest of a merge is cancelled: all that are not sent, but those under way. */
export function cancelledText({ counts, rows }: Pick<MergeView, 'counts' | 'rows'>): string {
  const underWay = rows.filter(({ outcome }) => outcome.kind === 'sending').length;
  const count = counts.waiting + counts.needsYou - underWay;
  return count === 1
    ? 'The one mail that has not gone out is wiped.'
    : `${countText(count, 'mail')} that have not gone out are wiped.`;
}
