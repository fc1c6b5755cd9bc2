import type { PeerClock } from '../clock.ts';
import type { PeerAnswer } from '../peer.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import type { GoogleIds } from './google-ids.ts';
import type { GoogleAccount, GoogleSwitches } from './google-options.ts';
import { scopeInRedirect } from './scopes.ts';
import { projectOf, type Tokens } from './tokens.ts';
import type { Consents } from './consents.ts';

/** The issuer of Google (its discovery document, PROVIDERS.md A1). */
export const ISSUER = 'https://accounts.google.com';

/** An authorisation code that waits to be redeemed, once. */
export interface IssuedCode {
  readonly request: AuthorizeRequest;
  readonly account: GoogleAccount;
  readonly scopes: ReadonlySet<string>;
  /** A refresh token comes with the first consent only, or after prompt=consent (PROVIDERS.md A1). */
  readonly withRefreshToken: boolean;
  readonly expiresAt: number;
}

/** How a sign-in ended. */
export interface SignInResult {
  readonly request: AuthorizeRequest;
  readonly account: GoogleAccount;
  /** What the person ticked, or had allowed before. */
  readonly allowed: ReadonlySet<string>;
  /** True when the consent page was shown and agreed to. */
  readonly consented: boolean;
}

/** Sends the browser back to the client. */
export interface AuthorizeAnswers {
  success(result: SignInResult): PeerAnswer;
  /** `access_denied` after a refusal, `interaction_required` when prompt=none cannot pass. */
  failure(request: AuthorizeRequest, error: 'access_denied' | 'interaction_required'): PeerAnswer;
}

/** Google's codes live for some minutes; the number is not published. */
const CODE_LIFE_MS = 10 * 60_000;

/** Makes answers; codes go into `codes`. */
export function createAuthorizeAnswers(parts: {
  readonly clock: PeerClock;
  readonly ids: GoogleIds;
  readonly tokens: Tokens;
  readonly consents: Consents;
  readonly codes: Map<string, IssuedCode>;
  readonly switches: GoogleSwitches;
  readonly lifeSeconds: number;
}): AuthorizeAnswers {
  const { clock, ids, tokens, consents, codes, switches } = parts;

  const grantedBy = (result: SignInResult): ReadonlySet<string> => {
    const { request, account, allowed } = result;
    if (!request.includeGranted) return allowed;
    return new Set([...allowed, ...consents.of(account.email, projectOf(request.client)).scopes]);
  };

  const code = (result: SignInResult, scopes: ReadonlySet<string>): [string, string][] => {
    const { request, account, consented } = result;
    const value = ids.authorizationCode();
    const withRefreshToken = request.offline && consented;
    const expiresAt = clock.now() + CODE_LIFE_MS;
    codes.set(value, { request, account, scopes, withRefreshToken, expiresAt });
    return [['code', value]];
  };

  const token = (result: SignInResult, scopes: ReadonlySet<string>): [string, string][] => {
    const { request, account } = result;
    const owner = { account: account.email, client: request.client };
    const issued = tokens.issueAccess({ ...owner, scopes, refreshToken: null });
    return [
      ['access_token', issued.value],
      ['token_type', 'Bearer'],
      ['expires_in', String(parts.lifeSeconds)],
    ];
  };

  return {
    success: (result) => {
      const { request, account, consented } = result;
      const scopes = grantedBy(result);
      const issue = request.responseType === 'code' ? code : token;
      return sendBack(request, [
        ...withIssuer(request, switches),
        ...issue(result, scopes),
        ['scope', scopeInRedirect(scopes)],
        ['authuser', '0'],
        ...(account.hostedDomain === undefined
          ? []
          : ([['hd', account.hostedDomain]] satisfies [string, string][])),
        ['prompt', consented ? 'consent' : 'none'],
      ]);
    },
    failure: (request, error) =>
      sendBack(request, [
        // Seen as `?error_subtype=access_denied&error=interaction_required` in clients of prompt=none.
        ...(error === 'interaction_required'
          ? ([['error_subtype', 'access_denied']] satisfies [string, string][])
          : []),
        ['error', error],
        ...withIssuer(request, switches),
      ]),
  };
}

/** RFC 9207; Google's discovery document says authorization_response_iss_parameter_supported (PROVIDERS.md A1). */
function withIssuer(request: AuthorizeRequest, { issuer }: GoogleSwitches): [string, string][] {
  const named = issuer === 'always' || (issuer === 'code' && request.responseType === 'code');
  return named ? [['iss', ISSUER]] : [];
}

/** Codes go in the query, tokens in the fragment (RFC 6749 sections 4.1.2 and 4.2.2). State first, as Google has it. */
function sendBack(request: AuthorizeRequest, fields: readonly [string, string][]): PeerAnswer {
  const url = new URL(request.redirectUri);
  const into = request.responseType === 'code' ? url.searchParams : new URLSearchParams();
  if (request.state !== null) into.append('state', request.state);
  for (const [name, value] of fields) into.append(name, value);
  if (request.responseType === 'token') url.hash = into.toString();
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}
