import type { PeerClock } from '../clock.ts';
import type { GoogleIds } from './google-ids.ts';
import type { GoogleClient } from './google-options.ts';
import { isGmail, isSignIn } from './scopes.ts';

/** An access token: what it may do, for whom, until when. */
export interface AccessToken {
  readonly value: string;
  readonly account: string;
  readonly client: string;
  readonly project: string;
  readonly scopes: ReadonlySet<string>;
  readonly expiresAt: number;
  /** The refresh token that belongs to the same grant, or null. */
  readonly refreshToken: string | null;
}

/** A refresh token. */
export interface RefreshToken {
  readonly value: string;
  readonly account: string;
  readonly client: string;
  readonly project: string;
  readonly scopes: ReadonlySet<string>;
  /** 7 days after issue for a client in testing, else never. */
  readonly expiresAt: number;
  usedAt: number;
}

/** What a token is issued for. */
export interface TokenRequest {
  readonly account: string;
  readonly client: GoogleClient;
  readonly scopes: ReadonlySet<string>;
  readonly refreshToken: string | null;
}

/** All living tokens. A token that is not here is revoked, expired or made up: Google tells nobody which. */
export interface Tokens {
  issueAccess(request: TokenRequest): AccessToken;
  issueRefresh(request: Omit<TokenRequest, 'refreshToken'>): RefreshToken;
  /** Null when it is not, or no longer, good. */
  access(value: string): AccessToken | null;
  /** Null when it is not, or no longer, good. Counts as a use. */
  refresh(value: string): RefreshToken | null;
  /** The account and project behind any token that is good; null otherwise. */
  ownerOf(value: string): { readonly account: string; readonly project: string } | null;
  /** Kills everything of one account in one project: access, refresh, all clients (PROVIDERS.md A4). */
  killProject(account: string, project: string): void;
  /** Kills everything of an account; with `gmailOnly` just the refresh tokens that hold Gmail scopes. */
  killAccount(account: string, kind: 'all' | 'gmail-refresh' | 'access'): void;
}

const DAY_MS = 86_400_000;
/** PROVIDERS.md A4: "RT dies after 6 months unused". */
const UNUSED_MS = 182 * DAY_MS;
/** PROVIDERS.md A2, Testing status: authorisations expire after 7 days unless only name/email/profile were asked. */
const TESTING_MS = 7 * DAY_MS;
/** PROVIDERS.md A4: 100 refresh tokens per account per client id, oldest silently dropped. */
const REFRESH_LIMIT = 100;

/** The project of a client: one for all, unless it says otherwise. */
export function projectOf(client: GoogleClient): string {
  return client.project ?? 'postern-test';
}

/** No tokens at first. `lifeMs` is the life of an access token. */
export function createTokens(options: {
  readonly clock: PeerClock;
  readonly ids: GoogleIds;
  readonly lifeMs: number;
}): Tokens {
  const { clock, ids, lifeMs } = options;
  const living = new Map<string, AccessToken>();
  const refreshing = new Map<string, RefreshToken>();

  const access: Tokens['access'] = (value) => {
    const token = living.get(value);
    if (!token) return null;
    if (clock.now() < token.expiresAt) return token;
    living.delete(value);
    return null;
  };
  const findRefresh = (value: string): RefreshToken | null => {
    const token = refreshing.get(value);
    const now = clock.now();
    return token && now < token.expiresAt && now < token.usedAt + UNUSED_MS ? token : null;
  };

  return {
    access,
    issueAccess: ({ account, client, scopes, refreshToken }) => {
      const token = {
        value: ids.accessToken(),
        account,
        client: client.id,
        project: projectOf(client),
        scopes,
        expiresAt: clock.now() + lifeMs,
        refreshToken,
      };
      living.set(token.value, token);
      return token;
    },
    issueRefresh: ({ account, client, scopes }) => {
      const now = clock.now();
      const shortLived = client.status === 'testing' && ![...scopes].every(isSignIn);
      const token = {
        value: ids.refreshToken(),
        account,
        client: client.id,
        project: projectOf(client),
        scopes,
        expiresAt: shortLived ? now + TESTING_MS : Infinity,
        usedAt: now,
      };
      refreshing.set(token.value, token);
      const siblings = [...refreshing.values()].filter(
        (each) => each.account === account && each.client === client.id,
      );
      for (const oldest of siblings.slice(0, -REFRESH_LIMIT)) refreshing.delete(oldest.value);
      return token;
    },
    refresh: (value) => {
      const token = findRefresh(value);
      if (token) token.usedAt = clock.now();
      return token;
    },
    ownerOf: (value) => access(value) ?? findRefresh(value),
    killProject: (account, project) => {
      for (const map of [living, refreshing]) {
        for (const [value, token] of map) {
          if (token.account === account && token.project === project) map.delete(value);
        }
      }
    },
    killAccount: (account, kind) => {
      for (const [value, token] of living) {
        if (token.account === account && kind !== 'gmail-refresh') living.delete(value);
      }
      for (const [value, token] of refreshing) {
        if (token.account !== account || kind === 'access') continue;
        if (kind === 'all' || [...token.scopes].some(isGmail)) refreshing.delete(value);
      }
    },
  };
}
