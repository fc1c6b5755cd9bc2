import type { PeerClock } from '../clock.ts';
import type { PeerAnswer } from '../peer.ts';
import { type Aadsts, tokenJson } from './aadsts.ts';
import { consentMissing, invalidScope, severalResources } from './aadsts-errors.ts';
import { personalGrantExpired } from './aadsts-token-errors.ts';
import type { Consents } from './consents.ts';
import type { IdTokens } from './id-token.ts';
import {
  type MicrosoftAccount,
  type MicrosoftClient,
  type MicrosoftSwitches,
  tenantOf,
} from './microsoft-options.ts';
import { longForm, readScopes, type Scope, scopeNamed } from './scopes.ts';
import { standingComplaint, type Standings } from './standings.ts';
import type { RefreshToken, Tokens } from './tokens.ts';

/** What an answer is made from. */
export interface TokenAnswerParts {
  readonly clock: PeerClock;
  readonly tokens: Tokens;
  readonly idTokens: IdTokens;
  readonly consents: Consents;
  readonly standings: Standings;
  readonly switches: MicrosoftSwitches;
}

/** A code or refresh token that was found good. */
export interface Grant {
  readonly account: MicrosoftAccount;
  readonly client: MicrosoftClient;
  /** What was asked for at the authorisation endpoint; short names. */
  readonly asked: ReadonlySet<string>;
  /** The `scope` of the token request, or null. */
  readonly wish: string | null;
  readonly isSpa: boolean;
  readonly nonce: string | null;
  /** The refresh token that is being used; null for a code. */
  readonly before: RefreshToken | null;
}

/** Turns a grant into tokens, or into the error that the account's or the consent's state calls for. */
export function answerGrant(
  parts: TokenAnswerParts,
  grant: Grant,
  refuse: (error: Aadsts) => PeerAnswer,
): PeerAnswer {
  const { account, client, asked, before } = grant;
  const complaint = standingComplaint(parts.standings.of(account.email), 'token');
  if (complaint) return refuse(complaint);
  const wanted = wantedScopes(grant);
  if ('code' in wanted) return refuse(wanted);
  const allowed = parts.consents.of({
    account: account.email,
    tenant: tenantOf(account),
    client: client.id,
  });
  if (!wanted.every(({ name }) => allowed.has(name) || comesWithSignIn(name, allowed))) {
    // A personal account's service has one answer for all of this (azure-docs#99814).
    const personal = account.tenant === undefined;
    return refuse(personal ? personalGrantExpired() : consentMissing(client, 'invalid_grant'));
  }
  const resource = wanted.find((scope) => scope.resource === 'outlook') ? 'outlook' : 'graph';
  const granted = grantedScopes(parts, { account, wanted, allowed, resource });
  const access = parts.tokens.issueAccess({ account, client, scopes: granted, resource });
  const { isSpa } = grant;
  const refresh = asked.has('offline_access')
    ? parts.tokens.issueRefresh({ account, client, isSpa, scopes: asked }, before ?? undefined)
    : null;
  const now = parts.clock.now();
  const signsIn = wanted.some(({ name }) => name === 'openid');
  return tokenJson({
    token_type: 'Bearer',
    scope: scopeText(granted, parts.switches),
    expires_in: access.lifeSeconds,
    ext_expires_in: access.lifeSeconds,
    access_token: access.value,
    ...(refresh && { refresh_token: refresh.value }),
    ...(refresh &&
      isSpa && { refresh_token_expires_in: Math.floor((refresh.expiresAt - now) / 1000) }),
    ...(signsIn && {
      id_token: parts.idTokens.sign({
        account,
        client,
        scopes: granted,
        nonce: grant.nonce,
        issuedAt: now,
      }),
    }),
  });
}

/** Libraries ask for `profile` each time; it comes with `openid` as `email` does. */
function comesWithSignIn(name: string, allowed: ReadonlySet<string>): boolean {
  return allowed.has('openid') && (name === 'profile' || name === 'email');
}

/** `scope` of a token request: one resource only, and absent it is what was asked at first. */
function wantedScopes({ wish, asked }: Grant): readonly Scope[] | Aadsts {
  if (wish === null || wish.trim() === '') return firstResource([...asked].map(scopeNamed));
  const { scopes, unknown } = readScopes(wish);
  if (unknown[0] !== undefined) return invalidScope(unknown[0]);
  const resources = new Set(
    scopes.map(({ resource }) => resource).filter((each) => each !== 'sign-in'),
  );
  return resources.size > 1 ? severalResources() : scopes;
}

/** "If the scopes … span multiple resource server, then … a token for the resource specified in the first scope." */
function firstResource(scopes: readonly Scope[]): readonly Scope[] {
  const first = scopes.find(({ resource }) => resource !== 'sign-in')?.resource ?? 'graph';
  return scopes.filter(({ resource }) => resource === 'sign-in' || resource === first);
}

/**
 * What the access token may do. `profile` and `email` come with `openid`, offline_access is never named
 * (microsoft-graph-docs#5722, ploomber/msal_streamlit_authentication#9 show whole answers).
 */
function grantedScopes(
  { switches }: TokenAnswerParts,
  grant: {
    readonly account: MicrosoftAccount;
    readonly wanted: readonly Scope[];
    readonly allowed: ReadonlySet<string>;
    readonly resource: 'graph' | 'outlook';
  },
): ReadonlySet<string> {
  const { account, wanted, allowed, resource } = grant;
  const everything = account.tenant !== undefined && switches.tokenScopes === 'as-real';
  const names = everything ? [...allowed] : wanted.map(({ name }) => name);
  const forResource = names.filter((name) => scopeNamed(name).resource === resource).toSorted();
  const signIn =
    allowed.has('openid') && names.includes('openid') ? ['openid', 'profile', 'email'] : [];
  return new Set([...signIn, ...forResource]);
}

function scopeText(granted: ReadonlySet<string>, { scopeForm }: MicrosoftSwitches): string {
  return [...granted].map(scopeForm === 'long' ? longForm : (name) => name).join(' ');
}
