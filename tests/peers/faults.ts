import type { LoggedRequest } from './request-log.ts';
import { fits, type RequestMatch } from './request-match.ts';

/**
 * What can go wrong with one request. Whether the peer took the request is part of the name:
 * "before" and `refuse` never reach it, "after-accept" and `answer-…` were taken in full.
 */
export type Fault =
  /** The connection dies when the head has arrived; nothing of the body is read. */
  | { readonly kind: 'cut-before-body' }
  /** The connection dies after this many body bytes; what an upload session got so far it keeps. */
  | { readonly kind: 'cut-mid-body'; readonly afterBytes: number }
  /** The request is taken in full, then the connection dies without a byte of an answer. */
  | { readonly kind: 'cut-after-accept' }
  /** The request is taken in full; the connection dies in the middle of the answer's body. */
  | { readonly kind: 'cut-mid-answer'; readonly afterBytes: number }
  /** The request is taken in full, yet the answer says this (500, 502, 503, 504 …), in the host's words. */
  | { readonly kind: 'fail-after-accept'; readonly status: number }
  /** Taken in full; the answer's head stays but for its status, and nothing follows (200 instead of 202). */
  | { readonly kind: 'answer-status'; readonly status: number }
  /** The body is read and thrown away; the answer says this (also 200, when nothing was taken). The peer never sees the request. */
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** 429 in the host's words, not taken. Without `retryAfterSeconds` no Retry-After header; a fraction is written as one. */
  | { readonly kind: 'too-many-requests'; readonly retryAfterSeconds?: number }
  /** 401 in the host's words as if the token had died on the way; not taken. */
  | { readonly kind: 'unauthorized' }
  /** The body is taken at this speed. */
  | { readonly kind: 'slow-body'; readonly bytesPerSecond: number }
  /** Taken in full, answered late (real milliseconds). */
  | { readonly kind: 'slow-answer'; readonly delayMs: number }
  /** The upload session that the request names is forgotten first, so it and all later ones get `status`. */
  | { readonly kind: 'forget-session'; readonly status: 404 | 410 }
  /** Taken in full; the Range header of a 308 is replaced, or dropped when null. */
  | { readonly kind: 'answer-range'; readonly range: string | null }
  /** Taken in full; the Location header is dropped or replaced. */
  | { readonly kind: 'answer-location'; readonly location: string | null }
  /** Taken in full; Content-Length of the answer is off by this much, then the connection closes. */
  | { readonly kind: 'answer-length'; readonly offBy: number }
  /** Taken in full; the answer's status stays, its body is not JSON. */
  | { readonly kind: 'answer-garbage'; readonly status?: number; readonly body?: string };

/** A fault and whom it strikes. */
export interface FaultPlan {
  readonly match: RequestMatch;
  readonly fault: Fault;
  /** Strikes first at the nth fitting request (1 is the first, the default). */
  readonly nth?: number;
  /** How many fitting requests in a row are struck; 1 by default, Infinity for all. */
  readonly times?: number;
}

/** A fault that was planned. */
export interface PlannedFault {
  /** How many requests it has struck. */
  struck(): number;
  remove(): void;
}

/** Where a held request stands still. */
export type HoldPoint =
  /** The head is here, nothing of the body has been read. */
  | 'arrived'
  /** This many body bytes are here (or all of a shorter body). */
  | { readonly afterBytes: number }
  /** The peer took the request; nothing of the answer has been written. */
  | 'taken';

/** A request that stands still until it is let go. */
export interface Hold {
  /** Resolves when the request is standing at its point. */
  readonly arrived: Promise<LoggedRequest>;
  /** Lets it (or, when it has not come yet, lets it later) go on. Safe to call twice. */
  release(): void;
}

/** The switchboard of faults and holds; one per router. */
export interface Faults {
  add(plan: FaultPlan): PlannedFault;
  /** Stops the nth fitting request (1 by default) at a point. */
  hold(request: {
    readonly match: RequestMatch;
    readonly at?: HoldPoint;
    readonly nth?: number;
  }): Hold;
  /** Resolves when the nth fitting request from now on has arrived; does not stop it. */
  seen(match: RequestMatch, nth?: number): Promise<LoggedRequest>;
  /** Removes all plans and lets every held request go. */
  clear(): void;
}

/** What the router asks of the switchboard. */
export interface FaultDesk extends Faults {
  /** Counts the request against every plan and hold: called once per request, preflights too. */
  strike(request: LoggedRequest): {
    readonly fault: Fault | null;
    readonly holds: readonly HeldAt[];
  };
}

/** A hold that applies to the request at hand. */
export interface HeldAt {
  readonly at: HoldPoint;
  /** Reports the arrival and waits for the release. */
  stand(request: LoggedRequest): Promise<void>;
}

interface Counted {
  readonly match: RequestMatch;
  readonly nth: number;
  readonly times: number;
  seen: number;
  struck: number;
}

/** An empty switchboard. */
export function createFaults(): FaultDesk {
  const plans = new Set<Counted & { readonly fault: Fault }>();
  const holds = new Set<Counted & HeldAt & { readonly release: () => void }>();

  const hold: Faults['hold'] = ({ match, at = 'arrived', nth = 1 }) => {
    const arrival = Promise.withResolvers<LoggedRequest>();
    const released = Promise.withResolvers<undefined>();
    const release = (): void => released.resolve(undefined);
    const stand = async (request: LoggedRequest): Promise<void> => {
      arrival.resolve(request);
      await released.promise;
    };
    holds.add({ match, at, nth, times: 1, seen: 0, struck: 0, stand, release });
    return { arrived: arrival.promise, release };
  };

  return {
    add: ({ match, fault, nth = 1, times = 1 }) => {
      const plan = { match, fault, nth, times, seen: 0, struck: 0 };
      plans.add(plan);
      return { struck: () => plan.struck, remove: () => void plans.delete(plan) };
    },
    hold,
    seen: (match, nth = 1) => {
      const watched = hold({ match, nth });
      watched.release();
      return watched.arrived;
    },
    clear: () => {
      plans.clear();
      for (const { release } of holds) release();
      holds.clear();
    },
    strike: (request) => {
      const struck = [...plans].filter((plan) => counts(plan, request));
      return {
        fault: struck[0]?.fault ?? null,
        holds: [...holds].filter((held) => counts(held, request)),
      };
    },
  };
}

function counts(planned: Counted, request: LoggedRequest): boolean {
  if (!fits(planned.match, request)) return false;
  planned.seen += 1;
  if (planned.seen < planned.nth || planned.struck >= planned.times) return false;
  planned.struck += 1;
  return true;
}
