import type { PeerAnswer } from '../peer.ts';

/** The parts of an error body of Google's APIs (developers.google.com/workspace/gmail/api/guides/handle-errors). */
export interface ApiError {
  readonly code: number;
  readonly message: string;
  /** `error.status`, google.rpc.Code. */
  readonly status: string;
  readonly reason: string;
  readonly domain?: string;
  /** The text inside `errors[0]`, where it differs from `message`. */
  readonly inner?: string;
  readonly location?: { readonly location: string; readonly locationType: string };
  readonly details?: readonly unknown[];
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

/** An answer with Google's error body. */
export function apiError(error: ApiError): PeerAnswer {
  const { code, message, status, reason, domain = 'global', inner, location, details } = error;
  const body = {
    error: {
      code,
      message,
      errors: [{ message: inner ?? message, domain, reason, ...location }],
      status,
      ...(details && { details }),
    },
  };
  return { status: code, headers: { ...JSON_TYPE, ...error.headers }, body: pretty(body) };
}

/** 200 with JSON. */
export function json(body: unknown, status = 200): PeerAnswer {
  return { status, headers: { ...JSON_TYPE, 'cache-control': 'private' }, body: pretty(body) };
}

function pretty(body: unknown): string {
  return `${JSON.stringify(body, null, 2)}\n`;
}

/** 400 with a reason of the mail itself; the words are Google's (Byron/google-apis-rs#351, FlowCrypt/flowcrypt-browser#1370). */
export function badMail(message: string): PeerAnswer {
  return apiError({ code: 400, message, status: 'INVALID_ARGUMENT', reason: 'invalidArgument' });
}

/** 401 for a token that is dead, made up or absent (guides/handle-errors, "401 authError"). */
export function unauthorized(kind: 'dead' | 'absent'): PeerAnswer {
  const absent = kind === 'absent';
  return apiError({
    code: 401,
    message: absent
      ? 'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.'
      : 'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    status: 'UNAUTHENTICATED',
    reason: absent ? 'required' : 'authError',
    inner: absent ? 'Login Required.' : 'Invalid Credentials',
    location: { location: 'Authorization', locationType: 'header' },
    headers: {
      'www-authenticate': absent
        ? 'Bearer realm="https://accounts.google.com/"'
        : 'Bearer realm="https://accounts.google.com/", error="invalid_token"',
    },
  });
}

/** 403 for a token without the method's scope (guides/handle-errors, "insufficientPermissions"). */
export function insufficientScope(method: string, wanted: readonly string[]): PeerAnswer {
  return apiError({
    code: 403,
    message: 'Request had insufficient authentication scopes.',
    status: 'PERMISSION_DENIED',
    reason: 'insufficientPermissions',
    inner: 'Insufficient Permission',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
        metadata: { method, service: 'gmail.googleapis.com' },
      },
    ],
    headers: {
      'www-authenticate': `Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="${wanted.join(' ')}"`,
    },
  });
}

/** Where a rate answer says when to come back. */
export type RetryTime = 'header-and-text' | 'header' | 'text' | 'none';

/**
 * The rate answers. The per-minute quota comes as 403 `rateLimitExceeded` with domain `usageLimits`, the mail
 * sending limit as 429 RESOURCE_EXHAUSTED (guides/handle-errors). The text names the time as in
 * "User-rate limit exceeded.  Retry after 2024-07-25T01:18:53.022Z" (two spaces, seen by several clients).
 */
export function rateLimited(
  kind: 'per-minute-quota' | 'sending-limit',
  when: { readonly now: number; readonly retryAt: number; readonly said: RetryTime },
): PeerAnswer {
  const inText = when.said === 'text' || when.said === 'header-and-text';
  const inHeader = when.said === 'header' || when.said === 'header-and-text';
  const time = new Date(when.retryAt).toISOString();
  const seconds = Math.max(1, Math.ceil((when.retryAt - when.now) / 1000));
  const quota = kind === 'per-minute-quota';
  return apiError({
    code: quota ? 403 : 429,
    message: `User-rate limit exceeded.${inText ? `  Retry after ${time}` : ''}`,
    status: quota ? 'PERMISSION_DENIED' : 'RESOURCE_EXHAUSTED',
    reason: quota ? 'rateLimitExceeded' : 'userRateLimitExceeded',
    domain: 'usageLimits',
    ...(inHeader && { headers: { 'retry-after': String(seconds) } }),
  });
}

/** 5xx backendError (guides/handle-errors). */
export function serverError(status: number): PeerAnswer {
  const unavailable = status === 503;
  return apiError({
    code: status,
    message: unavailable ? 'The service is currently unavailable.' : 'Internal error encountered.',
    status: unavailable ? 'UNAVAILABLE' : 'INTERNAL',
    reason: 'backendError',
    ...(unavailable && { inner: 'Backend Error' }),
  });
}

/** Errors of the token and revoke endpoints (RFC 6749 section 5.2, with Google's descriptions). */
export function oauthError(status: number, error: string, description: string): PeerAnswer {
  return json({ error, error_description: description }, status);
}
