import type { ProviderDeclaration, Rung, TokenOutcome } from '../providers/providers.ts';
import type { AccessToken } from './access-tokens.ts';
import { isUnreadable } from './account-book.ts';
import type { AccountRecord, StoredHealth } from './account-record.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import { grantedRights, inOrder } from './granted-rungs.ts';
import { renewToken, type Renewal } from './renew-token.ts';
import { endOfRefreshToken, withRefreshToken } from './with-refresh-token.ts';

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
  if (renewal.kind === 'renewed') return await kept(desk, wanted, renewal);
  // A further right that is gone, also by the hand of an administrator, says nothing about sending.
  const gone =
    (renewal.kind === 'needs-sign-in' && renewal.why === 'consent_required') ||
    (renewal.kind === 'needs-admin' && renewal.link !== null);
  if (gone && rung !== 'send') return await withoutRung(desk, accountId, rung);
  return await noted(desk, accountId, renewal);
}

async function withoutRung(
  { book }: AccountsDesk,
  accountId: string,
  rung: Rung,
): Promise<TokenOutcome> {
  await book.change(accountId, (record) => ({
    ...record,
    rungs: record.rungs.filter((each) => each !== rung),
    refreshTokens: record.refreshTokens.filter((each) => each.rung !== rung),
  }));
  return { kind: 'missing-right', rung };
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
  const rights = grantedRights(declaration, { rung, held: others }, grant.scopes);
  // Without the person's name it was a refresh token's turn, and what came is that one rotated.
  const rotated = identity ? null : record.refreshTokens.find((each) => each.rung === rung);
  return {
    ...record,
    ...(identity && { address: identity.address, name: identity.name || record.name }),
    rungs: inOrder([...others, ...rights.rungs]),
    carriesMore: [...rights.more],
    refreshTokens: withRefreshToken(record.refreshTokens, {
      rung,
      token: grant.refreshToken,
      clientId,
      obtainedAt: issuedAt,
      endsAt: endOfRefreshToken(declaration.authorization, grant, {
        now: issuedAt,
        rotated: rotated ?? null,
      }),
    }),
    silentAt: identity ? issuedAt : record.silentAt,
    health: { kind: 'works' },
    renewalPause: null,
  };
}

/** Remembers for every page why there is no token. Lack of network says nothing about an account. */
async function noted(
  desk: AccountsDesk,
  accountId: string,
  outcome: Exclude<Renewal, { readonly kind: 'renewed' }>,
): Promise<TokenOutcome> {
  const health: StoredHealth | null =
    outcome.kind === 'needs-sign-in' || outcome.kind === 'needs-admin' || outcome.kind === 'refused'
      ? outcome
      : null;
  if (health) await desk.book.change(accountId, (record) => ({ ...record, health }));
  if (outcome.kind === 'unavailable' && outcome.retryAfterMs !== undefined) {
    const { reason, retryAfterMs } = outcome;
    const renewalPause = { until: desk.clock.now() + retryAfterMs, reason };
    await desk.book.change(accountId, (record) => ({ ...record, renewalPause }));
  }
  if (outcome.kind !== 'needs-admin') return outcome;
  // To a mail it is a refusal; the account tells what an administrator can do about it.
  return { kind: 'refused', code: outcome.code, detail: '' };
}
