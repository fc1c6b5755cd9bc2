/** What an account may do, in words. */
import type { AccountView } from '../../utils/messaging/messaging.ts';

type Rung = AccountView['grantedRungs'][number];

const RIGHTS: Readonly<Record<Rung, string>> = {
  send: 'Send mail as you',
  drafts: 'Write drafts into your mailbox',
  read: 'Read your mail',
  files: 'Use the files that you pick',
  'shared-mailbox': 'Send from shared mailboxes',
};

/** A right by its name. */
export function rightText(rung: Rung): string {
  return RIGHTS[rung];
}

type Rights = Pick<AccountView, 'grantedRungs' | 'providerId'>;

/** One line for each right that was given, and what the account can or can't do by them. */
export function rightTexts({ grantedRungs, providerId }: Rights): readonly string[] {
  if (grantedRungs.length === 0) return ['Nothing: no right was given'];
  return [...grantedRungs.map(rightText), ...readingText({ grantedRungs, providerId })];
}

/** Whether mail could be read: not every provider has a right for drafts alone. */
function readingText({ grantedRungs, providerId }: Rights): readonly string[] {
  if (grantedRungs.includes('read')) return [];
  if (!grantedRungs.includes('drafts')) return ['It can’t read, list or delete any mail'];
  return providerId === 'gmail'
    ? ['It can’t read, list or delete any mail but drafts']
    : ['That right includes reading; Postern reads nothing but its own drafts'];
}

/** Rights within a sentence. */
export function rightList(rungs: readonly Rung[]): string {
  return rungs.map((rung) => `“${rightText(rung)}”`).join(' and ');
}

const GRANTS: Readonly<Record<AccountView['grant'], string>> = {
  lasting: 'Until you revoke it. A sealed refresh token is kept on this device.',
  'per-session':
    'About an hour at a time, renewed when you send while you are signed in at the provider. Nothing long-lived is kept.',
  none: 'Not signed in.',
};

const LIMITED =
  'For a day at a time: that long the provider lets a sealed refresh token live on this device. Then it is renewed when you send, while you are signed in at the provider.';

/** How long the sign-in lasts, and what is kept for it. */
export function grantText({ grant, grants }: Pick<AccountView, 'grant' | 'grants'>): string {
  const ends = grants.some(({ endsAt }) => endsAt !== null);
  return grant === 'lasting' && ends ? LIMITED : GRANTS[grant];
}

type Protection = 'sealed' | 'key' | 'plain';

const PROTECTIONS: Readonly<Record<Protection, string>> = {
  sealed: 'Sealed',
  key: 'Key, never in clear',
  plain: 'Plain: no content in it',
};

/** How a stored thing is protected. */
export function protectionText(protection: Protection): string {
  return PROTECTIONS[protection];
}
