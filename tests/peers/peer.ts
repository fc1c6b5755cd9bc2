/**
 * What a peer is: a local stand-in for a provider's server, reachable under the real host names.
 *
 * A peer is a list of hosts, each with one function from a request to an answer. It never touches a
 * socket: the router (host-router.ts) reads the request, applies faults and CORS, and writes the
 * answer. So a fault works on every peer alike, and a peer can be driven in-process without TLS.
 */

/** A request as a peer sees it. Header names are lower case. */
export interface PeerRequest {
  readonly method: string;
  /** Absolute, with the real host name. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it arrives. Ends with an error when the connection is cut. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** What a peer answers. */
export interface PeerAnswer {
  readonly status: number;
  /** The status line's words, where the real server has its own (`308 Resume Incomplete`). */
  readonly statusText?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

/** Who may read an answer from a web page, as the real server would say it; null: nobody. */
export interface CorsRule {
  /** The origin that is allowed: `*`, or the one that the request (or its session) named. */
  readonly allowOrigin: string;
  readonly allowMethods: readonly string[];
  /** Answer headers beyond the safelisted ones (Fetch standard, "CORS-safelisted response-header name"). */
  readonly exposeHeaders: readonly string[];
}

/** One host name of a peer. */
export interface PeerHost {
  readonly host: string;
  readonly answer: (request: PeerRequest) => Promise<PeerAnswer>;
  /** Asked for every request that has an Origin header, preflights too. */
  readonly cors: (request: PeerRequest) => CorsRule | null;
  /** How this server words the refusals that a fault can ask for; absent: a bare status. */
  readonly refusals?: Refusals;
  /** Forgets the upload session that the request names; it answers `status` from then on. */
  readonly forgetSession?: (request: PeerRequest, status: number) => void;
}

/** Answers of the host that the router gives in its name. */
export interface Refusals {
  readonly unauthorized: () => PeerAnswer;
  readonly tooManyRequests: (retryAfterSeconds: number | null) => PeerAnswer;
  readonly serverError: (status: number) => PeerAnswer;
}

/** Something that the router can mount. */
export interface Peer {
  readonly hosts: readonly PeerHost[];
}
