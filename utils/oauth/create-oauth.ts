import type { CallPurpose, Network } from '../network/network.ts';
import type { Clock, Random, WebAuth, WebAuthOutcome } from '../platform/platform.ts';
import { beginAttempt, type Attempt } from './authorization-attempt.ts';
import { outcomeOfOAuthError } from './oauth-error.ts';
import type {
  AuthorizeOutcome,
  AuthorizeRequest,
  NoGrant,
  OAuth,
  RefreshOutcome,
  TrialOutcome,
} from './oauth.ts';
import { readRedirect } from './redirect-answer.ts';
import { readFragmentGrant } from './token-answer.ts';
import { redeemCode, useRefreshToken } from './token-endpoint.ts';

/** What the room is built from. */
export interface OAuthParts {
  readonly network: Network;
  readonly webAuth: WebAuth;
  readonly random: Random;
  readonly clock: Clock;
  /** False only when the browser knows that there is no network. */
  isOnline(): boolean;
}

/** What a silent attempt may take. Google's pages pass it on by script, which is not quick. */
const SILENT_TIMEOUT_MS = 15_000;
/** What a person may take, to look for a second factor for example. */
const PERSON_TIMEOUT_MS = 30 * 60_000;
/** A browser that forgets to answer must not hold up a send for ever. */
const GRACE_MS = 5_000;

/** No server has ever issued it; what is said of it tells whether the client was recognised. */
const MADE_UP_CODE = 'postern-tries-its-client';

type Launched = WebAuthOutcome | { readonly kind: 'timeout' } | { readonly kind: 'offline' };

/** Builds the room. */
export function createOAuth(parts: OAuthParts): OAuth {
  const redirectUri: OAuth['redirectUri'] = ({ redirectPath }) =>
    parts.webAuth.redirectUri(redirectPath);
  return {
    redirectUri,
    refresh: (request) => useRefreshToken(parts, request),
    async authorize(request) {
      const attempt = await beginAttempt(parts.random, request, redirectUri(request.server));
      const launched = await launch(parts, attempt, request.prompt !== 'none');
      const outcome = await outcomeOfLaunch(parts, request, { attempt, launched });
      return request.prompt === 'none' ? outcome : asThePersonDid(outcome);
    },
    async tryClient(request) {
      const silently = { ...request, prompt: 'none', loginHint: null, accountId: null } as const;
      const attempt = await beginAttempt(parts.random, silently, redirectUri(request.server));
      const launched = await launch(parts, attempt, false);
      return await outcomeOfTrial(parts, silently, { attempt, launched });
    },
  };
}

async function launch(
  parts: OAuthParts,
  attempt: Attempt,
  interactive: boolean,
): Promise<Launched> {
  if (!parts.isOnline()) return { kind: 'offline' };
  const { webAuth, clock } = parts;
  const timeoutMs = interactive ? PERSON_TIMEOUT_MS : SILENT_TIMEOUT_MS;
  const startedAt = clock.now();
  const answered = new AbortController();
  const tooLate = clock
    .sleep(timeoutMs + GRACE_MS, answered.signal)
    .then((): Launched => ({ kind: 'timeout' }));
  try {
    const launched = await Promise.race([
      webAuth.launch({ url: attempt.url, interactive, timeoutMs }),
      tooLate,
    ]);
    // A browser says of a page that was merely slow that it wants the person.
    const slow = launched.kind === 'interaction-required' && clock.now() - startedAt >= timeoutMs;
    return slow ? { kind: 'timeout' } : launched;
  } finally {
    answered.abort();
  }
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
      // Chrome says so of a page with an error status as well as of none at all. A silent attempt
      // must never end a grant for a lack of network; before the person, a guess is worth a call.
      if (request.prompt === 'none') return { kind: 'unavailable', reason: 'network' };
      const known = await whyNoPage(parts, { ...request, purpose: 'sign-in' }, attempt);
      return known ?? { kind: 'refused', code: 'not_recognised', detail: '' };
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
      return outcomeOfOAuthError(answer.error, answer.description);
    case 'parameters': {
      const { parameters } = answer;
      const now = parts.clock.now();
      if (attempt.flow === 'token') {
        return readFragmentGrant(parameters, { scopes: request.scopes, now });
      }
      // Nobody asked for a token where it passes by the browser's history (RFC 9700 2.1.2).
      if (parameters.has('access_token')) return { kind: 'unavailable', reason: 'strange-answer' };
      const purpose = request.prompt === 'none' ? 'renew-token' : 'sign-in';
      return await redeemCode(parts, { ...request, purpose }, { parameters, attempt });
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

/**
 * A server sends the browser back only when it knows the client and its redirect URI (RFC 6749
 * 4.1.2.1), so being sent back proves both, also with an error that wants the person. A secret is
 * proved by the token endpoint, which looks at it before it looks at the code (RFC 6749 5.2).
 */
async function outcomeOfTrial(
  parts: OAuthParts,
  request: AuthorizeRequest,
  { attempt, launched }: { readonly attempt: Attempt; readonly launched: Launched },
): Promise<TrialOutcome> {
  const asking = { ...request, purpose: 'test-client' } as const;
  switch (launched.kind) {
    case 'offline':
    case 'timeout':
      return { kind: 'unavailable', reason: launched.kind };
    case 'interaction-required':
    case 'cancelled':
    case 'failed':
      return (await whyNoPage(parts, asking, attempt)) ?? { kind: 'not-recognised' };
    case 'redirected': {
      const answer = readRedirect(launched.url, attempt, request.server);
      if (answer.kind === 'refused') return { ...answer, detail: '' };
      if (answer.kind === 'error') {
        const outcome = outcomeOfOAuthError(answer.error, answer.description);
        if (outcome.kind !== 'signed-out') return outcome;
      }
      if (attempt.flow === 'token' || request.client.clientSecret === null)
        return { kind: 'works' };
      const outcome = await redeemMadeUpCode(parts, asking, attempt);
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
async function whyNoPage(
  parts: OAuthParts,
  asking: AuthorizeRequest & { readonly purpose: CallPurpose },
  attempt: Attempt,
): Promise<Exclude<NoGrant, { readonly kind: 'signed-out' }> | null> {
  const outcome = await redeemMadeUpCode(parts, asking, attempt);
  if (outcome.kind === 'unavailable' || outcome.kind === 'needs-host') return outcome;
  return outcome.kind === 'refused' && outcome.code === 'invalid_client' ? outcome : null;
}

async function redeemMadeUpCode(
  parts: OAuthParts,
  asking: AuthorizeRequest & { readonly purpose: CallPurpose },
  attempt: Attempt,
): Promise<RefreshOutcome> {
  const parameters = new URLSearchParams({ code: MADE_UP_CODE, state: attempt.state });
  return await redeemCode(parts, asking, { parameters, attempt });
}
