/** Which requests a fault, a hold, a CORS mode or a question to the log is about. All that is given must fit. */
export interface RequestMatch {
  readonly host?: string;
  readonly method?: string;
  /** A string must equal the path; a pattern must be found in it. No query. */
  readonly path?: string | RegExp;
  /** Found in the query string, without the `?`. */
  readonly query?: RegExp;
  /** Found in the Content-Range header; a request without one does not fit. */
  readonly contentRange?: RegExp;
}

/** What is compared with a match. */
export interface Matchable {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly contentRange: string | null;
}

/** True when every given part of `match` fits. An empty match fits everything but preflights. */
export function fits(match: RequestMatch, request: Matchable): boolean {
  if (match.method === undefined && request.method === 'OPTIONS') return false;
  return (
    (match.host === undefined || match.host === request.host) &&
    (match.method === undefined || match.method === request.method) &&
    fitsPath(match.path, request.path) &&
    (match.query === undefined || match.query.test(request.query)) &&
    (match.contentRange === undefined ||
      (request.contentRange !== null && match.contentRange.test(request.contentRange)))
  );
}

function fitsPath(wanted: string | RegExp | undefined, path: string): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? wanted === path : wanted.test(path);
}
