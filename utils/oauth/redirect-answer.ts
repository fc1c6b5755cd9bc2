import type { Attempt } from './authorization-attempt.ts';
import type { AuthorizationServer, CheckCode } from './oauth.ts';
import { isIssuer } from './tenancy.ts';

/** What a redirect says, once it has passed every check that does not depend on the flow. */
export type RedirectAnswer =
  | { readonly kind: 'parameters'; readonly parameters: URLSearchParams }
  | { readonly kind: 'error'; readonly error: string; readonly description: string }
  | { readonly kind: 'refused'; readonly code: CheckCode };

/**
 * Reads where the browser came back to. Nothing in the URL is believed before it is sure that it
 * answers this attempt: the exact redirect URI (RFC 9700 4.1.3), parameters where the flow puts them
 * (RFC 6749 4.1.2 and 4.2.2) and once each (3.1), our state (RFC 9700 4.7.1), the server's `iss`
 * (RFC 9207 2.4). An error may lack `iss` where it is required: an error gives nobody anything.
 */
export function readRedirect(
  redirected: string,
  attempt: Attempt,
  server: Pick<AuthorizationServer, 'issuer' | 'tenancy' | 'issRequiredIn'>,
): RedirectAnswer {
  const url = URL.parse(redirected);
  if (!url || withoutAnswer(url) !== withoutAnswer(new URL(attempt.redirectUri))) {
    return refused('wrong_redirect');
  }
  const [where, elsewhere] =
    attempt.flow === 'code' ? [url.search, url.hash] : [url.hash, url.search];
  if (elsewhere !== '') return refused('wrong_response_mode');
  const parameters = new URLSearchParams(where.slice(1));
  const names = [...parameters.keys()];
  if (new Set(names).size !== names.length) return refused('duplicate_parameter');
  if (parameters.get('state') !== attempt.state) return refused('wrong_state');
  const issuer = parameters.get('iss');
  if (issuer !== null && !isIssuer(server, issuer)) return refused('wrong_issuer');
  const error = parameters.get('error');
  if (error !== null) {
    return { kind: 'error', error, description: parameters.get('error_description') ?? '' };
  }
  if (issuer === null && server.issRequiredIn.includes(attempt.flow))
    return refused('wrong_issuer');
  return { kind: 'parameters', parameters };
}

function withoutAnswer(url: URL): string {
  const bare = new URL(url);
  bare.search = '';
  bare.hash = '';
  return bare.href;
}

function refused(code: CheckCode): RedirectAnswer {
  return { kind: 'refused', code };
}
