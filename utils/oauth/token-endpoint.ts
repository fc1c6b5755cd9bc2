import * as oauth from 'oauth4webapi';
import {
  retryAfterMs,
  type CallPurpose,
  type HttpAnswer,
  type Network,
} from '../network/network.ts';
import type { Clock } from '../platform/platform.ts';
import type { Attempt } from './authorization-attempt.ts';
import type {
  AuthorizationServer,
  AuthorizeRequest,
  OAuthClient,
  RefreshOutcome,
  RefreshRequest,
} from './oauth.ts';
import { readGrant } from './token-answer.ts';
import { issuerOfAnswer, personOf } from './signed-in-person.ts';
import { endpointFor, letsIn } from './tenancy.ts';
import { outcomeOfError, viaNetwork } from './token-request.ts';

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
    const checked = oauth.validateAuthResponse(
      server,
      client,
      withoutIssuer(answer.parameters),
      attempt.state,
    );
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      checked,
      attempt.redirectUri,
      attempt.codeVerifier,
      options,
    );
    const issuer = await issuerOfAnswer(asking.server, response);
    return await oauth.processAuthorizationCodeResponse({ ...server, issuer }, client, response, {
      ...(attempt.nonce !== null && { expectedNonce: attempt.nonce }),
    });
  });
}

/** `iss` was looked at already, with the server's tenancy, which the library does not know. */
function withoutIssuer(parameters: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(parameters);
  rest.delete('iss');
  return rest;
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
    const issuer = await issuerOfAnswer(asking.server, response);
    return await oauth.processRefreshTokenResponse({ ...server, issuer }, client, response);
  });
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
  // A server that takes none from us would refuse the call for it (PROVIDERS B1, AADSTS700025).
  const clientSecret = server.flowWithSecret === null ? null : client.clientSecret;
  const now = (): number => parts.clock.now();
  const heard: HttpAnswer[] = [];
  try {
    const fields = await exchange({
      server: {
        issuer: server.issuer,
        token_endpoint: endpointFor(server, client, server.tokenEndpoint),
      },
      client: {
        client_id: client.clientId,
        [oauth.clockSkew]: Math.round((now() - Date.now()) / 1_000),
        [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
      },
      authentication: clientSecret ? oauth.ClientSecretPost(clientSecret.reveal()) : oauth.None(),
      options: {
        [oauth.customFetch]: (url, init) =>
          viaNetwork(parts.network, { ...asking, heard }, [url, init]),
      },
    });
    const person = personOf(fields);
    const tenant = person?.tenant ?? null;
    if (server.tenancy && tenant !== null && !letsIn(server.tenancy, client, tenant)) {
      return { kind: 'refused', code: 'wrong_tenant', detail: '' };
    }
    return readGrant(fields, { scopes, now: now(), person });
  } catch (error) {
    const outcome = outcomeOfError(server, error);
    const [answer] = heard;
    const waitMs = answer ? retryAfterMs(answer, now()) : null;
    return outcome.kind === 'unavailable' && waitMs
      ? { ...outcome, retryAfterMs: waitMs }
      : outcome;
  }
}
