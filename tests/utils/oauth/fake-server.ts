import { secret } from '../../../utils/platform/platform.ts';
import {
  NetworkError,
  type HttpAnswer,
  type HttpRequest,
  type Network,
} from '../../../utils/network/network.ts';
import {
  createOAuth,
  type AuthorizationServer,
  type AuthorizeRequest,
  type OAuth,
  type OAuthClient,
} from '../../../utils/oauth/oauth.ts';
import { createFakeClock, type FakeClock } from '../../harness/fake-clock.ts';
import { createFakeWebAuth, type FakeWebAuth } from '../../harness/fake-web-auth.ts';
import { createTestRandom } from '../../harness/test-random.ts';

/** A server like Google's: token flow without a secret, code flow with one. */
export const server: AuthorizationServer = {
  issuer: 'https://issuer.example',
  tenancy: null,
  errorCodes: null,
  authorizationEndpoint: 'https://issuer.example/authorize?tenant=1',
  tokenEndpoint: 'https://token.example/token',
  redirectPath: 'issuer',
  flowWithoutSecret: 'token',
  flowWithSecret: 'code',
  issRequiredIn: ['code'],
  extraParameters: {
    token: { include_granted_scopes: 'false' },
    code: { include_granted_scopes: 'false', access_type: 'offline' },
  },
};

/** A second server of the same making, to be mixed up with. */
export const otherServer: AuthorizationServer = {
  ...server,
  issuer: 'https://evil.example',
  authorizationEndpoint: 'https://evil.example/authorize',
  tokenEndpoint: 'https://evil.example/token',
  redirectPath: 'evil',
};

export const publicClient: OAuthClient = { clientId: 'client-1', clientSecret: null, tenant: null };
export const secretClient: OAuthClient = {
  clientId: 'client-1',
  clientSecret: secret('s3cret'),
  tenant: null,
};

export const asked: AuthorizeRequest = {
  server,
  client: publicClient,
  scopes: ['openid', 'email', 'send'],
  prompt: 'select_account consent',
  loginHint: null,
  accountId: 'account-1',
};

export const silently: AuthorizeRequest = {
  ...asked,
  prompt: 'none',
  loginHint: 'ann@example.com',
};

/** What a token endpoint says. */
export type TokenEnd = (form: URLSearchParams, request: HttpRequest) => HttpAnswer | NetworkError;

export interface World {
  readonly oauth: OAuth;
  readonly webAuth: FakeWebAuth;
  readonly clock: FakeClock;
  readonly requests: readonly HttpRequest[];
  /** How the token endpoint answers from now on; at first with a grant. */
  readonly tokenSays: (end: TokenEnd) => void;
  online: boolean;
}

export const grantFields = {
  access_token: 'at-1',
  token_type: 'Bearer',
  expires_in: 3599,
  scope: 'openid email send',
};

export function json(status: number, body: unknown): HttpAnswer {
  return text(status, JSON.stringify(body));
}

export function text(status: number, body: string, type = 'application/json'): HttpAnswer {
  return { status, text: body, header: (name) => (name === 'content-type' ? type : null) };
}

/** The same answer with a header more. */
export function withHeader(answer: HttpAnswer, name: string, value: string): HttpAnswer {
  return { ...answer, header: (asked) => (asked === name ? value : answer.header(asked)) };
}

/** The room with a window and a token endpoint in the test's hand. */
export function world(): World {
  const webAuth = createFakeWebAuth();
  const clock = createFakeClock(Date.now());
  const requests: HttpRequest[] = [];
  let end: TokenEnd = () => json(200, grantFields);
  const network: Network = {
    request: (request) => {
      requests.push(request);
      const body = typeof request.body === 'string' ? request.body : '';
      const answer = end(new URLSearchParams(body), request);
      return answer instanceof NetworkError ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  const made: World = {
    oauth: createOAuth({
      network,
      webAuth,
      clock,
      random: createTestRandom(),
      isOnline: () => made.online,
    }),
    webAuth,
    clock,
    requests,
    tokenSays: (next) => {
      end = next;
    },
    online: true,
  };
  return made;
}
