import { calculatePKCECodeChallenge } from 'oauth4webapi';
import type { Random } from '../platform/platform.ts';
import type { AuthorizationServer, AuthorizeRequest, Flow, OAuthClient } from './oauth.ts';
import { endpointFor } from './tenancy.ts';

/** One attempt to be authorised. It lives as long as its window: no answer counts for another. */
export interface Attempt {
  readonly flow: Flow;
  readonly redirectUri: string;
  readonly state: string;
  /** RFC 7636; not sent in the token flow. */
  readonly codeVerifier: string;
  /** OpenID Connect Core 3.1.2.1: the id_token has to come back with it. Null where none comes. */
  readonly nonce: string | null;
  readonly url: string;
}

/** 256 bits: as many as RFC 7636 4.1 wants for a verifier, and more than enough for a state. */
const SECRET_BYTES = 32;

/** Which flow a client goes through at a server. */
export function flowOf(server: AuthorizationServer, client: OAuthClient): Flow {
  return (client.clientSecret && server.flowWithSecret) ?? server.flowWithoutSecret;
}

/** Makes the authorisation request of one attempt (RFC 6749 4.1.1 and 4.2.1, RFC 7636 4.3). */
export async function beginAttempt(
  random: Random,
  request: Omit<AuthorizeRequest, 'accountId'>,
  redirectUri: string,
): Promise<Attempt> {
  const { server, client, scopes, prompt, loginHint } = request;
  const flow = flowOf(server, client);
  const state = base64url(random.bytes(SECRET_BYTES));
  const codeVerifier = base64url(random.bytes(SECRET_BYTES));
  // Only where the id_token is what says who signed in; elsewhere the server is asked for that.
  const named = flow === 'code' && server.tenancy !== null && scopes.includes('openid');
  const nonce = named ? base64url(random.bytes(SECRET_BYTES)) : null;
  const url = new URL(endpointFor(server, client, server.authorizationEndpoint));
  const parameters = {
    ...server.extraParameters[flow],
    client_id: client.clientId,
    redirect_uri: redirectUri,
    response_type: flow,
    scope: scopes.join(' '),
    state,
    ...(prompt !== null && { prompt }),
    ...(nonce !== null && { nonce }),
    ...(loginHint !== null && { login_hint: loginHint }),
    ...(flow === 'code' && {
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { flow, redirectUri, state, codeVerifier, nonce, url: url.href };
}

function base64url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
