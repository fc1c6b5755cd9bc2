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
      return (await whyNoPage(parts, request, attempt)) ?? { kind: 'not-recognised' };
    case 'redirected': {
      const answer = readRedirect(launched.url, attempt, request.server);
      if (answer.kind === 'refused') return { ...answer, detail: '' };
      if (answer.kind === 'error') {
        const outcome = outcomeOfOAuthError(answer.error, answer.description);
        if (outcome.kind !== 'signed-out') return outcome;
      }
      if (attempt.flow === 'token' || request.client.clientSecret === null)
        return { kind: 'works' };
      const outcome = await redeemMadeUpCode(parts, request, attempt);
      return outcome.kind === 'granted' || outcome.kind === 'signed-out'
        ? { kind: 'works' }
        : outcome;
    }
  }
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
  return outcome.kind === 'refused' && outcome.code === 'invalid_client' ? outcome : null;
}

async function redeemMadeUpCode(
  parts: OAuthParts,
  request: AuthorizeRequest,
  attempt: Attempt,
): Promise<RefreshOutcome> {
  const parameters = new URLSearchParams({ code: MADE_UP_CODE, state: attempt.state });
  return await redeemCode(parts, { ...request, purpose: 'test-client' }, { parameters, attempt });
}
