/**
 * The browser's window for authorisation in a test's hand: what was launched can be read, and how
 * it ends is said by the test. The scripted person of `tests/peers` clicks real pages instead.
 */
import type { WebAuth, WebAuthOutcome } from '../../utils/platform/platform.ts';

/** One window that was asked for. */
export interface Launch {
  readonly url: URL;
  readonly interactive: boolean;
  readonly timeoutMs: number;
}

/** How a window ends. */
export type LaunchEnd = (launch: Launch) => WebAuthOutcome | Promise<WebAuthOutcome>;

/** A window for authorisation that ends as the test says. */
export interface FakeWebAuth extends WebAuth {
  /** Every window so far, oldest first. */
  readonly launches: readonly Launch[];
  /** How windows end from now on. At first the person closes each. */
  endWith(end: LaunchEnd): void;
}

/** A browser whose redirect URIs lie at `https://<extensionId>.chromiumapp.org/`. */
export function createFakeWebAuth(extensionId = 'abcdefghijklmnopabcdefghijklmnop'): FakeWebAuth {
  const launches: Launch[] = [];
  let end: LaunchEnd = () => ({ kind: 'cancelled' });
  return {
    launches,
    endWith: (next) => {
      end = next;
    },
    redirectUri: (path) => `https://${extensionId}.chromiumapp.org/${path}`,
    launch: async ({ url, ...how }) => {
      const launch = { url: new URL(url), ...how };
      launches.push(launch);
      return await end(launch);
    },
  };
}

/** The redirect that answers a launch: to its redirect URI, with its state, where its flow puts fields. */
export function cameBack(
  { url }: Launch,
  fields: Readonly<Record<string, string>>,
): { readonly kind: 'redirected'; readonly url: string } {
  const {
    redirect_uri: to = '',
    state = '',
    response_type: flow,
  } = Object.fromEntries(url.searchParams);
  const answer = new URLSearchParams({ state, ...fields }).toString();
  return { kind: 'redirected', url: `${to}${flow === 'code' ? '?' : '#'}${answer}` };
}
