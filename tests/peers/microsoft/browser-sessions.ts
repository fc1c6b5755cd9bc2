import type { PeerClock } from '../clock.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';

/** The accounts that are signed in to in one browser. */
export interface BrowserSession {
  readonly id: string;
  readonly emails: readonly string[];
}

/** Which browser is signed in to what; a browser is known by its cookie. */
export interface BrowserSessions {
  /** The session of this browser; what has run out is not in it. */
  of(cookieHeader: string | undefined): BrowserSession;
  /** Signs in; the answer has to carry `setCookie`. `stay` is the answer to "Stay signed in?". */
  signIn(session: BrowserSession, email: string, stay: boolean): { readonly setCookie: string };
  /** A use makes it last longer. */
  use(session: BrowserSession, email: string): void;
  signOut(session: BrowserSession): void;
  signOutEverywhere(email: string): void;
}

/** The name says whose it is: the browser tests look for it when they scan what a browser kept. */
const COOKIE = '__Host-PEER_ESTSAUTH';

const DAY_MS = 86_400_000;

/**
 * entra-docs configurable-token-lifetimes.md, "Session tokens": without "stay signed in" a session cookie
 * and 24 hours, with it 90 days; each use begins the time anew.
 */
const lifeMs = (stay: boolean): number => (stay ? 90 : 1) * DAY_MS;

interface SignedIn {
  readonly stay: boolean;
  usedAt: number;
}

/** Nobody signed in. The cookie holds a random id and no address. */
export function createBrowserSessions({
  ids,
  clock,
}: {
  readonly ids: MicrosoftIds;
  readonly clock: PeerClock;
}): BrowserSessions {
  const sessions = new Map<string, Map<string, SignedIn>>();
  const isAlive = ({ stay, usedAt }: SignedIn): boolean => clock.now() < usedAt + lifeMs(stay);
  return {
    of: (header) => {
      const id = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(header ?? '')?.[1];
      const found = id === undefined ? undefined : sessions.get(id);
      if (id === undefined || !found) return { id: ids.opaque(), emails: [] };
      return { id, emails: [...found].filter(([, each]) => isAlive(each)).map(([email]) => email) };
    },
    signIn: ({ id }, email, stay) => {
      const all = sessions.get(id) ?? new Map<string, SignedIn>();
      sessions.set(id, all.set(email, { stay, usedAt: clock.now() }));
      const lasting = [...all.values()].some((each) => each.stay);
      const age = lasting ? `; Max-Age=${lifeMs(true) / 1000}` : '';
      return { setCookie: `${COOKIE}=${id}; Path=/; Secure; HttpOnly; SameSite=None${age}` };
    },
    use: ({ id }, email) => {
      const signedIn = sessions.get(id)?.get(email);
      if (signedIn) signedIn.usedAt = clock.now();
    },
    signOut: ({ id }) => void sessions.delete(id),
    signOutEverywhere: (email) => {
      for (const all of sessions.values()) all.delete(email);
    },
  };
}
