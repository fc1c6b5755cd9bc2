/** What is said of addresses that a person sends from. */
import type { AccountView, AliasesOutcome } from '../../utils/messaging/messaging.ts';

type AliasProblem = Extract<AliasesOutcome, { kind: 'problems' }>['problems'][number]['what'];

const PROBLEMS: Readonly<Record<AliasProblem, string>> = {
  name: 'The name can’t be right: it is too long, or has a line break in it.',
  address: 'This is not an address that mail can be sent from.',
};

/** What is wrong with one line of the aliases. */
export function aliasProblemText(what: AliasProblem): string {
  return PROBLEMS[what];
}

const HINTS: Readonly<Partial<Record<AccountView['providerId'], string>>> = {
  gmail:
    'Gmail sends as an alias only when it stands under “Send mail as” in Gmail’s own settings; otherwise it puts your address there instead.',
  outlook:
    'Outlook sends as an alias only when it belongs to this mailbox, and refuses others. Answers in a thread, and files that are large, may need your own address.',
};

/** What the provider makes of aliases. */
export function aliasHint(providerId: AccountView['providerId']): string {
  return HINTS[providerId] ?? 'Whether the provider lets you send as them shows when it is tried.';
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
