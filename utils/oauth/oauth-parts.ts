import type { Network } from '../network/network.ts';
import type { Clock, Random, WebAuth } from '../platform/platform.ts';

/** What the room is built from. */
export interface OAuthParts {
  readonly network: Network;
  readonly webAuth: WebAuth;
  readonly random: Random;
  readonly clock: Clock;
  /** False only when the browser knows that there is no network. */
  isOnline(): boolean;
}
