/** What is said of addresses that a person sends from. */
import type {
  AccountView,
  OtherSendersOutcome,
  QueueOutcome,
} from '../../utils/messaging/messaging.ts';
import { rightText } from './right-texts.ts';

type SenderProblem = Extract<OtherSendersOutcome, { kind: 'problems' }>['problems'][number]['what'];

const PROBLEMS: Readonly<Record<SenderProblem, string>> = {
  name: 'The name can’t be right: it is too long, or has a line break in it.',
  address: 'This is not an address that mail can be sent from.',
  kind: 'This account has no shared mailboxes: only accounts of work or school have.',
};

/** What is wrong with one further address. */
export function senderProblemText(what: SenderProblem): string {
  return PROBLEMS[what];
}

type SenderKind = AccountView['otherSenders'][number]['kind'];

const KINDS: Readonly<Record<SenderKind, string>> = {
  alias: 'My own, an alias',
  'shared-mailbox': 'A shared mailbox',
};

/** What a further address is, where a person chooses between them. */
export function senderKindText(kind: SenderKind): string {
  return KINDS[kind];
}

/** Said of a shared mailbox before it is used: what it takes beside the right. */
export const SHARED_MAILBOX_HINT =
  'A shared mailbox is one with an address of its own that you may send from, such as office@ or a colleague’s. In Exchange that permission is called “Send as” or “Send on behalf”; an administrator, or the colleague, gives it. Copies of what you send lie in your own Sent folder.';

const HINTS: Readonly<Partial<Record<AccountView['providerId'], string>>> = {
  gmail:
    'Gmail sends as an alias only when it stands under “Send mail as” in Gmail’s own settings; otherwise it puts your address there instead.',
  outlook:
    'Outlook sends from another address only when it belongs to this mailbox, or when you may send for the mailbox that has it; it refuses others. Answers in a thread, and mails with an unsubscribe button, also need the right to write drafts then.',
};

/** What the provider makes of further addresses. */
export function otherSendersHint(providerId: AccountView['providerId']): string {
  return HINTS[providerId] ?? 'Whether the provider lets you send as them shows when it is tried.';
}

type Lack = Extract<QueueOutcome, { kind: 'sender-needs-right' }>;

/** Why a mail can't go from the address that was chosen, and which right would let it go. */
export function senderLackText({ rung, why }: Omit<Lack, 'kind'>): string {
  const right = `the right “${rightText(rung)}”, which this account doesn’t have`;
  const reasons: Readonly<Record<Lack['why'], string>> = {
    'shared-mailbox': `To send from a shared mailbox takes ${right}.`,
    answer: `From another address than the account’s own, an answer takes ${right}.`,
    unsubscribe: `From another address than the account’s own, an unsubscribe button takes ${right}.`,
  };
  return reasons[why];
}

const TYPES: Readonly<Record<NonNullable<AccountView['accountType']>, string>> = {
  work: 'work or school account',
  personal: 'personal account',
};

/** What kind of account it is; '' where the provider does not tell them apart. */
export function accountTypeText(type: AccountView['accountType']): string {
  return type === null ? '' : TYPES[type];
}

const COLOURS: Readonly<Record<NonNullable<AccountView['colour']>, string>> = {
  slate: 'Slate',
  moss: 'Moss',
  sea: 'Sea',
  plum: 'Plum',
  clay: 'Clay',
  straw: 'Straw',
};

/** A colour by its name. */
export function colourText(colour: NonNullable<AccountView['colour']>): string {
  return COLOURS[colour];
}
