import type { GoogleIds } from './google-ids.ts';

/** The Google accounts that are signed in to in one browser, in the order of signing in. */
export interface BrowserSession {
  readonly id: string;
  readonly emails: readonly string[];
}

/** Which browser is signed in to what; a browser is known by its cookie. */
export interface BrowserSessions {
  of(cookieHeader: string | undefined): BrowserSession;
  /** Signs in; the answer has to carry `setCookie`. */
  signIn(session: BrowserSession, email: string): { readonly setCookie: string };
  /** Signs this account out everywhere. */
  signOutEverywhere(email: string): void;
}

/** The name says whose it is: the browser tests look for it when they scan what a browser kept. */
const COOKIE = '__Host-PEER_GSID';

/** Nobody signed in. The cookie holds a random id and no address. */
export function createBrowserSessions(ids: GoogleIds): BrowserSessions {
  const sessions = new Map<string, readonly string[]>();
  return {
    of: (header) => {
      const id = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(header ?? '')?.[1];
      const emails = id === undefined ? undefined : sessions.get(id);
      return id === undefined || !emails ? { id: ids.opaque(), emails: [] } : { id, emails };
    },
    signIn: ({ id, emails }, email) => {
      sessions.set(id, [...new Set([...emails, email])]);
      const aYear = 365 * 86_400;
      return {
        setCookie: `${COOKIE}=${id}; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=${aYear}`,
      };
    },
    signOutEverywhere: (email) => {
      for (const [id, emails] of sessions) {
        sessions.set(
          id,
          emails.filter((each) => each !== email),
        );
      }
    },
  };
}
