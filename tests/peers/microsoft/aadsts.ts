import type { PeerClock } from '../clock.ts';
import { escapeHtml, pageAnswer } from '../page-frame.ts';
import type { PeerAnswer } from '../peer.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';

/** An error of the sign-in service (entra-docs reference-error-codes.md). */
export interface Aadsts {
  readonly code: number;
  /** The OAuth error. */
  readonly error: string;
  /** What follows `AADSTS<code>: `. */
  readonly text: string;
  readonly suberror?: string;
}

/** An error by its parts: code, OAuth error, words, suberror. */
export function aadsts(code: number, error: string, text: string, suberror?: string): Aadsts {
  return { code, error, text, ...(suberror !== undefined && { suberror }) };
}

/** Says an error in the three ways that Microsoft does: as JSON, in a redirect, on a page. */
export interface AadstsVoice {
  /** 400, or 401 for `invalid_client` (v2-oauth2-auth-code-flow.md "Error response"; microsoft-authentication-library-for-js#7033 shows a whole body). */
  json(error: Aadsts, correlationId?: string): PeerAnswer;
  /** Fields of a redirect (azure-docs#114009 shows two whole ones). */
  fields(error: Aadsts): readonly [string, string][];
  /** Microsoft's own page; the browser is not sent back. Ids: `error-code`, `error-detail`. */
  page(error: Aadsts, appName: string): PeerAnswer;
}

/** Errors that the documentation links from its lookup page have `error_uri`; here all have. */
export function createAadstsVoice({
  clock,
  ids,
}: {
  readonly clock: PeerClock;
  readonly ids: MicrosoftIds;
}): AadstsVoice {
  const facts = (correlationId = ids.guid()) => ({
    timestamp: new Date(clock.now())
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z/, 'Z'),
    trace_id: ids.guid(),
    correlation_id: correlationId,
  });
  const describe = ({ code, text }: Aadsts, said: ReturnType<typeof facts>): string =>
    `AADSTS${code}: ${text}\r\nTrace ID: ${said.trace_id}\r\nCorrelation ID: ${said.correlation_id}\r\nTimestamp: ${said.timestamp}`;
  const lookup = ({ code }: Aadsts): string =>
    `https://login.microsoftonline.com/error?code=${code}`;
  return {
    json: (error, correlationId) => {
      const said = facts(correlationId);
      const body = {
        error: error.error,
        error_description: describe(error, said),
        error_codes: [error.code],
        ...said,
        error_uri: lookup(error),
        ...(error.suberror !== undefined && { suberror: error.suberror }),
      };
      return tokenJson(body, error.error === 'invalid_client' ? 401 : 400);
    },
    fields: (error) => [
      ['error', error.error],
      ['error_description', describe(error, facts())],
      ['error_uri', lookup(error)],
      ...(error.suberror === undefined
        ? []
        : ([['error_subcode', error.suberror]] as [string, string][])),
    ],
    page: (error, appName) => {
      const said = facts();
      return pageAnswer({
        provider: 'Microsoft',
        title: 'Sign in to your account',
        status: 400,
        body: `<h1>Sorry, but we’re having trouble signing you in</h1>
<p id="error-code"><b>AADSTS${error.code}</b></p>
<p id="error-detail">${escapeHtml(error.text)}</p>
<p class="soft">App: ${escapeHtml(appName)}<br>Correlation ID: ${said.correlation_id}<br>Timestamp: ${said.timestamp}</p>`,
      });
    },
  };
}

/** An answer of the token endpoint; never kept (RFC 6749 section 5.1). */
export function tokenJson(body: unknown, status = 200): PeerAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store, no-cache',
      pragma: 'no-cache',
    },
    body: JSON.stringify(body),
  };
}
