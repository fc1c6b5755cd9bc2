/** How Google classes a scope (PROVIDERS.md A2). */
export type ScopeClass = 'sign-in' | 'non-sensitive' | 'sensitive' | 'restricted';

/** A scope that this Google knows. */
export interface Scope {
  readonly name: string;
  readonly class: ScopeClass;
  /** The sentence on the consent page. */
  readonly sentence: string;
}

const API = 'https://www.googleapis.com/auth/';

/** Sensitive and restricted classes after PROVIDERS.md A2 and developers.google.com/workspace/gmail/api/auth/scopes. */
const SCOPES: readonly Scope[] = [
  { name: 'openid', class: 'sign-in', sentence: 'Associate you with your personal info on Google' },
  { name: `${API}userinfo.email`, class: 'sign-in', sentence: 'See your primary email address' },
  { name: `${API}userinfo.profile`, class: 'sign-in', sentence: 'See your name and picture' },
  { name: `${API}gmail.send`, class: 'sensitive', sentence: 'Send email on your behalf' },
  {
    name: `${API}gmail.labels`,
    class: 'non-sensitive',
    sentence: 'See and edit your email labels',
  },
  {
    name: `${API}gmail.compose`,
    class: 'restricted',
    sentence: 'Manage drafts and send emails',
  },
  {
    name: `${API}gmail.readonly`,
    class: 'restricted',
    sentence: 'View your email messages and settings',
  },
  {
    name: `${API}gmail.metadata`,
    class: 'restricted',
    sentence: 'View your email message metadata, but not the email body',
  },
  {
    name: `${API}gmail.modify`,
    class: 'restricted',
    sentence: 'Read, compose and send emails from your Gmail account',
  },
  {
    name: `${API}gmail.settings.basic`,
    class: 'restricted',
    sentence: 'See, edit, create or change your email settings and filters in Gmail',
  },
  {
    name: 'https://mail.google.com/',
    class: 'restricted',
    sentence: 'Read, compose, send and permanently delete all your email from Gmail',
  },
  {
    name: `${API}drive.file`,
    class: 'non-sensitive',
    sentence:
      'See, edit, create and delete only the specific Google Drive files you use with this app',
  },
];

/** Short forms that a request may use; answers of the token endpoint carry the long ones. */
const LONG_FORMS: Readonly<Record<string, string>> = {
  email: `${API}userinfo.email`,
  profile: `${API}userinfo.profile`,
};

/** The one form in which a scope is kept. */
export function longForm(scope: string): string {
  return LONG_FORMS[scope] ?? scope;
}

/** Splits a `scope` parameter; long forms, without repeats, in the order given. */
export function splitScopes(parameter: string): readonly string[] {
  const names = parameter.split(' ').filter((name) => name !== '');
  return [...new Set(names.map(longForm))];
}

/** The scope of this (long) name; null when Google does not know it. */
export function scopeNamed(name: string): Scope | null {
  return SCOPES.find((scope) => scope.name === name) ?? null;
}

/** True for what only tells who the person is. */
export function isSignIn(name: string): boolean {
  return scopeNamed(name)?.class === 'sign-in';
}

/** True for scopes whose refresh tokens die with a password change (PROVIDERS.md A4). */
export function isGmail(name: string): boolean {
  return name === 'https://mail.google.com/' || name.startsWith(`${API}gmail.`);
}

/**
 * The `scope` of a redirect: there Google repeats the sign-in scopes in both forms, as in
 * `scope=email openid https://…/gmail.send https://…/userinfo.email`.
 */
export function scopeInRedirect(names: Iterable<string>): string {
  const list = [...names];
  const short = Object.keys(LONG_FORMS).filter((form) => list.includes(longForm(form)));
  return [...short, ...list].join(' ');
}

/** Which scopes a Gmail method accepts: the table of PROVIDERS.md A2 (gmail v1 discovery document). */
export type GmailAccess =
  | 'send'
  | 'write-drafts'
  | 'read-drafts'
  | 'read'
  | 'attachments'
  | 'profile'
  | 'settings'
  | 'labels';

const ACCESS: Readonly<Record<GmailAccess, readonly string[]>> = {
  send: ['gmail.compose', 'gmail.modify', 'gmail.send'],
  'write-drafts': ['gmail.compose', 'gmail.modify'],
  'read-drafts': ['gmail.compose', 'gmail.modify', 'gmail.readonly'],
  read: ['gmail.metadata', 'gmail.modify', 'gmail.readonly'],
  attachments: ['gmail.modify', 'gmail.readonly'],
  profile: ['gmail.compose', 'gmail.metadata', 'gmail.modify', 'gmail.readonly'],
  settings: ['gmail.modify', 'gmail.readonly', 'gmail.settings.basic'],
  labels: ['gmail.labels', 'gmail.metadata', 'gmail.modify', 'gmail.readonly'],
};

/** Full names of the scopes of which one is enough. */
export function scopesFor(access: GmailAccess): readonly string[] {
  return ['https://mail.google.com/', ...ACCESS[access].map((name) => API + name)];
}
