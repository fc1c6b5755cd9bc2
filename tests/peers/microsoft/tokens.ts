import type { PeerClock } from '../clock.ts';
import type { MicrosoftIds } from './microsoft-ids.ts';
import {
  type MicrosoftAccount,
  type MicrosoftClient,
  type MicrosoftSwitches,
  objectIdOf,
  tenantOf,
} from './microsoft-options.ts';
import type { Resource } from './scopes.ts';

/** An access token: what it may do, for whom, until when. */
export interface AccessToken {
  readonly value: string;
  readonly account: MicrosoftAccount;
  readonly client: MicrosoftClient;
  /** Short names. */
  readonly scopes: ReadonlySet<string>;
  readonly resource: Exclude<Resource, 'sign-in'>;
  readonly expiresAt: number;
}

/** A refresh token. It is bound to no resource (refresh-tokens.md). */
export interface RefreshToken {
  readonly value: string;
  readonly account: MicrosoftAccount;
  readonly client: MicrosoftClient;
  /** Of the redirect address that the code was redeemed with: it may be used with an Origin only. */
  readonly isSpa: boolean;
  /** Short names of what was asked for at first. */
  readonly scopes: ReadonlySet<string>;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** How often the account's tokens had been revoked when it was made. */
  readonly generation: number;
}

/** What a refresh token is worth now. */
export type RefreshFinding =
  | { readonly kind: 'good' | 'expired' | 'revoked'; readonly token: RefreshToken }
  | { readonly kind: 'unknown' };

/** All tokens. Access tokens cannot be revoked: they run out (PROVIDERS.md B3). */
export interface Tokens {
  issueAccess(
    request: Pick<AccessToken, 'account' | 'client' | 'scopes' | 'resource'>,
  ): AccessToken & { readonly lifeSeconds: number };
  /** `before` is the token that this one replaces; it stays good (v2-oauth2-auth-code-flow.md, "Refresh the access token"). */
  issueRefresh(
    request: Pick<RefreshToken, 'account' | 'client' | 'isSpa' | 'scopes'>,
    before?: RefreshToken,
  ): RefreshToken;
  access(value: string): AccessToken | 'expired' | null;
  refresh(value: string): RefreshFinding;
  /** As after a change of password: every refresh token given out until now is dead. */
  revokeRefresh(email: string): void;
  /** Ends living access tokens now. */
  expireAccess(email: string): void;
  /** As if the fixed life of every refresh token given out until now were over (AADSTS700084, 700082). */
  expireRefresh(email: string): void;
}

const DAY_MS = 86_400_000;
/** PROVIDERS.md B1: "SPA 24 h, others 90 days". */
const SPA_LIFE_MS = DAY_MS;
const OTHER_LIFE_MS = 90 * DAY_MS;

/** No tokens at first. */
export function createTokens(parts: {
  readonly clock: PeerClock;
  readonly ids: MicrosoftIds;
  readonly switches: MicrosoftSwitches;
  /** Null: random for work accounts, an hour for personal ones. */
  readonly lifeSeconds: number | null;
}): Tokens {
  const { clock, ids, switches } = parts;
  const living = new Map<string, AccessToken>();
  const refreshing = new Map<string, RefreshToken>();
  const generations = new Map<string, number>();
  const generationOf = ({ email }: MicrosoftAccount): number => generations.get(email) ?? 0;
  const expired = new Set<string>();
  const kindOf = ({ tenant }: MicrosoftAccount) => (tenant === undefined ? 'personal' : 'work');

  const expiryOf = (isSpa: boolean, before: RefreshToken | undefined): number => {
    if (!isSpa) return clock.now() + OTHER_LIFE_MS;
    const carried = before !== undefined && switches.spaEnd === 'carried';
    return carried ? before.expiresAt : clock.now() + SPA_LIFE_MS;
  };

  return {
    issueAccess: ({ account, client, scopes, resource }) => {
      const chosen = account.tenant === undefined ? 3_600 : ids.between(3_600, 5_400);
      const lifeSeconds = parts.lifeSeconds ?? chosen;
      const now = clock.now();
      const value = ids.accessToken(kindOf(account), {
        aud:
          resource === 'graph'
            ? '00000003-0000-0000-c000-000000000000'
            : 'https://outlook.office.com',
        iss: `https://sts.windows.net/${tenantOf(account)}/`,
        iat: Math.floor(now / 1000),
        exp: Math.floor(now / 1000) + lifeSeconds,
        appid: client.id,
        oid: objectIdOf(account),
        tid: tenantOf(account),
        scp: [...scopes].join(' '),
        ver: '1.0',
      });
      const token = {
        value,
        account,
        client,
        scopes,
        resource,
        expiresAt: now + lifeSeconds * 1000,
      };
      living.set(value, token);
      return { ...token, lifeSeconds };
    },
    issueRefresh: (request, before) => {
      const token: RefreshToken = {
        ...request,
        value: ids.refreshToken(kindOf(request.account)),
        issuedAt: before?.issuedAt ?? clock.now(),
        expiresAt: expiryOf(request.isSpa, before),
        generation: generationOf(request.account),
      };
      refreshing.set(token.value, token);
      return token;
    },
    access: (value) => {
      const token = living.get(value);
      if (!token) return null;
      return clock.now() < token.expiresAt && !expired.has(value) ? token : 'expired';
    },
    refresh: (value) => {
      const token = refreshing.get(value);
      if (!token) return { kind: 'unknown' };
      if (token.generation < generationOf(token.account)) return { kind: 'revoked', token };
      const lives = clock.now() < token.expiresAt && !expired.has(value);
      return { kind: lives ? 'good' : 'expired', token };
    },
    revokeRefresh: (email) => void generations.set(email, (generations.get(email) ?? 0) + 1),
    expireAccess: (email) => {
      for (const [value, { account }] of living) if (account.email === email) expired.add(value);
    },
    expireRefresh: (email) => {
      for (const [value, { account }] of refreshing)
        if (account.email === email) expired.add(value);
    },
  };
}
