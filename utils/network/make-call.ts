import { NetworkError, type NetworkErrorCode } from './network-error.ts';
import type { HttpRequest } from './network.ts';
import type { NetworkParts } from './network-parts.ts';

/** A call to a host that was found on the list. */
export interface Call {
  readonly url: URL;
  readonly about: Pick<HttpRequest, 'purpose' | 'accountId' | 'timeoutMs' | 'signal'>;
  readonly init: RequestInit;
  readonly requestBytes: number;
}

/** What is made of an answer, or of its absence. */
export interface Exchange<T> {
  /** Reads the answer to its end. @throws NetworkError when it is none. */
  read(response: Response): Promise<{
    readonly value: T;
    /** Null when it can't be seen. */
    readonly status: number | null;
    readonly answerBytes: number;
    readonly requestId: string | null;
  }>;
  /** Why there may have been no answer at all, when time, signal and connection don't say. */
  explain(): Promise<NetworkErrorCode>;
}

/** Sent with every call: no cookie, no cache, nothing about where it came from. */
const DISCREET = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' } as const;

/**
 * Makes one call in its time and tells the recorder how it ended.
 * @throws NetworkError
 */
export async function makeCall<T>(
  parts: NetworkParts,
  call: Call,
  exchange: Exchange<T>,
): Promise<T> {
  const { clock } = parts;
  const at = clock.now();
  const deadline = deadlineOf(parts, call);
  let headArrived = false;
  try {
    refuseInVain(parts, call);
    const { url, init } = call;
    const { signal } = deadline;
    const response = await parts.fetch(url.href, { ...DISCREET, ...init, signal });
    headArrived = true;
    const { value, ...seen } = await exchange.read(response);
    note(parts, call, { ...seen, at, durationMs: clock.now() - at, result: 'answered' });
    return value;
  } catch (cause) {
    const durationMs = clock.now() - at;
    const known = cause instanceof NetworkError ? cause.code : deadline.code();
    const result =
      known ?? (headArrived || !parts.isOnline() ? 'failed' : await exchange.explain());
    const unseen = { status: null, answerBytes: 0, requestId: null };
    note(parts, call, { ...unseen, at, durationMs, result });
    throw cause instanceof NetworkError
      ? cause
      : new NetworkError(result, call.url.hostname, { cause });
  } finally {
    deadline.lift();
  }
}

/** Tells the recorder. A log that fails must not take a mail with it, so its error ends here. */
export function note(
  parts: NetworkParts,
  call: Pick<Call, 'about' | 'requestBytes'> & { readonly url: { readonly hostname: string } },
  end: Pick<
    Parameters<NetworkParts['record']>[0],
    'at' | 'durationMs' | 'status' | 'answerBytes' | 'result' | 'requestId'
  >,
): void {
  const leftNothing = end.result === 'offline' || end.result === 'host-not-allowed';
  try {
    parts.record({
      ...end,
      host: call.url.hostname,
      purpose: call.about.purpose,
      accountId: call.about.accountId,
      requestBytes: leftNothing ? 0 : call.requestBytes,
    });
  } catch {
    return;
  }
}

/** @throws NetworkError for a call that need not be tried. */
function refuseInVain(parts: NetworkParts, { about, url }: Call): void {
  if (about.signal?.aborted === true) throw new NetworkError('aborted', url.hostname);
  if (!parts.isOnline()) throw new NetworkError('offline', url.hostname);
}

/** Ends a call by its time or by the caller, and knows which of them it was. */
function deadlineOf(
  { clock }: NetworkParts,
  { about }: Call,
): {
  readonly signal: AbortSignal;
  /** Null when neither ended it. */
  code(): 'aborted' | 'timeout' | null;
  lift(): void;
} {
  const timeout = new AbortController();
  const lifted = new AbortController();
  void clock.sleep(about.timeoutMs, lifted.signal).then(() => {
    if (!lifted.signal.aborted) timeout.abort();
  });
  const byCaller = about.signal;
  return {
    signal: byCaller ? AbortSignal.any([timeout.signal, byCaller]) : timeout.signal,
    code: () => {
      if (byCaller?.aborted === true) return 'aborted';
      return timeout.signal.aborted ? 'timeout' : null;
    },
    lift: () => lifted.abort(),
  };
}
