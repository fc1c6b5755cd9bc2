import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { secret, type Clock, type EpochMs, type Secret } from '../platform/platform.ts';
import type { Rung } from '../providers/providers.ts';
import type { SealedRecords } from '../vault/vault.ts';
import { RUNGS } from '../vocabulary/vocabulary.ts';
import { isUnreadable } from './account-book.ts';

/** An access token: sealed, in storage.session, under `<account>.<rung>`. It ends with the browser. */
export const accessTokenRecords = {
  kind: 'access-token',
  version: 1,
  schema: once(() =>
    z.object({
      token: z.string().check(z.minLength(1)),
      issuedAt: z.number(),
      expiresAt: z.number(),
      /** True when it came in place of one that the provider had refused. */
      replacesRejected: z.boolean(),
    }),
  ),
} as const;

/** An access token as stored. */
export type AccessTokenRecord = z.infer<ReturnType<typeof accessTokenRecords.schema>>;

/** What is known of an access token. */
export interface AccessToken {
  readonly token: Secret;
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly replacesRejected: boolean;
}

/** A token that ends within this time might end on its way. */
const MARGIN_MS = 60_000;

/** The access tokens at hand. */
export interface AccessTokens {
  /** Null when there is none, or none that can be opened: another can be had. */
  get(accountId: string, rung: Rung): Promise<AccessToken | null>;
  /** What `get` gives of every token, all of them read at once. */
  readAll(): Promise<TokensSeen>;
  put(accountId: string, rung: Rung, token: AccessToken): Promise<void>;
  drop(accountId: string, rung: Rung): Promise<void>;
  /** Every token of the account. */
  wipe(accountId: string): Promise<void>;
  /** Good for at least another minute. */
  isFresh(token: AccessToken): boolean;
}

/** What a view of an account is made from. */
export type TokensSeen = Pick<AccessTokens, 'get' | 'isFresh'>;

/** The tokens in a store of sealed records. */
export function createAccessTokens(
  session: SealedRecords<AccessTokenRecord>,
  clock: Clock,
): AccessTokens {
  const key = (accountId: string, rung: Rung): string => `${accountId}.${rung}`;
  const isFresh: AccessTokens['isFresh'] = ({ expiresAt }) => expiresAt - MARGIN_MS > clock.now();
  return {
    async get(accountId, rung) {
      try {
        const stored = await session.get(key(accountId, rung));
        return stored && { ...stored, token: secret(stored.token) };
      } catch (error) {
        if (isUnreadable(error)) return null;
        throw error;
      }
    },
    async readAll() {
      const { records } = await session.list();
      const tokens = new Map(
        records.map(({ id, value }) => [id, { ...value, token: secret(value.token) }]),
      );
      const get = (accountId: string, rung: Rung): Promise<AccessToken | null> =>
        Promise.resolve(tokens.get(key(accountId, rung)) ?? null);
      return { get, isFresh };
    },
    put: (accountId, rung, token) =>
      session.put(key(accountId, rung), { ...token, token: token.token.reveal() }),
    drop: (accountId, rung) => session.remove(key(accountId, rung)),
    async wipe(accountId) {
      for (const rung of RUNGS) await session.remove(key(accountId, rung));
    },
    isFresh,
  };
}
