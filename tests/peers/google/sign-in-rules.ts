import type { SignInResult } from './authorize-answer.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import type { BrowserSession } from './browser-sessions.ts';
import type { Consents } from './consents.ts';
import type { GoogleAccount, GoogleSwitches } from './google-options.ts';
import { isSignIn, scopeNamed } from './scopes.ts';
import type { ConsentLine } from './sign-in-pages.ts';
import { projectOf } from './tokens.ts';

/** What the decisions of a sign-in are made from. */
export interface SignInFacts {
  readonly accounts: readonly GoogleAccount[];
  readonly consents: Consents;
  readonly switches: GoogleSwitches;
}

/** The account that needs no choosing: the hinted one, or the only one. */
export function accountWithoutAsking(
  { accounts }: Pick<SignInFacts, 'accounts'>,
  { prompts, loginHint }: AuthorizeRequest,
  session: BrowserSession,
): GoogleAccount | null {
  if (prompts.has('select_account')) return null;
  const here = accounts.filter(({ email }) => session.emails.includes(email));
  // login_hint is an address or the `sub` (developers.google.com/identity/openid-connect/openid-connect).
  if (loginHint !== null) return here.find((account) => isHinted(account, loginHint)) ?? null;
  // Several signed in and none hinted: the person has to choose (IdentityModel/oidc-client-js#366).
  return here.length === 1 ? (here[0] ?? null) : null;
}

function isHinted({ email, subject }: GoogleAccount, hint: string): boolean {
  return email.toLowerCase() === hint.toLowerCase() || subject === hint;
}

/** The result when no page has to be shown, or null. */
export function silentResult(
  facts: SignInFacts,
  request: AuthorizeRequest,
  account: GoogleAccount,
): SignInResult | null {
  if (needsConsent(facts, request, account) || isBlocked(request, account)) return null;
  return { request, account, allowed: new Set(request.scopes), consented: false };
}

function needsConsent(
  { consents }: SignInFacts,
  { client, prompts, scopes, offline }: AuthorizeRequest,
  { email }: GoogleAccount,
): boolean {
  const before = consents.of(email, projectOf(client));
  const all = scopes.every((scope) => before.scopes.has(scope));
  return prompts.has('consent') || !all || (offline && !before.offline);
}

/** A client in testing admits its test users only (PROVIDERS.md A2). */
export function isBlocked({ client }: AuthorizeRequest, { email }: GoogleAccount): boolean {
  return client.status === 'testing' && !(client.testUsers ?? []).includes(email);
}

/** The warning comes once per sign-in, for grave scopes of an unverified client (PROVIDERS.md A2). */
export function wantsWarning({
  request,
  warned,
}: {
  readonly request: AuthorizeRequest;
  readonly warned: boolean;
}): boolean {
  const grave = request.scopes.some((name) => {
    const kind = scopeNamed(name)?.class;
    return kind === 'sensitive' || kind === 'restricted';
  });
  return request.client.status === 'unverified' && grave && !warned;
}

/**
 * Sign-in scopes come without a box. So does a single other scope that is asked for alone, which is why
 * mailvelope asks for openid and email first ("to prevent checkboxes", src/modules/gmail.js).
 */
export function consentLines(
  { consents, switches }: SignInFacts,
  { scopes, client }: AuthorizeRequest,
  { email }: GoogleAccount,
): readonly ConsentLine[] {
  const before = consents.of(email, projectOf(client)).scopes;
  const alone = scopes.length === 1;
  return scopes.map((scope) => {
    if (isSignIn(scope) || alone) return { scope, ticked: null };
    return { scope, ticked: before.has(scope) || switches.consentBoxes === 'ticked' };
  });
}
