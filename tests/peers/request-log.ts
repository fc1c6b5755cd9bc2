import { fits, type Matchable, type RequestMatch } from './request-match.ts';

/** One request as it was seen on the wire, preflights included. */
export interface LoggedRequest extends Matchable {
  /** 1 for the first request of this log. */
  readonly number: number;
  readonly at: number;
  /** The Origin header; null when the client sent none. */
  readonly origin: string | null;
  readonly authorized: boolean;
  /** Body bytes that arrived (also of a request that was cut). */
  requestBytes: number;
  /** Null until answered, and for ever when the connection was cut instead. */
  status: number | null;
  responseBytes: number;
  /** The kind of the fault that struck it, or null. */
  fault: string | null;
}

/** Everything that reached the peers, in order of arrival. */
export interface RequestLog {
  /** All requests, or those that fit. Preflights only when `match.method` is OPTIONS. */
  requests(match?: RequestMatch): readonly LoggedRequest[];
  /** Everything, preflights too. */
  readonly all: readonly LoggedRequest[];
  /** The host names that were called, without repeats. */
  hosts(): readonly string[];
  clear(): void;
}

/** The log with the router's way of writing to it. */
export interface WritableRequestLog extends RequestLog {
  open(
    seen: Matchable & { readonly at: number; readonly origin: string | null; authorized: boolean },
  ): LoggedRequest;
}

/** An empty log. Numbers go on after `clear`, so that two entries never share one. */
export function createRequestLog(): WritableRequestLog {
  const all: LoggedRequest[] = [];
  let last = 0;
  return {
    all,
    requests: (match = {}) => all.filter((entry) => fits(match, entry)),
    hosts: () => [...new Set(all.map((entry) => entry.host))],
    clear: () => {
      all.length = 0;
    },
    open: (seen) => {
      last += 1;
      const entry: LoggedRequest = {
        ...seen,
        number: last,
        requestBytes: 0,
        status: null,
        responseBytes: 0,
        fault: null,
      };
      all.push(entry);
      return entry;
    },
  };
}
