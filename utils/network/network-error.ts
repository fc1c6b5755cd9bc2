/**
 * Why no answer could be had. `host-not-allowed` and `offline` are said before anything left; none
 * of the others says whether the request's body arrived.
 */
export type NetworkErrorCode =
  | 'host-not-allowed'
  /** The browser knew that it was offline: no call was made. */
  | 'offline'
  | 'timeout'
  /** The caller's signal. */
  | 'aborted'
  | 'failed'
  /** The host pointed elsewhere instead of answering. What it pointed at counts for nothing. */
  | 'redirected'
  /**
   * The host is reachable, but the browser hides its answers from us: the host permission is
   * missing. Found out by asking again without content, see `cors-probe.ts`.
   */
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
