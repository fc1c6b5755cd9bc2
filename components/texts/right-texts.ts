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

/** One line for each right that was given, and what the account can't do. */
export function rightTexts(rungs: readonly Rung[]): readonly string[] {
  const given = rungs.map((rung) => RIGHTS[rung]);
  return [
    ...(given.length === 0 ? ['Nothing: no right was given'] : given),
    ...(rungs.includes('read') || rungs.includes('drafts')
      ? []
      : ['It can’t read, list or delete any mail']),
  ];
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

/** How long the sign-in lasts, and what is kept for it. */
export function grantText(grant: AccountView['grant']): string {
  return GRANTS[grant];
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
