import type { ProviderDeclaration, Rung, TokenOutcome } from '../providers/providers.ts';
import type { AccessToken } from './access-tokens.ts';
import { isUnreadable } from './account-book.ts';
import { inOrder, rungsOf, type AccountRecord } from './account-record.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { AccountHealth } from './accounts.ts';
import { renewToken, type Renewal } from './renew-token.ts';
import { withRefreshToken } from './with-refresh-token.ts';

/** A token that was new and is refused within this time was never good for anything. */
const REJECTED_ANEW_MS = 5 * 60_000;

interface Wanted {
  readonly accountId: string;
  readonly rung: Rung;
  /** True when the provider refused the token that was given last. */
  readonly rejected: boolean;
}

/**
 * A token for one act: from the cache, or renewed. One renewal runs at a time for an account and
 * rung, in all contexts together; whoever waited takes what it brought.
 */
export async function freshToken(desk: AccountsDesk, wanted: Wanted): Promise<TokenOutcome> {
  const { accountId, rung, rejected } = wanted;
  const seen = await desk.tokens.get(accountId, rung);
  if (seen && !rejected && desk.tokens.isFresh(seen)) return { kind: 'token', token: seen.token };
  return await desk.exclusively(`postern.renew.${accountId}.${rung}`, async () => {
    const cached = await desk.tokens.get(accountId, rung);
    const renewedMeanwhile = cached?.token.reveal() !== seen?.token.reveal();
    if (cached && (renewedMeanwhile || !rejected) && desk.tokens.isFresh(cached)) {
      return { kind: 'token', token: cached.token };
    }
    if (cached && rejected) {
      await desk.tokens.drop(accountId, rung);
      if (wasJustReplaced(desk, cached)) {
        return await noted(desk, accountId, { kind: 'needs-sign-in', why: 'token_rejected' });
      }
    }
    return await renewed(desk, wanted);
  });
}

function wasJustReplaced(desk: AccountsDesk, { replacesRejected, issuedAt }: AccessToken): boolean {
  return replacesRejected && desk.clock.now() - issuedAt < REJECTED_ANEW_MS;
}

async function renewed(desk: AccountsDesk, wanted: Wanted): Promise<TokenOutcome> {
  const { accountId, rung } = wanted;
  let record: AccountRecord | null;
  try {
    record = await desk.book.find(accountId);
  } catch (error) {
    if (isUnreadable(error)) return { kind: 'refused', code: 'account_unreadable', detail: '' };
    throw error;
  }
  if (!record?.granted) return { kind: 'needs-sign-in', why: 'no_grant' };
  if (!record.rungs.includes(rung)) return { kind: 'missing-right', rung };
  const renewal = await renewToken(desk, { accountId, record, rung });
  return renewal.kind === 'renewed'
    ? await kept(desk, wanted, renewal)
    : await noted(desk, accountId, renewal);
}

/**
 * Stores what was renewed before it is used: the rotated refresh token first, since the old one may
 * be dead by now, then the access token. An account that was revoked or forgotten meanwhile gets neither.
 */
async function kept(
  desk: AccountsDesk,
  { accountId, rung, rejected }: Wanted,
  renewal: Extract<Renewal, { readonly kind: 'renewed' }>,
): Promise<TokenOutcome> {
  const { grant } = renewal;
  const issuedAt = desk.clock.now();
  const stored = await desk.book.change(
    accountId,
    (record) => {
      const provider = desk.providers.get(record.providerId);
      if (!record.granted || !provider) return null;
      return afterRenewal(record, { rung, renewal, issuedAt, ...provider });
    },
    async (after) => {
      if (!after.rungs.includes(rung)) return;
      const { accessToken: token, expiresAt } = grant;
      const access = { token, issuedAt, expiresAt, replacesRejected: rejected };
      await desk.tokens.put(accountId, rung, access);
    },
  );
  if (!stored) return { kind: 'needs-sign-in', why: 'no_grant' };
  return stored.rungs.includes(rung)
    ? { kind: 'token', token: grant.accessToken }
    : { kind: 'missing-right', rung };
}

function afterRenewal(
  record: AccountRecord,
  {
    rung,
    renewal: { grant, clientId, identity },
    issuedAt,
    declaration,
  }: {
    readonly rung: Rung;
    readonly renewal: Extract<Renewal, { readonly kind: 'renewed' }>;
    readonly issuedAt: number;
    readonly declaration: ProviderDeclaration;
  },
): AccountRecord {
  const others = record.rungs.filter((each) => each !== rung);
  return {
    ...record,
    ...(identity && { address: identity.address, name: identity.name || record.name }),
    rungs: inOrder([...others, ...rungsOf(declaration, grant.scopes)]),
    refreshTokens: withRefreshToken(record.refreshTokens, {
      rung,
      token: grant.refreshToken,
      clientId,
      obtainedAt: issuedAt,
    }),
    health: { kind: 'works' },
  };
}

/** Remembers for every page why there is no token. Lack of network says nothing about an account. */
async function noted<T extends Exclude<TokenOutcome, { readonly kind: 'token' }>>(
  desk: AccountsDesk,
  accountId: string,
  outcome: T,
): Promise<T> {
  const health: AccountHealth | null =
    outcome.kind === 'needs-sign-in' || outcome.kind === 'refused' ? outcome : null;
  if (health) await desk.book.change(accountId, (record) => ({ ...record, health }));
  return outcome;
}
