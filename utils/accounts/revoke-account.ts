import type { OAuthClient } from '../oauth/oauth.ts';
import { secret, type Secret } from '../platform/platform.ts';
import type { MailProvider, Rung } from '../providers/providers.ts';
import { isUnreadable } from './account-book.ts';
import type { AccountRecord } from './account-record.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { RevokeResult } from './accounts.ts';
import { renewToken } from './renew-token.ts';

/** A revocation may take a moment to be true everywhere (PROVIDERS A4): asked again after these. */
const LOOKS_AFTER_MS: readonly number[] = [0, 1_000, 3_000];

/** Something of the grant that can be shown to the provider, first to end it and then to see it ended. */
interface Proof {
  readonly token: Secret;
  readonly kind: 'access' | 'refresh';
  readonly rung: Rung;
}

/**
 * Ends the grant at the provider, looks whether it has ended, and wipes what is here of it. The
 * account stays, so that what waits can be sent after a new sign-in. When the call could not be
 * made nothing is wiped: it can be tried again.
 */
export async function revokeAccount(desk: AccountsDesk, accountId: string): Promise<RevokeResult> {
  let record: AccountRecord | null;
  try {
    record = await desk.book.find(accountId);
  } catch (error) {
    // There is a token in it, but nobody can say it to the provider.
    if (isUnreadable(error)) return { kind: 'failed', reason: 'strange-answer' };
    throw error;
  }
  const provider = record && desk.providers.get(record.providerId);
  if (!record?.granted || !provider) return { kind: 'nothing-to-revoke' };
  const result = await ended(desk, { accountId, record, provider });
  if (result.kind !== 'failed') await wipe(desk, accountId);
  return result;
}

interface Revoking {
  readonly accountId: string;
  readonly record: AccountRecord;
  readonly provider: MailProvider;
}

async function ended(desk: AccountsDesk, revoking: Revoking): Promise<RevokeResult> {
  const { accountId, provider } = revoking;
  const proof = await proofAtHand(desk, revoking);
  if ('result' in proof) return proof.result;
  const outcome = await provider.revoke(proof.token, accountId);
  if (outcome.kind !== 'revoked') return outcome;
  return (await isOver(desk, revoking, proof)) ? { kind: 'revoked' } : { kind: 'asked' };
}

/** A refresh token, which stands for the whole grant; or an access token, renewed if need be. */
async function proofAtHand(
  desk: AccountsDesk,
  { accountId, record, provider }: Revoking,
): Promise<Proof | { readonly result: RevokeResult }> {
  const [kept] = record.refreshTokens;
  if (kept) return { token: secret(kept.token), kind: 'refresh', rung: kept.rung };
  const [rung = 'send'] = record.rungs;
  const cached = await desk.tokens.get(accountId, rung);
  if (cached && desk.tokens.isFresh(cached)) return { token: cached.token, kind: 'access', rung };
  const renewal = await renewToken(desk, { accountId, record, rung });
  const byHand = {
    kind: 'local-only',
    consentPage: provider.declaration.authorization.consentPage,
  } as const;
  switch (renewal.kind) {
    case 'renewed':
      return { token: renewal.grant.accessToken, kind: 'access', rung };
    case 'unavailable':
      return { result: { kind: 'failed', reason: renewal.reason } };
    case 'needs-sign-in': {
      const gone = renewal.why === 'invalid_grant' || renewal.why === 'consent_required';
      return { result: gone ? { kind: 'nothing-to-revoke' } : byHand };
    }
    default:
      // Without a token there is nothing to show; the consent may stand all the same.
      return { result: byHand };
  }
}

/** True only when the provider itself refuses what it took before. */
async function isOver(
  desk: AccountsDesk,
  { accountId, record, provider }: Revoking,
  proof: Proof,
): Promise<boolean> {
  const client = await desk.clients.current(record.providerId);
  if (proof.kind === 'refresh' && !client) return false;
  for (const delayMs of LOOKS_AFTER_MS) {
    if (delayMs > 0) await desk.clock.sleep(delayMs);
    const refused =
      proof.kind === 'access'
        ? (await provider.identify(proof.token, accountId)).kind === 'refused'
        : client !== null && (await isRefreshRefused(desk, { accountId, provider, client, proof }));
    if (refused) return true;
  }
  return false;
}

async function isRefreshRefused(
  desk: AccountsDesk,
  {
    accountId,
    provider: { declaration },
    client,
    proof,
  }: {
    readonly accountId: string;
    readonly provider: MailProvider;
    readonly client: OAuthClient;
    readonly proof: Proof;
  },
): Promise<boolean> {
  const outcome = await desk.oauth.refresh({
    server: declaration.authorization,
    client,
    refreshToken: proof.token,
    scopes: declaration.rungs[proof.rung] ?? [],
    accountId,
  });
  return outcome.kind === 'signed-out';
}

/** Tokens first and last: a worker that dies in between must not leave one that works behind. */
async function wipe(desk: AccountsDesk, accountId: string): Promise<void> {
  await desk.tokens.wipe(accountId);
  await desk.book.change(
    accountId,
    (record) => ({
      ...record,
      granted: false,
      rungs: [],
      refreshTokens: [],
      health: { kind: 'needs-sign-in', why: 'no_grant' },
    }),
    () => desk.tokens.wipe(accountId),
  );
}
