/**
 * Room `network`: the only place that fetches.
 *
 * It calls hosts of a closed list and no other, also when an answer names one; never follows a
 * redirect by itself, sends no cookies, ends every call in time, and tells a recorder about each
 * one: host, purpose, sizes, times, result, never content. It refuses everything else by throwing
 * `NetworkError`. Called by oauth and the providers; built in entrypoints/background.ts.
 */
import type { EpochMs } from '../platform/platform.ts';

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
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
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
  | 'probe-host';

/** An answer, whole. Header names are matched without case. */
export interface HttpAnswer {
  readonly status: number;
  /** The header's value; null when absent or hidden by CORS. */
  header(name: string): string | null;
  /** The body as text (UTF-8), cut at 1 MiB. */
  readonly text: string;
}

/** Why no answer could be had. None of these says whether the request's body arrived. */
export type NetworkErrorCode =
  | 'host-not-allowed'
  | 'offline'
  | 'timeout'
  | 'aborted'
  | 'failed'
  /** The host is reachable, but the browser hides its answers from us: the host permission is missing. */
  | 'cors-refused';

/** Thrown when there is no answer. */
export class NetworkError extends Error {
  readonly code: NetworkErrorCode;
  /** The host that was called or refused. */
  readonly host: string;
  constructor(code: NetworkErrorCode, host: string, options?: ErrorOptions) {
    super(`${code}: ${host}`, options);
    this.name = 'NetworkError';
    this.code = code;
    this.host = host;
  }
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
}

/** The only way out. */
export interface Network {
  /**
   * Makes one call. Any status is an answer; redirects (3xx) are answers too and are not followed.
   * @throws NetworkError when there is no answer.
   */
  request(request: HttpRequest): Promise<HttpAnswer>;
}
