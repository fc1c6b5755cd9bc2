import type { Attempt } from './authorization-attempt.ts';
import type { Launched } from './launch-window.ts';
import { outcomeOfOAuthError } from './oauth-error.ts';
import type { OAuthParts } from './oauth-parts.ts';
import type { AuthorizeRequest, NoGrant, RefreshOutcome, TrialOutcome } from './oauth.ts';
import { readRedirect } from './redirect-answer.ts';
import { redeemCode } from './token-endpoint.ts';

/** No server has ever issued it; what is said of it tells whether the client was recognised. */
const MADE_UP_CODE = 'postern-tries-its-client';

/**
 * A server sends the browser back only when it knows the client and its redirect URI (RFC 6749
 * 4.1.2.1), so being sent back proves both, also with an error that wants the person. A secret is
 * proved by the token endpoint, which looks at it before it looks at the code (RFC 6749 5.2).
 */
export async function outcomeOfTrial(
  parts: OAuthParts,
  request: AuthorizeRequest,
  { attempt, launched }: { readonly attempt: Attempt; readonly launched: Launched },
): Promise<TrialOutcome> {
  switch (launched.kind) {
    case 'offline':
    case 'timeout':
      return { kind: 'unavailable', reason: launched.kind };
    case 'interaction-required':
    case 'cancelled':
    case 'failed':
      return await outcomeWithoutRedirect(parts, request, attempt);
    case 'redirected': {
      const answer = readRedirect(launched.url, attempt, request.server);
      switch (answer.kind) {
        case 'refused':
          return { ...answer, detail: '' };
        case 'error': {
          const outcome = outcomeOfOAuthError(request.server, answer);
          if (outcome.kind !== 'signed-out' && outcome.kind !== 'needs-admin') return outcome;
          return await outcomeAtTokenEndpoint(parts, request, { attempt, code: null });
        }
        case 'parameters': {
          const { parameters: code } = answer;
          return await outcomeAtTokenEndpoint(parts, request, { attempt, code });
        }
      }
    }
  }
}

/** The server showed a page of its own: the token endpoint may know what it is about. */
async function outcomeWithoutRedirect(
  parts: OAuthParts,
  request: AuthorizeRequest,
  attempt: Attempt,
): Promise<TrialOutcome> {
  const outcome = await redeemMadeUpCode(parts, request, attempt);
  switch (outcome.kind) {
    case 'unavailable':
    case 'needs-host':
      return outcome;
    case 'signed-out': {
      // It has nothing against the client but the code, so what is left is the redirect URI.
      const { redirectUri } = attempt;
      return { kind: 'redirect-not-registered', redirectUri };
    }
    case 'refused':
      return isAboutClient(request, outcome.code) ? outcome : { kind: 'not-recognised' };
    default:
      return { kind: 'not-recognised' };
  }
}

/** What is proved by being sent back, and what only the token endpoint can say. */
async function outcomeAtTokenEndpoint(
  parts: OAuthParts,
  request: AuthorizeRequest,
  { attempt, code }: { readonly attempt: Attempt; readonly code: URLSearchParams | null },
): Promise<TrialOutcome> {
  if (attempt.flow === 'token') return { kind: 'works', typeSeen: true };
  const made = await redeemMadeUpCode(parts, request, attempt);
  if (made.kind !== 'granted' && made.kind !== 'signed-out') {
    return made.kind === 'needs-admin' ? { kind: 'works', typeSeen: false } : made;
  }
  // With a secret the made-up code has proved all there is. Without one the server holds it against
  // the type of the redirect URI who redeems a code, and from where; that takes a real one.
  if (request.client.clientSecret !== null) return { kind: 'works', typeSeen: true };
  if (code === null) return { kind: 'works', typeSeen: false };
  const asking = { ...request, purpose: 'test-client' } as const;
  const real = await redeemCode(parts, asking, { parameters: code, attempt });
  if (await isHiddenByType(parts, request, { attempt, outcome: real })) return WRONG_TYPE;
  if (real.kind === 'refused' || real.kind === 'unavailable' || real.kind === 'needs-host') {
    return real;
  }
  return { kind: 'works', typeSeen: real.kind === 'granted' };
}

/** What is said where a server hides its answers from pages because of the redirect URI's type. */
export const WRONG_TYPE = { kind: 'refused', code: 'wrong_client_type', detail: '' } as const;

/**
 * True when a public client's code brought no answer that could be read, although the same server
 * at once answers for a code that nobody issued. Microsoft answers pages without CORS headers when
 * the redirect URI is not one of a page (entra-docs v2-oauth2-auth-code-flow.md, PROVIDERS B1).
 */
export async function isHiddenByType(
  parts: OAuthParts,
  request: AuthorizeRequest,
  { attempt, outcome }: { readonly attempt: Attempt; readonly outcome: RefreshOutcome },
): Promise<boolean> {
  if (attempt.flow !== 'code' || request.client.clientSecret !== null) return false;
  const silent =
    outcome.kind === 'needs-host' ||
    (outcome.kind === 'unavailable' && outcome.reason === 'network');
  if (!silent) return false;
  return (await redeemMadeUpCode(parts, request, attempt)).kind === 'signed-out';
}

function isAboutClient({ server }: AuthorizeRequest, code: string): boolean {
  return code === 'invalid_client' || server.errorCodes?.meanings[code] === 'client-refused';
}

/**
 * What the token endpoint says when the sign-in page would not go on. Null when it is there and has
 * nothing against the client: then the page did not like the redirect URI, or something else.
 */
export async function whyNoPage(
  parts: OAuthParts,
  request: AuthorizeRequest,
  attempt: Attempt,
): Promise<Exclude<NoGrant, { readonly kind: 'signed-out' }> | null> {
  const outcome = await redeemMadeUpCode(parts, request, attempt);
  if (outcome.kind === 'unavailable' || outcome.kind === 'needs-host') return outcome;
  return outcome.kind === 'refused' && isAboutClient(request, outcome.code) ? outcome : null;
}

async function redeemMadeUpCode(
  parts: OAuthParts,
  request: AuthorizeRequest,
  attempt: Attempt,
): Promise<RefreshOutcome> {
  const parameters = new URLSearchParams({ code: MADE_UP_CODE, state: attempt.state });
  return await redeemCode(parts, { ...request, purpose: 'test-client' }, { parameters, attempt });
}
