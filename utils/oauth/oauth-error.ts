import type { NetworkError } from '../network/network.ts';
import type { AuthorizationServer, NoGrant, SignedOutReason } from './oauth.ts';

const SIGNED_OUT: ReadonlyMap<string, SignedOutReason> = new Map([
  ['invalid_grant', 'invalid_grant'],
  ['interaction_required', 'interaction_required'],
  ['login_required', 'login_required'],
  ['consent_required', 'consent_required'],
  ['access_denied', 'access_denied'],
  // OpenID Connect Core 3.1.2.6 has a name of its own for this kind of interaction.
  ['account_selection_required', 'interaction_required'],
] as const);

/** RFC 6749 4.1.2.1: the server's own trouble, told by a redirect because a 503 can't be. */
const TROUBLE: readonly string[] = [
  'server_error',
  'temporarily_unavailable',
  // Google's own names for the same at its token endpoint; its client libraries ask again, too.
  'internal_failure',
  'backend_error',
];

/** Seen at Google with 403, where RFC 6585 has 429. */
const LIMITS: readonly string[] = ['rate_limit_exceeded', 'slow_down'];

const MAX_CODE_CHARS = 64;
const MAX_DETAIL_CHARS = 300;

/** What a server said instead of a grant. */
export interface SaidError {
  readonly error: string;
  readonly description: string;
}

/**
 * What an OAuth error means (RFC 6749 4.1.2.1, 4.2.2.1 and 5.2, OpenID Connect Core 3.1.2.6). Only
 * the errors that a sign-in ends count as signed out; a client that is refused would stay refused.
 * Where the server has codes of its own, they go before its `error`.
 */
export function outcomeOfOAuthError(
  { errorCodes }: Pick<AuthorizationServer, 'errorCodes'>,
  { error, description }: SaidError,
): NoGrant {
  const code = ownCode(errorCodes, { error, description });
  const refused = { code: codeOf(code ?? error), detail: detailOf(description) };
  const meaning = code === null ? undefined : errorCodes?.meanings[code];
  switch (meaning) {
    case 'needs-approval':
      return { kind: 'needs-admin', ...refused, approvable: true };
    case 'blocked-by-policy':
      return { kind: 'needs-admin', ...refused, approvable: false };
    case 'consent-required':
      return { kind: 'signed-out', why: 'consent_required' };
    case 'sign-in-required':
      return { kind: 'signed-out', why: signInWord(error) };
    case 'declined':
      return { kind: 'signed-out', why: 'access_denied' };
    case 'client-refused':
      return { kind: 'refused', ...refused };
    case 'passing':
      return { kind: 'unavailable', reason: 'provider-error' };
    case undefined:
  }
  const why = SIGNED_OUT.get(error);
  if (why !== undefined) return { kind: 'signed-out', why };
  if (TROUBLE.includes(error)) return { kind: 'unavailable', reason: 'provider-error' };
  if (LIMITS.includes(error)) return { kind: 'unavailable', reason: 'rate-limit' };
  return { kind: 'refused', ...refused };
}

/** The server's own code: `error` itself, or what the words begin with. Null when there is none. */
function ownCode(
  codes: AuthorizationServer['errorCodes'],
  { error, description }: SaidError,
): string | null {
  if (!codes) return null;
  if (Object.hasOwn(codes.meanings, error)) return error;
  if (codes.pattern === null) return null;
  const code = new RegExp(`^(?:${codes.pattern})(?![\\w-])`).exec(description)?.[0];
  if (code === undefined) return null;
  return Object.hasOwn(codes.meanings, code) || !SIGNED_OUT.has(error) ? code : null;
}

/** The word that the server used, where it is one that a sign-in ends. */
function signInWord(error: string): SignedOutReason {
  const why = SIGNED_OUT.get(error);
  return why === undefined || why === 'access_denied' ? 'interaction_required' : why;
}

/** What a call without an answer means: never anything about the grant. */
export function outcomeOfNetworkError(error: NetworkError): NoGrant {
  switch (error.code) {
    case 'cors-refused':
      return { kind: 'needs-host', host: error.host };
    case 'offline':
    case 'timeout':
      return { kind: 'unavailable', reason: error.code };
    case 'redirected':
      return { kind: 'unavailable', reason: 'strange-answer' };
    case 'failed':
    case 'aborted':
      return { kind: 'unavailable', reason: 'network' };
    case 'host-not-allowed':
      return { kind: 'refused', code: 'host-not-allowed', detail: error.host };
  }
}

/** RFC 6749 allows visible ASCII in `error`; the rest is not the server's to show here. */
function codeOf(error: string): string {
  return error.replace(/[^\x21-\x7e]/g, '').slice(0, MAX_CODE_CHARS) || 'unknown';
}

function detailOf(description: string): string {
  return description
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, MAX_DETAIL_CHARS);
}
