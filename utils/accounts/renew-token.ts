import { LONGEST_WAIT_MS } from '../network/network.ts';
import { flowOf, type Grant, type NoGrant, type OAuthClient } from '../oauth/oauth.ts';
import { secret, type EpochMs, type Secret } from '../platform/platform.ts';
import type { Identity, MailProvider, Rung, TokenOutcome } from '../providers/providers.ts';
import type { AccountRecord, StoredHealth } from './account-record.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import { needsAdmin } from './admin-approval.ts';
import { loginHintOf } from './sign-in.ts';

/** A new grant of the same person, not stored yet; or why there is none. */
export type Renewal =
  | {
      readonly kind: 'renewed';
      readonly grant: Grant;
      readonly clientId: string;
      /** As the provider says now; null when it was not asked. */
      readonly identity: Identity | null;
    }
  | Extract<StoredHealth, { readonly kind: 'needs-admin' }>
  | Exclude<TokenOutcome, { readonly kind: 'token' }>;

interface Renewing {
  readonly accountId: string;
  readonly record: AccountRecord;
  readonly rung: Rung;
  readonly provider: MailProvider;
  readonly client: OAuthClient;
}

/**
 * Asks for a new access token without the person: by the refresh token if there is one, then by a
 * silent authorisation, which outlives refresh tokens where a server ends them early (PROVIDERS B1,
 * 24 hours). Only when the last way says so is the person signed out. A server that wanted to be left
 * alone for a while is not asked before that, by whichever worker.
 */
export async function renewToken(
  desk: AccountsDesk,
  account: { readonly accountId: string; readonly record: AccountRecord; readonly rung: Rung },
): Promise<Renewal> {
  const { providerId, renewalPause } = account.record;
  const retryAfterMs = (renewalPause?.until ?? 0) - desk.clock.now();
  // None is for longer: then the clock has gone back, and nobody knows how long ago it was.
  if (renewalPause && retryAfterMs > 0 && retryAfterMs <= LONGEST_WAIT_MS) {
    return { kind: 'unavailable', reason: renewalPause.reason, retryAfterMs };
  }
  const provider = desk.providers.get(providerId);
  if (!provider) return { kind: 'refused', code: 'no_provider', detail: '' };
  const client = await desk.clients.current(providerId);
  if (!client) return { kind: 'refused', code: 'no_client', detail: '' };
  const renewing = { ...account, provider, client };
  const kept = usableRefreshToken(renewing, desk.clock.now());
  if (!kept) return await silently(desk, renewing);
  const { authorization: server, rungs } = provider.declaration;
  const outcome = await desk.oauth.refresh({
    server,
    client,
    refreshToken: kept,
    scopes: rungs[account.rung] ?? [],
    accountId: account.accountId,
  });
  switch (outcome.kind) {
    case 'granted':
      return {
        kind: 'renewed',
        grant: outcome.grant,
        clientId: client.clientId,
        identity: null,
      };
    case 'signed-out':
      await dropRefreshToken(desk, account.accountId, kept);
      return await silently(desk, renewing);
    case 'needs-admin':
      return blocked(renewing, outcome);
    default:
      return outcome;
  }
}

/** A refresh token that the server no longer takes is good for nothing, not even for revoking. */
async function dropRefreshToken(
  { book }: AccountsDesk,
  accountId: string,
  dead: Secret,
): Promise<void> {
  await book.change(accountId, (record) => ({
    ...record,
    refreshTokens: record.refreshTokens.filter(({ token }) => token !== dead.reveal()),
  }));
}

function blocked(
  { provider, record, client, rung }: Renewing,
  outcome: Extract<NoGrant, { readonly kind: 'needs-admin' }>,
): Renewal {
  const { tenant } = record;
  return needsAdmin(provider.declaration, outcome, { client, rung, tenant });
}

/**
 * The refresh token of this rung that the client of today can use; null when there is none, and
 * when its fixed life is over.
 */
function usableRefreshToken(
  { record, rung, provider, client }: Renewing,
  now: EpochMs,
): Secret | null {
  if (flowOf(provider.declaration.authorization, client) !== 'code') return null;
  const kept = record.refreshTokens.find(
    (each) => each.rung === rung && each.clientId === client.clientId,
  );
  const over = kept !== undefined && kept.endsAt !== null && kept.endsAt <= now;
  return kept && !over ? secret(kept.token) : null;
}

/** A silent authorisation gives whoever is signed in: only the same person's token counts. */
async function silently(desk: AccountsDesk, renewing: Renewing): Promise<Renewal> {
  const { accountId, record, rung, provider, client } = renewing;
  const outcome = await desk.oauth.authorize({
    server: provider.declaration.authorization,
    client,
    scopes: provider.declaration.rungs[rung] ?? [],
    prompt: 'none',
    loginHint: loginHintOf(record),
    accountId,
  });
  switch (outcome.kind) {
    case 'granted':
      break;
    case 'signed-out':
      return { kind: 'needs-sign-in', why: outcome.why };
    case 'needs-admin':
      return blocked(renewing, outcome);
    case 'cancelled':
      return { kind: 'unavailable', reason: 'strange-answer' };
    default:
      return outcome;
  }
  const { grant } = outcome;
  const who = await provider.identify(grant.accessToken, accountId);
  switch (who.kind) {
    case 'identified':
      return who.identity.subject === record.subject
        ? { kind: 'renewed', grant, clientId: client.clientId, identity: who.identity }
        : { kind: 'needs-sign-in', why: 'login_required' };
    case 'refused':
      return { kind: 'refused', code: who.code, detail: '' };
    default:
      return who;
  }
}
