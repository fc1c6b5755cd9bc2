import type { UserConsent } from './microsoft-options.ts';

/** What a permission belongs to: sign-in itself, Graph, or Outlook's own resource (SMTP). */
export type Resource = 'sign-in' | 'graph' | 'outlook';

/** A delegated permission that this Microsoft knows. */
export interface Scope {
  /** The short name in Microsoft's spelling; unique here. */
  readonly name: string;
  readonly resource: Resource;
  /** The sentence on the consent page (concepts/permissions-reference.md, "DisplayText"). */
  readonly sentence: string;
  /** Who may allow it in a work tenant under Microsoft's default policy (PROVIDERS.md B1). */
  readonly allowedBy: 'people' | 'administrators' | 'administrators-always';
}

const GRAPH = 'https://graph.microsoft.com/';
const OUTLOOK = 'https://outlook.office.com/';

const SCOPES: readonly Scope[] = [
  signIn('openid', 'Sign you in'),
  signIn('profile', 'View your basic profile'),
  signIn('email', 'View your email address'),
  signIn('offline_access', 'Maintain access to data you have given it access to'),
  graph('User.Read', 'people', 'Sign you in and read your profile'),
  graph('Mail.Send', 'people', 'Send mail as you'),
  graph('Mail.Send.Shared', 'people', 'Send mail on behalf of others or yourself'),
  graph('Mail.ReadBasic', 'administrators', 'Read your basic mail'),
  graph('Mail.Read', 'administrators', 'Read your mail'),
  graph('Mail.ReadWrite', 'administrators', 'Read and write access to your mail'),
  graph('Files.Read', 'people', 'Read your files'),
  graph('Files.ReadWrite', 'people', 'Have full access to your files'),
  graph('Calendars.Read', 'administrators', 'Read your calendars'),
  graph('People.Read', 'administrators', 'Read your relevant people list'),
  graph('User.Read.All', 'administrators-always', 'Read all users’ full profiles'),
  {
    name: 'SMTP.Send',
    resource: 'outlook',
    allowedBy: 'people',
    sentence: 'Send emails from your mailbox using SMTP AUTH',
  },
];

function signIn(name: string, sentence: string): Scope {
  return { name, resource: 'sign-in', sentence, allowedBy: 'people' };
}

function graph(name: string, allowedBy: Scope['allowedBy'], sentence: string): Scope {
  return { name, resource: 'graph', sentence, allowedBy };
}

/** The permissions that a `scope` parameter names, and the words in it that are none. */
export interface ReadScopes {
  readonly scopes: readonly Scope[];
  readonly unknown: readonly string[];
}

/** Reads a `scope` parameter: short or long form, case ignored, repeats dropped, in the order given. */
export function readScopes(parameter: string): ReadScopes {
  const words = [...new Set(parameter.split(/\s+/).filter((word) => word !== ''))];
  const found = words.map((word) => ({ word, scope: scopeOf(word) }));
  return {
    scopes: [...new Set(found.flatMap(({ scope }) => scope ?? []))],
    unknown: found.flatMap(({ word, scope }) => (scope ? [] : [word])),
  };
}

function scopeOf(word: string): Scope | null {
  const lower = word.toLowerCase();
  return (
    SCOPES.find((scope) => {
      if (lower === longForm(scope.name).toLowerCase()) return true;
      // A short name is Graph's (entra-docs scopes-oidc.md: "If you omit the resource identifier … Microsoft Graph").
      return scope.resource !== 'outlook' && lower === scope.name.toLowerCase();
    }) ?? null
  );
}

/** The permission of this short name. @throws Error when there is none. */
export function scopeNamed(name: string): Scope {
  const scope = SCOPES.find((each) => each.name === name);
  if (!scope) throw new Error(`no scope ${name}`);
  return scope;
}

/** The name with its resource; sign-in permissions have none. */
export function longForm(name: string): string {
  const { resource } = scopeNamed(name);
  if (resource === 'sign-in') return name;
  return (resource === 'graph' ? GRAPH : OUTLOOK) + name;
}

/** Whether a person without any office may allow this in a tenant with this policy. */
export function personMayAllow({ allowedBy }: Scope, policy: UserConsent): boolean {
  if (policy === 'nobody' || allowedBy === 'administrators-always') return false;
  return policy === 'everybody' || allowedBy === 'people';
}

/** What a registration without `.default` list is asked for at the old admin consent address. */
export function allGraphScopes(): readonly Scope[] {
  return SCOPES.filter(
    (scope) => scope.resource === 'graph' && scope.allowedBy !== 'administrators-always',
  );
}
