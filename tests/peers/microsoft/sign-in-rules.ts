import type { Aadsts } from './aadsts.ts';
import {
  accountDisabled,
  blockedByPolicy,
  consentMissing,
  notAnAdmin,
  notSignedIn,
  severalSignedIn,
} from './aadsts-errors.ts';
import { accountComplaint, type Authority } from './authority.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import type { BrowserSession } from './browser-sessions.ts';
import type { Consents } from './consents.ts';
import type {
  MicrosoftAccount,
  MicrosoftClient,
  MicrosoftSwitches,
  MicrosoftTenant,
} from './microsoft-options.ts';
import { tenantOf } from './microsoft-options.ts';
import { personMayAllow, type Scope } from './scopes.ts';
import { standingComplaint, type Standings } from './standings.ts';

/** What the decisions of a sign-in are made from. */
export interface SignInFacts {
  readonly tenants: readonly MicrosoftTenant[];
  readonly accounts: readonly MicrosoftAccount[];
  readonly consents: Consents;
  readonly standings: Standings;
  readonly switches: MicrosoftSwitches;
}

/** A sign-in that waits for the person. */
export interface Pending {
  readonly request: AuthorizeRequest;
  /** `approve`: the admin consent address, where an administrator allows an app for everybody. */
  readonly purpose: 'sign-in' | 'approve';
  account: MicrosoftAccount | null;
  /** The person asked for the sign-in page although others are signed in. */
  another: boolean;
  wrong: boolean;
  /** Signed in a moment ago, and "Stay signed in?" has not been answered. */
  askStay: boolean;
  /** The consent page has been passed. */
  allowed: boolean;
}

/** The page that comes next, or that all is done. */
export type Step =
  | { readonly kind: 'sign-in' | 'choose' | 'stay' | 'second-factor' | 'done' }
  | { readonly kind: 'error'; readonly error: Aadsts }
  | { readonly kind: 'consent' | 'approval'; readonly scopes: readonly Scope[] };

/** The accounts of this browser that may be used at this authority. */
export function candidates(
  { accounts }: Pick<SignInFacts, 'accounts'>,
  { client, authority }: Pick<AuthorizeRequest, 'client' | 'authority'>,
  session: BrowserSession,
): readonly MicrosoftAccount[] {
  return accounts.filter(
    (account) =>
      session.emails.includes(account.email) &&
      belongsHere(account, authority) &&
      accountComplaint(account, client, authority) === null,
  );
}

/** The pages for personal accounts do not know work accounts. */
export function belongsHere(account: MicrosoftAccount, { accepts }: Authority): boolean {
  return accepts !== 'personal' || account.tenant === undefined;
}

/** The account that needs no choosing: the hinted one, or the only one. */
export function accountWithoutAsking(
  facts: SignInFacts,
  request: AuthorizeRequest,
  session: BrowserSession,
): MicrosoftAccount | null {
  if (request.prompt === 'select_account' || request.prompt === 'login') return null;
  const here = candidates(facts, request, session);
  if (request.loginHint !== null) return hinted(here, request.loginHint);
  return here.length === 1 ? (here[0] ?? null) : null;
}

function hinted(here: readonly MicrosoftAccount[], hint: string): MicrosoftAccount | null {
  const wanted = hint.toLowerCase();
  return here.find(({ email }) => email.toLowerCase() === wanted) ?? null;
}

/** prompt=none: the account, or the error that the client is sent (v2-oauth2-auth-code-flow.md, error table). */
export function silently(
  facts: SignInFacts,
  request: AuthorizeRequest,
  session: BrowserSession,
): { readonly account: MicrosoftAccount } | { readonly refused: Aadsts } {
  const account = accountWithoutAsking(facts, request, session);
  if (!account) {
    const several = request.loginHint === null && candidates(facts, request, session).length > 1;
    return { refused: several ? severalSignedIn() : notSignedIn() };
  }
  const complaint = standingComplaint(facts.standings.of(account.email), 'silent');
  if (complaint) return { refused: complaint };
  if (missingScopes(facts, request, account).length > 0) {
    return { refused: consentMissing(request.client, facts.switches.silentConsent) };
  }
  return { account };
}

/** What the app asks for and may not do yet. */
export function missingScopes(
  { consents }: Pick<SignInFacts, 'consents'>,
  { client, scopes }: { readonly client: MicrosoftClient; readonly scopes: readonly Scope[] },
  account: MicrosoftAccount,
): readonly Scope[] {
  const who = { account: account.email, tenant: tenantOf(account), client: client.id };
  const allowed = consents.of(who);
  return scopes.filter(({ name }) => !allowed.has(name));
}

/** Where a sign-in stands: asked after every act of the person. */
export function nextStep(facts: SignInFacts, pending: Pending, session: BrowserSession): Step {
  const { request, account } = pending;
  if (!account) {
    const nobody = candidates(facts, request, session).length === 0;
    const hint = request.prompt === 'select_account' ? null : request.loginHint;
    const asked = pending.another || request.prompt === 'login' || hint !== null;
    return { kind: nobody || asked ? 'sign-in' : 'choose' };
  }
  if (pending.askStay) return { kind: 'stay' };
  const complaint = accountComplaint(account, request.client, request.authority);
  if (complaint) return { kind: 'error', error: complaint };
  switch (facts.standings.of(account.email)) {
    case 'blocked':
      return { kind: 'error', error: blockedByPolicy('access_denied') };
    case 'disabled':
      return { kind: 'error', error: accountDisabled('access_denied') };
    case 'second-factor-needed':
      return { kind: 'second-factor' };
    case 'fine':
      return consentStep(facts, pending, account);
  }
}

function consentStep(facts: SignInFacts, pending: Pending, account: MicrosoftAccount): Step {
  const { request } = pending;
  if (pending.allowed) return { kind: 'done' };
  if (pending.purpose === 'approve') {
    if (account.isAdmin !== true) return { kind: 'error', error: notAnAdmin(request.client) };
    return { kind: 'consent', scopes: request.scopes };
  }
  const missing = missingScopes(facts, request, account);
  if (missing.length === 0 && request.prompt !== 'consent') return { kind: 'done' };
  if (needsAdministrator(facts, account, missing)) return { kind: 'approval', scopes: missing };
  return { kind: 'consent', scopes: request.scopes };
}

/** Personal accounts decide for themselves (PROVIDERS.md B1: "Personal accounts unaffected"). */
function needsAdministrator(
  { tenants }: SignInFacts,
  account: MicrosoftAccount,
  missing: readonly Scope[],
): boolean {
  const tenant = tenants.find(({ id }) => id === account.tenant);
  if (!tenant || account.isAdmin === true) return false;
  return !missing.every((scope) => personMayAllow(scope, tenant.userConsent ?? 'microsoft'));
}
