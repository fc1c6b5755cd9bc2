/**
 * Room `network`: the only place that fetches.
 *
 * It calls hosts of a closed list and no other, also when an answer names one; takes no redirect
 * for an answer (docs/decisions/0002-redirects.md), sends no cookies, ends every call in time, and
 * tells a recorder about each one: host, purpose, sizes, times, result, never content. It refuses
 * everything else by throwing `NetworkError`. Called by oauth and the providers; built in
 * entrypoints/background.ts.
 */
import type { EpochMs } from '../platform/platform.ts';
import type { NetworkErrorCode } from './network-error.ts';

export { createNetwork } from './create-network.ts';
export { NetworkError, type NetworkErrorCode } from './network-error.ts';
export type { NetworkParts } from './network-parts.ts';
export { LONGEST_WAIT_MS, msUntil, retryAfterMs } from './retry-after.ts';

/** One request. Exactly these headers are sent, besides those that the browser adds. */
export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  /** Null for no body. */
  readonly body: Uint8Array<ArrayBuffer> | string | null;
  /** What the call is for, as the privacy page shows it. */
  readonly purpose: CallPurpose;
  /** The account's random id; null when no account is involved yet. */
  readonly accountId: string | null;
  /** For the whole call, the answer's body included. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /**
   * True where the server says 308 without a Location for "incomplete, go on" (Google's upload
   * sessions): then it is an answer like any other. A real redirect is refused here too.
   */
  readonly allows308?: boolean;
  /** The answer's header in which this host names the call for its support; it goes to the recorder. */
  readonly traceHeader?: string;
}

/** What a call can be for. The privacy page has a sentence for each. */
export type CallPurpose =
  | 'sign-in'
  | 'renew-token'
  | 'identify-account'
  | 'revoke'
  | 'test-client'
  | 'open-upload'
  | 'send-mail'
  | 'ask-upload-status'
  | 'write-draft'
  | 'upload-file'
  | 'find-mail'
  | 'discard-draft'
  | 'probe-host';

/** An answer, whole. Header names are matched without case. */
export interface HttpAnswer {
  readonly status: number;
  /** The header's value; null when absent or hidden by CORS. */
  header(name: string): string | null;
  /** The body as text (UTF-8), cut at 1 MiB. */
  readonly text: string;
}

/** What the recorder is told about each call, also about the refused ones. No content. */
export interface CallRecord {
  readonly at: EpochMs;
  readonly host: string;
  readonly purpose: CallPurpose;
  readonly accountId: string | null;
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly requestBytes: number;
  readonly answerBytes: number;
  readonly durationMs: number;
  readonly result: 'answered' | NetworkErrorCode;
  /** The host's own id of the call, for its support; null when it gave none, or it is hidden. */
  readonly requestId: string | null;
}

/** The only way out. */
export interface Network {
  /**
   * Makes one call. Any status is an answer, except those that redirect (301, 302, 303, 307, 308).
   * @throws NetworkError when there is no answer.
   */
  request(request: HttpRequest): Promise<HttpAnswer>;
}
