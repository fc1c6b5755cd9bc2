import type { CorsRule, PeerAnswer, PeerHost, PeerRequest, Refusals } from '../peer.ts';
import { answerRevoke, answerUserinfo, discoveryDocument } from './account-endpoints.ts';
import type { Consents } from './consents.ts';
import { gmailDiscovery } from './discovery-document.ts';
import { answerGmail, type GmailParts } from './gmail-api.ts';
import { json, rateLimited, type RetryTime, serverError, unauthorized } from './google-errors.ts';
import { FLOW_PATH, type SignInFlow } from './sign-in-flow.ts';
import { answerToken, type TokenEndpointParts } from './token-endpoint.ts';

/** What the hosts are made of. */
export interface GoogleParts {
  readonly flow: SignInFlow;
  readonly token: TokenEndpointParts;
  readonly consents: Consents;
  readonly gmail: GmailParts;
  readonly retryTime: () => RetryTime;
}

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/**
 * Headers that Google's own browser sample of a resumable upload reads across origins
 * (googlearchive cors-upload-sample, upload.js: Location, Range), and those that its clients look at.
 * What gmail.googleapis.com exposes could not be tried: the modes of cors.ts stand for that.
 */
const EXPOSED = [
  'Content-Encoding',
  'Date',
  'Location',
  'Range',
  'Retry-After',
  'Server',
  'WWW-Authenticate',
  'X-GUploader-UploadID',
  'X-HTTP-Status-Code-Override',
];

/** The hosts of PROVIDERS.md A1 "Endpoints" and A3. */
export function createGoogleHosts(parts: GoogleParts): readonly PeerHost[] {
  const { flow, token, consents, gmail } = parts;
  const refusals = refusalsOf(parts);
  const { tokens, accounts } = token;
  return [
    {
      host: 'accounts.google.com',
      cors: () => null,
      answer: async (request) => {
        const { pathname } = request.url;
        if (pathname === FLOW_PATH) return await flow.page(request);
        if (pathname === '/.well-known/openid-configuration') return discoveryDocument();
        const authorizing = pathname === '/o/oauth2/v2/auth' || pathname === '/o/oauth2/auth';
        return authorizing && request.method === 'GET' ? flow.begin(request) : missing();
      },
    },
    {
      host: 'oauth2.googleapis.com',
      // None on revoke, in no mode (issue 2, section 1).
      cors: (request) => (request.url.pathname === '/revoke' ? null : forItsOrigin(request, [])),
      answer: async (request) => {
        if (request.method !== 'POST') return missing();
        if (request.url.pathname === '/token') return await answerToken(token, request);
        if (request.url.pathname === '/revoke') {
          return await answerRevoke({ tokens, consents }, request);
        }
        return missing();
      },
      refusals,
    },
    {
      host: 'openidconnect.googleapis.com',
      cors: (request) => forItsOrigin(request, []),
      answer: (request) =>
        Promise.resolve(
          request.url.pathname === '/v1/userinfo'
            ? answerUserinfo({ tokens, accounts }, request)
            : missing(),
        ),
      refusals,
    },
    {
      host: 'www.googleapis.com',
      cors: (request) => forItsOrigin(request, []),
      answer: async ({ url }) => {
        if (url.pathname === '/oauth2/v3/certs') return json(token.idTokens.keys());
        if (url.pathname === '/oauth2/v1/certs') return json(await token.idTokens.certificates());
        return missing();
      },
    },
    {
      host: 'gmail.googleapis.com',
      cors: (request) => gmailCors(gmail, request),
      answer: async (request) => {
        const discovery = request.url.pathname === '/$discovery/rest';
        return discovery ? gmailDiscovery() : await answerGmail(gmail, request);
      },
      refusals,
      forgetSession: (request, status) =>
        gmail.sessions.forget(request.url.searchParams.get('upload_id') ?? '', status),
    },
  ];
}

function forItsOrigin(request: PeerRequest, exposeHeaders: readonly string[]): CorsRule {
  return {
    allowOrigin: request.headers['origin'] ?? '*',
    allowMethods: METHODS,
    exposeHeaders,
  };
}

/** A session's answers are for the origin that opened it; an unknown session treats everybody alike. */
function gmailCors({ sessions }: GmailParts, request: PeerRequest): CorsRule | null {
  const uploadId = request.url.searchParams.get('upload_id');
  const opener = uploadId === null ? undefined : sessions.openerOf(uploadId);
  if (opener === undefined) return forItsOrigin(request, EXPOSED);
  if (opener.origin === null) return null;
  return { ...forItsOrigin(request, EXPOSED), allowOrigin: opener.origin };
}

function refusalsOf({ token, retryTime }: GoogleParts): Refusals {
  return {
    unauthorized: () => unauthorized('dead'),
    serverError,
    tooManyRequests: (retryAfterSeconds) => {
      const now = token.clock.now();
      if (retryAfterSeconds === null) {
        return rateLimited('sending-limit', { now, retryAt: now, said: 'none' });
      }
      const said = retryTime();
      return rateLimited('sending-limit', { now, retryAt: now + retryAfterSeconds * 1000, said });
    },
  };
}

function missing(): PeerAnswer {
  const body = '<!doctype html><title>Error 404 (Not Found)</title><p>404. That’s an error.</p>\n';
  return { status: 404, headers: { 'content-type': 'text/html; charset=UTF-8' }, body };
}
