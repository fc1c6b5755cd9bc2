import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { wholeBody } from '../request-body.ts';
import { ISSUER } from './authorize-answer.ts';
import type { Consents } from './consents.ts';
import { json, oauthError } from './google-errors.ts';
import type { GoogleAccount } from './google-options.ts';
import { personClaims } from './id-token.ts';
import { isSignIn } from './scopes.ts';
import type { AccessToken, Tokens } from './tokens.ts';

/** The access token of an Authorization header; null when there is none of type Bearer. */
export function bearerOf(request: PeerRequest): string | null {
  return /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? null;
}

/**
 * POST https://oauth2.googleapis.com/revoke: 200 or 400; either token kills the whole grant of the
 * project, for all of its clients (PROVIDERS.md A4). Never readable by CORS (issue 2, section 1).
 */
export async function answerRevoke(
  { tokens, consents }: { readonly tokens: Tokens; readonly consents: Consents },
  request: PeerRequest,
): Promise<PeerAnswer> {
  const form = new URLSearchParams((await wholeBody(request.body)).toString());
  const value = form.get('token') ?? request.url.searchParams.get('token');
  if (value === null)
    return oauthError(400, 'invalid_request', 'Missing required parameter: token');
  const owner = tokens.ownerOf(value);
  if (!owner) return oauthError(400, 'invalid_token', 'Token expired or revoked');
  tokens.killProject(owner.account, owner.project);
  consents.remove(owner.account, owner.project);
  return json({});
}

/** GET https://openidconnect.googleapis.com/v1/userinfo (developers.google.com/identity/openid-connect/openid-connect#obtaininguserprofileinformation). */
export function answerUserinfo(
  { tokens, accounts }: { readonly tokens: Tokens; readonly accounts: readonly GoogleAccount[] },
  request: PeerRequest,
): PeerAnswer {
  const token: AccessToken | null = tokens.access(bearerOf(request) ?? '');
  const account = accounts.find(({ email }) => email === token?.account);
  const allowed = token && [...token.scopes].some(isSignIn);
  if (!account || !allowed) {
    const refused = oauthError(401, 'invalid_request', 'Invalid Credentials');
    const challenge = `Bearer realm="${ISSUER}/", error="invalid_request"`;
    return { ...refused, headers: { ...refused.headers, 'www-authenticate': challenge } };
  }
  return json(personClaims(account, token.scopes));
}

/** https://accounts.google.com/.well-known/openid-configuration, as far as PROVIDERS.md A1 "Endpoints" quotes it. */
export function discoveryDocument(): PeerAnswer {
  return json({
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}/o/oauth2/v2/auth`,
    token_endpoint: 'https://oauth2.googleapis.com/token',
    userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
    revocation_endpoint: 'https://oauth2.googleapis.com/revoke',
    jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    code_challenge_methods_supported: ['plain', 'S256'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    authorization_response_iss_parameter_supported: true,
  });
}
