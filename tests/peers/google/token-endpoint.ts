import { timingSafeEqual } from 'node:crypto';
import type { PeerClock } from '../clock.ts';
import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { wholeBody } from '../request-body.ts';
import type { IssuedCode } from './authorize-answer.ts';
import type { PkceChallenge } from './authorize-request.ts';
import { json, oauthError } from './google-errors.ts';
import { s256 } from './google-ids.ts';
import type { GoogleAccount, GoogleClient } from './google-options.ts';
import type { IdTokens } from './id-token.ts';
import { isSignIn, splitScopes } from './scopes.ts';
import type { Tokens } from './tokens.ts';

/** What the token endpoint works with. */
export interface TokenEndpointParts {
  readonly clock: PeerClock;
  readonly clients: readonly GoogleClient[];
  readonly accounts: readonly GoogleAccount[];
  readonly codes: Map<string, IssuedCode>;
  readonly tokens: Tokens;
  readonly idTokens: IdTokens;
  readonly lifeSeconds: number;
}

/** POST https://oauth2.googleapis.com/token (RFC 6749 sections 4.1.3 and 6; PROVIDERS.md A1). */
export async function answerToken(
  parts: TokenEndpointParts,
  request: PeerRequest,
): Promise<PeerAnswer> {
  const form = new URLSearchParams((await wholeBody(request.body)).toString());
  const client = authenticate(parts.clients, form, request.headers['authorization']);
  if ('status' in client) return client;
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return redeemCode(parts, form, client.client);
    case 'refresh_token':
      return refresh(parts, form, client.client);
    case null:
      return oauthError(400, 'invalid_request', 'Missing required parameter: grant_type');
    default:
      return oauthError(
        400,
        'unsupported_grant_type',
        `Invalid grant_type: ${form.get('grant_type') ?? ''}`,
      );
  }
}

/**
 * The secret, in the body or by HTTP Basic. A Web client without it is refused even with PKCE and
 * without access_type=offline (PROVIDERS.md A1 "client_secret", live August 2026).
 */
function authenticate(
  clients: readonly GoogleClient[],
  form: URLSearchParams,
  authorization: string | undefined,
): PeerAnswer | { readonly client: GoogleClient } {
  const basic = basicCredentials(authorization);
  const id = basic?.id ?? form.get('client_id');
  const secret = basic?.secret ?? form.get('client_secret');
  if (id === null) {
    return oauthError(400, 'invalid_request', 'Could not determine client ID from request.');
  }
  const client = clients.find((each) => each.id === id);
  if (!client) return oauthError(401, 'invalid_client', 'The OAuth client was not found.');
  if (secret === null || secret === '') {
    return oauthError(400, 'invalid_request', 'client_secret is missing.');
  }
  if (!sameText(secret, client.secret)) {
    return oauthError(401, 'invalid_client', 'The provided client secret is invalid.');
  }
  return { client };
}

function basicCredentials(
  authorization: string | undefined,
): { readonly id: string; readonly secret: string } | null {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  // RFC 6749 section 2.3.1: both halves are form-encoded first.
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  const decoded = (half: string): string => new URLSearchParams(`half=${half}`).get('half') ?? '';
  return { id: decoded(id), secret: decoded(secret) };
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function redeemCode(
  parts: TokenEndpointParts,
  form: URLSearchParams,
  client: GoogleClient,
): PeerAnswer {
  const value = form.get('code') ?? '';
  const issued = parts.codes.get(value);
  if (!issued) {
    const malformed = !value.startsWith('4/');
    return oauthError(400, 'invalid_grant', malformed ? 'Malformed auth code.' : 'Bad Request');
  }
  const { request, account, scopes } = issued;
  if (request.client.id !== client.id)
    return oauthError(401, 'unauthorized_client', 'Unauthorized');
  if (form.get('redirect_uri') !== request.redirectUri) {
    return oauthError(400, 'redirect_uri_mismatch', 'Bad Request');
  }
  const complaint = pkceComplaint(request.challenge, form.get('code_verifier'));
  if (complaint !== null) return oauthError(400, 'invalid_grant', complaint);
  // One use only (RFC 6749 section 4.1.2).
  parts.codes.delete(value);
  if (parts.clock.now() >= issued.expiresAt) return oauthError(400, 'invalid_grant', 'Bad Request');

  const owner = { account: account.email, client, scopes };
  const refreshToken = issued.withRefreshToken ? parts.tokens.issueRefresh(owner).value : null;
  return tokenAnswer(parts, { ...owner, account, refreshToken, nonce: request.nonce, isNew: true });
}

/** The words are Google's (googleapis/google-api-php-client#2669, google-api-java-client#1479, google-api-nodejs-client#3680). */
function pkceComplaint(challenge: PkceChallenge | null, verifier: string | null): string | null {
  if (!challenge) {
    return verifier === null || verifier === '' ? null : 'code_verifier or verifier is not needed.';
  }
  if (verifier === null || verifier === '') return 'Missing code verifier.';
  const made = challenge.method === 'S256' ? s256(verifier) : verifier;
  return made === challenge.value ? null : 'Invalid code verifier.';
}

function refresh(
  parts: TokenEndpointParts,
  form: URLSearchParams,
  client: GoogleClient,
): PeerAnswer {
  const value = form.get('refresh_token');
  if (value === null || value === '') {
    return oauthError(400, 'invalid_request', 'Missing required parameter: refresh_token');
  }
  const token = parts.tokens.refresh(value);
  if (!token) return oauthError(400, 'invalid_grant', 'Token has been expired or revoked.');
  if (token.client !== client.id) return oauthError(401, 'unauthorized_client', 'Unauthorized');
  const account = parts.accounts.find(({ email }) => email === token.account);
  if (!account) return oauthError(400, 'invalid_grant', 'Account has been deleted');
  const asked = form.get('scope');
  // RFC 6749 section 6: a refresh may ask for less, never for more.
  const scopes = asked === null ? token.scopes : new Set(splitScopes(asked));
  if (![...scopes].every((scope) => token.scopes.has(scope))) {
    return oauthError(400, 'invalid_scope', 'Bad Request');
  }
  return tokenAnswer(parts, {
    account,
    client,
    scopes,
    refreshToken: value,
    nonce: null,
    isNew: false,
  });
}

/** A refresh answers without refresh_token: Google does not rotate it. */
function tokenAnswer(
  { tokens, idTokens, clock, lifeSeconds }: TokenEndpointParts,
  grant: {
    readonly account: GoogleAccount;
    readonly client: GoogleClient;
    readonly scopes: ReadonlySet<string>;
    readonly refreshToken: string | null;
    readonly nonce: string | null;
    readonly isNew: boolean;
  },
): PeerAnswer {
  const { account, client, scopes, refreshToken, nonce, isNew } = grant;
  const access = tokens.issueAccess({ account: account.email, client, scopes, refreshToken });
  const claims = { account, clientId: client.id, scopes, nonce, issuedAt: clock.now() };
  return json({
    access_token: access.value,
    expires_in: lifeSeconds,
    ...(isNew && refreshToken !== null && { refresh_token: refreshToken }),
    scope: [...scopes].join(' '),
    token_type: 'Bearer',
    // Only with openid, email or profile (PROVIDERS.md A1 "Endpoints").
    ...([...scopes].some(isSignIn) && { id_token: idTokens.sign(claims) }),
  });
}
