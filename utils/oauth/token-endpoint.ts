import * as oauth from 'oauth4webapi';
import { NetworkError, type CallPurpose, type Network } from '../network/network.ts';
import type { Clock } from '../platform/platform.ts';
import type { Attempt } from './authorization-attempt.ts';
import { outcomeOfNetworkError, outcomeOfOAuthError } from './oauth-error.ts';
import type {
  AuthorizationServer,
  AuthorizeRequest,
  CheckCode,
  NoGrant,
  OAuthClient,
  RefreshOutcome,
  RefreshRequest,
  UnavailableReason,
} from './oauth.ts';
import { readGrant } from './token-answer.ts';

const TIMEOUT_MS = 30_000;

/**
 * How far this device's clock may be off when an id_token is looked at. It came straight from the
 * server, so its times guard against nothing that TLS and PKCE do not; a wrong clock is common.
 */
const CLOCK_TOLERANCE_SECONDS = 600;

/** What the token endpoint is asked with. */
export interface TokenEndpointParts {
  readonly network: Network;
  readonly clock: Clock;
}

interface Asking {
  readonly server: AuthorizationServer;
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  readonly accountId: string | null;
  readonly purpose: CallPurpose;
}

/** Redeems a code (RFC 6749 4.1.3 with RFC 7636 4.5). The parameters are those of a checked redirect. */
export async function redeemCode(
  parts: TokenEndpointParts,
  asking: Omit<AuthorizeRequest, 'prompt' | 'loginHint'> & { readonly purpose: CallPurpose },
  answer: { readonly parameters: URLSearchParams; readonly attempt: Attempt },
): Promise<RefreshOutcome> {
  const { attempt } = answer;
  return await ask(parts, asking, async ({ server, client, authentication, options }) => {
    const checked = oauth.validateAuthResponse(server, client, answer.parameters, attempt.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      checked,
      attempt.redirectUri,
      attempt.codeVerifier,
      options,
    );
    return await oauth.processAuthorizationCodeResponse(server, client, response);
  });
}

/** Uses a refresh token (RFC 6749 6). */
export async function useRefreshToken(
  parts: TokenEndpointParts,
  request: RefreshRequest,
): Promise<RefreshOutcome> {
  const asking = { ...request, purpose: 'renew-token' } as const;
  return await ask(parts, asking, async ({ server, client, authentication, options }) => {
    const token = request.refreshToken.reveal();
    const response = await oauth.refreshTokenGrantRequest(
      server,
      client,
      authentication,
      token,
      options,
    );
    return await oauth.processRefreshTokenResponse(server, client, response);
  });
}

/** The endpoint can't be used now, whatever the body of its answer says. */
class Unavailable extends Error {
  readonly reason: UnavailableReason;
  constructor(reason: UnavailableReason) {
    super(`token endpoint: ${reason}`);
    this.name = 'Unavailable';
    this.reason = reason;
  }
}

interface Prepared {
  readonly server: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly options: oauth.TokenEndpointRequestOptions;
}

async function ask(
  parts: TokenEndpointParts,
  asking: Asking,
  exchange: (prepared: Prepared) => Promise<oauth.TokenEndpointResponse>,
): Promise<RefreshOutcome> {
  const { server, client, scopes } = asking;
  const useSecret = client.clientSecret !== null && server.flowWithSecret !== null;
  const now = (): number => parts.clock.now();
  try {
    const fields = await exchange({
      server: { issuer: server.issuer, token_endpoint: server.tokenEndpoint },
      client: {
        client_id: client.clientId,
        [oauth.clockSkew]: Math.round((now() - Date.now()) / 1_000),
        [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
      },
      authentication:
        client.clientSecret && useSecret
          ? oauth.ClientSecretPost(client.clientSecret.reveal())
          : oauth.None(),
      options: {
        [oauth.customFetch]: (url, init) => viaNetwork(parts.network, asking, [url, init]),
      },
    });
    return readGrant(fields, { scopes, now: now() });
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** Lets the library's request out through the room that alone may call, and its answer back in. */
async function viaNetwork(
  network: Network,
  { accountId, purpose }: Asking,
  [url, init]: readonly [string, oauth.CustomFetchOptions<'POST', URLSearchParams>],
): Promise<Response> {
  const { accept = 'application/json', 'content-type': contentType = '' } = init.headers;
  const answer = await network.request({
    url,
    method: 'POST',
    headers: { Accept: accept, 'Content-Type': contentType },
    body: init.body.toString(),
    purpose,
    accountId,
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.status === 429) throw new Unavailable('rate-limit');
  if (answer.status === 408 || answer.status >= 500) throw new Unavailable('provider-error');
  if (answer.status < 200 || answer.status === 204) throw new Unavailable('strange-answer');
  const type = answer.header('content-type');
  return new Response(answer.text, {
    status: answer.status,
    headers: type === null ? {} : { 'content-type': type },
  });
}

/** What a thrown error means. @throws the error itself when it is a mistake of ours. */
function outcomeOfError(error: unknown): NoGrant {
  if (error instanceof NetworkError) return outcomeOfNetworkError(error);
  if (error instanceof Unavailable) return { kind: 'unavailable', reason: error.reason };
  if (error instanceof oauth.ResponseBodyError) {
    return outcomeOfOAuthError(error.error, error.error_description ?? '');
  }
  if (error instanceof oauth.UnsupportedOperationError) return refused('wrong_token_type');
  if (!(error instanceof oauth.OperationProcessingError)) throw error;
  switch (error.code) {
    case oauth.JWT_TIMESTAMP_CHECK:
      return refused('wrong_clock');
    case oauth.JWT_CLAIM_COMPARISON:
      return refused('wrong_id_token');
    default:
      return { kind: 'unavailable', reason: 'strange-answer' };
  }
}

function refused(code: CheckCode): NoGrant {
  return { kind: 'refused', code, detail: '' };
}
