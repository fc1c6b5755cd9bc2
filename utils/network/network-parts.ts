import type { Clock } from '../platform/platform.ts';
import type { CallRecord } from './network.ts';

/** What the network is built from. */
export interface NetworkParts {
  /** The browser's own, bound; or a test's. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  /** Exact host names. No other is ever called. */
  readonly hosts: readonly string[];
  /** False only when the browser knows that there is no network. */
  isOnline(): boolean;
  /** Told of each call when it has ended, probes included. What it throws changes nothing. */
  record(call: CallRecord): void;
  /** Whether the person allowed this host, so that CORS hides nothing. Without it: not known. */
  hasHostPermission?(host: string): Promise<boolean>;
}
