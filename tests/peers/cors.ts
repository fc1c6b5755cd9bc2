import type { CorsRule } from './peer.ts';
import { fits, type Matchable, type RequestMatch } from './request-match.ts';

/**
 * The three ways in which a provider may treat a page's request (PROVIDERS.md H: what Google's upload
 * host exposes could not be tried): `exposed`, every header is readable; `hidden`, the answer is
 * readable but only its safelisted headers; `refused`, no CORS header at all, so that the browser
 * lets the request through (or not even that, when it needs a preflight) and hides the answer.
 */
export type CorsMode = 'exposed' | 'hidden' | 'refused';

/** Switches the CORS behaviour of every mounted peer while it runs. */
export interface CorsControl {
  /** The mode of every request that no `only` fits. */
  set(mode: CorsMode): void;
  /** Another mode for some requests; later ones win. The returned function takes it back. */
  only(match: RequestMatch, mode: CorsMode): () => void;
  modeOf(request: Matchable): CorsMode;
  /** Everything exposed again. */
  clear(): void;
}

/** All exposed at first. */
export function createCorsControl(): CorsControl {
  let general: CorsMode = 'exposed';
  let special: readonly { readonly match: RequestMatch; readonly mode: CorsMode }[] = [];
  return {
    set: (mode) => {
      general = mode;
    },
    only: (match, mode) => {
      const rule = { match, mode };
      special = [rule, ...special];
      return () => {
        special = special.filter((each) => each !== rule);
      };
    },
    modeOf: (request) => special.find(({ match }) => fits(match, request))?.mode ?? general,
    clear: () => {
      general = 'exposed';
      special = [];
    },
  };
}

/** Headers of an answer to a request with an Origin (Fetch standard, "CORS protocol"). */
export function corsHeaders(rule: CorsRule | null, mode: CorsMode): Record<string, string> {
  if (!rule || mode === 'refused') return {};
  const readable = { 'access-control-allow-origin': rule.allowOrigin, vary: 'Origin, X-Origin' };
  if (mode === 'hidden' || rule.exposeHeaders.length === 0) return readable;
  return { ...readable, 'access-control-expose-headers': rule.exposeHeaders.join(',') };
}

/** Headers of an answer to a preflight. Google's servers echo the headers that were asked for. */
export function preflightHeaders(
  rule: CorsRule | null,
  mode: CorsMode,
  askedHeaders: string | undefined,
): Record<string, string> {
  if (!rule || mode === 'refused') return {};
  return {
    'access-control-allow-origin': rule.allowOrigin,
    'access-control-allow-methods': rule.allowMethods.join(','),
    ...(askedHeaders === undefined ? {} : { 'access-control-allow-headers': askedHeaders }),
    'access-control-max-age': '3600',
    vary: 'Origin, X-Origin',
  };
}
