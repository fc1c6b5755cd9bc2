import { beginAttempt, type Attempt } from './authorization-attempt.ts';
import { isHiddenByType, outcomeOfTrial, whyNoPage, WRONG_TYPE } from './client-trial.ts';
import { launch, type Launched } from './launch-window.ts';
import { outcomeOfOAuthError } from './oauth-error.ts';
import type { OAuthParts } from './oauth-parts.ts';
import type { AuthorizeOutcome, AuthorizeRequest, OAuth, RefreshOutcome } from './oauth.ts';
import { readRedirect } from './redirect-answer.ts';
import { readFragmentGrant } from './token-answer.ts';
import { redeemCode, useRefreshToken } from './token-endpoint.ts';

/** Builds the room. */
export function createOAuth(parts: OAuthParts): OAuth {
  const redirectUri: OAuth['redirectUri'] = ({ redirectPath }) =>
    parts.webAuth.redirectUri(redirectPath);
  return {
    redirectUri,
    refresh: (request) => useRefreshToken(parts, request),
    async authorize(request) {
      const once = async (): Promise<AuthorizeOutcome> => {
        const attempt = await beginAttempt(parts.random, request, redirectUri(request.server));
        const launched = await launch(parts, attempt, request.prompt !== 'none');
        return await outcomeOfLaunch(parts, request, { attempt, launched });
      };
      const outcome = await once();
      if (request.prompt !== 'none') return asThePersonDid(outcome);
      // Only a code can have been refused by this error here, and a browser may have sent it twice
      // (docs/decisions/0004-browsers-repeat-requests.md): that tells nothing about the grant.
      const codeRefused = outcome.kind === 'signed-out' && outcome.why === 'invalid_grant';
      return codeRefused ? await once() : outcome;
    },
    async tryClient(request) {
      const silently = { ...request, prompt: 'none', loginHint: null, accountId: null } as const;
      const attempt = await beginAttempt(parts.random, silently, redirectUri(request.server));
      const launched = await launch(parts, attempt, false);
      return await outcomeOfTrial(parts, silently, { attempt, launched });
    },
  };
}

async function outcomeOfLaunch(
  parts: OAuthParts,
  request: AuthorizeRequest,
  { attempt, launched }: { readonly attempt: Attempt; readonly launched: Launched },
): Promise<AuthorizeOutcome> {
  switch (launched.kind) {
    case 'redirected':
      return await grantFrom(parts, request, { attempt, url: launched.url });
    case 'interaction-required':
      return { kind: 'signed-out', why: 'interaction_required' };
    case 'cancelled':
      if (request.prompt !== 'none') return { kind: 'cancelled' };
      // There was no window that anybody could have closed.
      return { kind: 'unavailable', reason: 'strange-answer' };
    case 'offline':
    case 'timeout':
      return { kind: 'unavailable', reason: launched.kind };
    case 'failed': {
      // Chrome says so of a page with an error status as well as of none at all. Only the server's
      // own word may refuse a silent attempt; before the person, who can look, a guess helps.
      const silent = request.prompt === 'none';
      const known = await whyNoPage(parts, request, attempt);
      if (!silent) return known ?? { kind: 'refused', code: 'not_recognised', detail: '' };
      // Where the server's other endpoint answers, the line is good.
      if (!known) return { kind: 'unavailable', reason: 'strange-answer' };
      return known.kind === 'needs-host' ? { kind: 'unavailable', reason: 'network' } : known;
    }
  }
}

async function grantFrom(
  parts: OAuthParts,
  request: AuthorizeRequest,
  { attempt, url }: { readonly attempt: Attempt; readonly url: string },
): Promise<RefreshOutcome> {
  const answer = readRedirect(url, attempt, request.server);
  switch (answer.kind) {
    case 'refused':
      return { kind: 'refused', code: answer.code, detail: '' };
    case 'error':
      return outcomeOfOAuthError(request.server, answer);
    case 'parameters': {
      const { parameters } = answer;
      const now = parts.clock.now();
      if (attempt.flow === 'token') {
        return readFragmentGrant(parameters, { scopes: request.scopes, now });
      }
      // Nobody asked for a token where it passes by the browser's history (RFC 9700 2.1.2).
      if (parameters.has('access_token') || parameters.has('id_token')) {
        return { kind: 'unavailable', reason: 'strange-answer' };
      }
      const purpose = request.prompt === 'none' ? 'renew-token' : 'sign-in';
      const outcome = await redeemCode(parts, { ...request, purpose }, { parameters, attempt });
      const hidden =
        request.prompt !== 'none' && (await isHiddenByType(parts, request, { attempt, outcome }));
      return hidden ? WRONG_TYPE : outcome;
    }
  }
}

/**
 * With the person at the window there is no "signed out": to deny is to cancel, and whatever else
 * the server says it refuses.
 */
function asThePersonDid(outcome: AuthorizeOutcome): AuthorizeOutcome {
  if (outcome.kind !== 'signed-out') return outcome;
  return outcome.why === 'access_denied'
    ? { kind: 'cancelled' }
    : { kind: 'refused', code: outcome.why, detail: '' };
}
