import type { OAuthClient } from '../oauth/oauth.ts';
import { secret, type Secret } from '../platform/platform.ts';
import type { MailProvider, Rung } from '../providers/providers.ts';
import { isUnreadable } from './account-book.ts';
import type { AccountRecord } from './account-record.ts';
import { consentPageOf } from './account-view.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { RevokeResult } from './accounts.ts';
import { renewToken } from './renew-token.ts';

/** A revocation may take a moment to be true everywhere (PROVIDERS A4): asked again after these. */
const LOOKS_AFTER_MS: readonly number[] = [0, 1_000, 3_000];

/** Something of the grant that can be shown to the provider: to end it, then to see it ended. */
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
  const { accountId, record, provider } = revoking;
  const { declaration } = provider;
  const consentPage = consentPageOf(declaration, record);
  if (declaration.authorization.revocationEndpoint === null) {
    return { kind: 'local-only', consentPage, why: 'no-such-call' };
  }
  const atHand = await proofsAtHand(desk, revoking);
  const found = atHand.length > 0 ? atHand : await newProof(desk, revoking);
  if ('kind' in found) return found;
  const [first] = found;
  if (!first) return { kind: 'nothing-to-revoke' };
  const outcome = await provider.revoke(first.token, accountId);
  if (outcome.kind === 'local-only')
    return { kind: 'local-only', consentPage, why: 'no-such-call' };
  if (outcome.kind === 'failed') return outcome;
  return (await isOver(desk, revoking, found)) ? { kind: 'revoked' } : { kind: 'asked' };
}

/** Refresh tokens first: each stands for its whole grant (RFC 7009 2.1). */
async function proofsAtHand(
  { tokens }: AccountsDesk,
  { accountId, record }: Revoking,
): Promise<readonly Proof[]> {
  const proofs: Proof[] = record.refreshTokens.map(({ token, rung }) => ({
    token: secret(token),
    kind: 'refresh',
    rung,
  }));
  for (const rung of record.rungs) {
    const cached = await tokens.get(accountId, rung);
    if (cached && tokens.isFresh(cached))
      proofs.push({ token: cached.token, kind: 'access', rung });
  }
  return proofs;
}

/** A token got for nothing but to be revoked; or what is to be said without one. */
async function newProof(
  desk: AccountsDesk,
  { accountId, record, provider }: Revoking,
): Promise<readonly Proof[] | RevokeResult> {
  const [rung = 'send'] = record.rungs;
  const renewal = await renewToken(desk, { accountId, record, rung });
  switch (renewal.kind) {
    case 'renewed':
      return [{ token: renewal.grant.accessToken, kind: 'access', rung }];
    case 'unavailable':
      return { kind: 'failed', reason: renewal.reason };
    case 'needs-sign-in':
      if (renewal.why === 'consent_required') return { kind: 'nothing-to-revoke' };
      break;
    default:
  }
  // There is nothing to show to the provider, but the consent may stand all the same.
  const consentPage = consentPageOf(provider.declaration, record);
  return { kind: 'local-only', consentPage, why: 'no-token' };
}

/** True only when the provider itself refuses everything that it took before. */
async function isOver(
  desk: AccountsDesk,
  revoking: Revoking,
  proofs: readonly Proof[],
): Promise<boolean> {
  const client = await desk.clients.current(revoking.record.providerId);
  let left = proofs;
  for (const delayMs of LOOKS_AFTER_MS) {
    if (delayMs > 0) await desk.clock.sleep(delayMs);
    const alive: Proof[] = [];
    for (const proof of left) {
      if (!(await isRefused(desk, revoking, { ...proof, client }))) alive.push(proof);
    }
    if (alive.length === 0) return true;
    left = alive;
  }
  return false;
}

async function isRefused(
  { oauth }: AccountsDesk,
  { accountId, provider }: Revoking,
  { token, kind, rung, client }: Proof & { readonly client: OAuthClient | null },
): Promise<boolean> {
  if (kind === 'access') {
    const who = await provider.identify(token, accountId);
    // A token that says whose it is, though we may not link them, is alive; so may one be that a
    // proxy or a limit was in the way of (RFC 6750 section 3.1: a dead one is answered with 401).
    return who.kind === 'refused' && who.code === '401';
  }
  if (!client) return false;
  const { authorization: server, rungs } = provider.declaration;
  const scopes = rungs[rung] ?? [];
  const outcome = await oauth.refresh({ server, client, refreshToken: token, scopes, accountId });
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
      carriesMore: [],
      refreshTokens: [],
      health: { kind: 'needs-sign-in', why: 'no_grant' },
    }),
    () => desk.tokens.wipe(accountId),
  );
}
