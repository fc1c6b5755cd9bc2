import type { CorsRule, PeerAnswer, PeerHost, PeerRequest, Refusals } from '../peer.ts';
import { tokenJson } from './aadsts.ts';
import { answerConsentPage, type ConsentPageParts } from './consent-pages.ts';
import { answerGraph } from './graph-api.ts';
import type { GraphParts } from './graph-call.ts';
import {
  type GraphError,
  graphErrorAnswer,
  invalidToken,
  requestIds,
  serverFailure,
  withRequestIds,
} from './graph-errors.ts';
import { FLOW_PATH, type SignInFlow } from './sign-in-flow.ts';
import { tooMany } from './throttle.ts';
import { answerToken, type TokenEndpointParts } from './token-endpoint.ts';

/** What the hosts are made of. */
export interface MicrosoftParts {
  readonly flow: SignInFlow;
  readonly token: TokenEndpointParts;
  readonly graph: GraphParts;
  readonly consentPages: ConsentPageParts;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Live headers of a mail answer of graph.microsoft.com, as an open mail client noted them in 2026. */
const GRAPH_EXPOSES = [
  'ETag',
  'Location',
  'Preference-Applied',
  'Content-Range',
  'request-id',
  'client-request-id',
  'ReadWriteConsistencyToken',
  'Retry-After',
  'SdkVersion',
  'WWW-Authenticate',
  'x-ms-client-gcc-tenant',
  'X-Planner-Operationid',
  'x-ms-permissions-recommendations',
];

/** Where Graph sends uploads: `switches.uploadHost` says which. */
const UPLOAD_HOSTS = ['outlook.office.com', 'outlook.office365.com'] as const;
/** What they expose, and whether they answer pages at all, is not documented: the modes of cors.ts stand for that. */
const OUTLOOK_EXPOSES = ['Location', 'request-id', 'client-request-id', 'Retry-After'];

/** The hosts of PROVIDERS.md B1, B2 and B3. */
export function createMicrosoftHosts(parts: MicrosoftParts): readonly PeerHost[] {
  const { token, graph, consentPages } = parts;
  return [
    {
      host: 'login.microsoftonline.com',
      cors: (request) => loginCors(token, request),
      answer: (request) => answerLogin(parts, request),
      refusals: loginRefusals(),
    },
    {
      host: 'graph.microsoft.com',
      cors: () => anyone(GRAPH_EXPOSES),
      answer: (request) => answerGraph(graph, request),
      refusals: graphRefusals(graph),
    },
    ...UPLOAD_HOSTS.map((host) => ({
      host,
      cors: () => anyone(OUTLOOK_EXPOSES),
      answer: (request: PeerRequest) => graph.uploads.answer(request),
      refusals: graphRefusals(graph),
      forgetSession: ({ url }: PeerRequest, status: number) => graph.uploads.forget(url, status),
    })),
    {
      host: 'myapps.microsoft.com',
      cors: () => null,
      answer: (request) => answerConsentPage(consentPages, 'work', request),
    },
    {
      host: 'account.live.com',
      cors: () => null,
      answer: (request) => answerConsentPage(consentPages, 'personal', request),
    },
  ];
}

/** `/{authority}/oauth2/v2.0/…` and what lies beside it. */
async function answerLogin(
  { flow, token }: MicrosoftParts,
  request: PeerRequest,
): Promise<PeerAnswer> {
  const { pathname } = request.url;
  if (pathname === FLOW_PATH) return await flow.page(request);
  const [, authority = '', rest = ''] =
    /^\/([^/]+)\/(.+)$/.exec(decodeURIComponent(pathname)) ?? [];
  switch (rest) {
    case 'oauth2/v2.0/authorize':
      return flow.begin(authority, request);
    case 'oauth2/v2.0/token':
      return await answerToken(token, authority, request);
    case 'oauth2/v2.0/logout':
      return flow.signOut(request);
    case 'v2.0/adminconsent':
    case 'adminconsent':
      return flow.approve(authority, request, rest === 'adminconsent');
    case 'discovery/v2.0/keys':
      return tokenJson(token.idTokens.keys());
    case 'v2.0/.well-known/openid-configuration':
      return metadata(authority);
    default:
      return { status: 404 };
  }
}

/** As far as clients read it; the issuer of the shared authorities is a template (entra-docs v2-protocols-oidc.md). */
function metadata(authority: string): PeerAnswer {
  const base = `https://login.microsoftonline.com/${authority}`;
  const shared = ['common', 'organizations', 'consumers'].includes(authority);
  return tokenJson({
    issuer: `https://login.microsoftonline.com/${shared ? '{tenantid}' : authority}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
  });
}

function anyone(exposeHeaders: readonly string[]): CorsRule {
  return { allowOrigin: '*', allowMethods: METHODS, exposeHeaders };
}

/**
 * Pages can read the token endpoint, for redirect addresses of type `spa` alone, and what is public anyway; never
 * the sign-in itself.
 */
function loginCors({ unreadable }: TokenEndpointParts, request: PeerRequest): CorsRule | null {
  const { pathname } = request.url;
  if (/\/(?:discovery\/v2\.0\/keys|openid-configuration)$/.test(pathname)) return anyone([]);
  const readable = pathname.endsWith('/oauth2/v2.0/token') && !unreadable.has(request);
  return readable
    ? anyone(['Content-Length', 'Content-Encoding', 'x-ms-request-id', 'x-ms-srs'])
    : null;
}

function loginRefusals(): Refusals {
  const unavailable = (status: number): PeerAnswer =>
    tokenJson(
      {
        error: 'temporarily_unavailable',
        error_description: 'AADSTS90033: A transient error has occurred. Please try again.',
        error_codes: [90033],
      },
      status,
    );
  return {
    unauthorized: () => unavailable(401),
    serverError: unavailable,
    tooManyRequests: (seconds) => {
      const answer = unavailable(429);
      if (seconds === null) return answer;
      return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
    },
  };
}

function graphRefusals({ ids, clock, switches }: GraphParts): Refusals {
  const say = (error: GraphError): PeerAnswer => {
    const trace = requestIds(ids, undefined);
    return withRequestIds(graphErrorAnswer(error, trace, clock), trace);
  };
  return {
    unauthorized: () => say(invalidToken('expired')),
    serverError: (status) => say(serverFailure(status)),
    tooManyRequests: (seconds) => say(tooMany(seconds, switches)),
  };
}
