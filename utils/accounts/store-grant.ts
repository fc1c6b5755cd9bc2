import { flowOf, type Grant } from '../oauth/oauth.ts';
import type { Rung } from '../providers/providers.ts';
import type { AccountRecord } from './account-record.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import { grantedRights, inOrder } from './granted-rungs.ts';
import type { SignedIn } from './sign-in.ts';
import { endOfRefreshToken, withRefreshToken } from './with-refresh-token.ts';

/**
 * The record of a person after they were in the provider's window; `before` is null for somebody
 * new. What other rungs hold stays as it is.
 */
export function recordAfterSignIn(
  { provider, client, rung, grant, identity }: SignedIn,
  before: AccountRecord | null,
  now: number,
): AccountRecord {
  const { declaration } = provider;
  const { tenancy } = declaration.authorization;
  const others = before?.rungs.filter((each) => each !== rung) ?? [];
  const rights = grantedRights(declaration, { rung, held: others }, grant.scopes);
  // A client that asks for tokens only can use none of these any more.
  const usable = flowOf(declaration.authorization, client) === 'code';
  const earlier = before?.refreshTokens.filter((each) => each.rung !== rung || usable) ?? [];
  const tenant = grant.person?.tenant ?? before?.tenant ?? null;
  const accountType = tenant === tenancy?.personalTenant ? 'personal' : 'work';
  return {
    providerId: declaration.id,
    subject: identity.subject,
    address: identity.address,
    name: identity.name || (before?.name ?? ''),
    signInName: grant.person?.signInName ?? before?.signInName ?? null,
    tenant,
    accountType: tenancy && tenant !== null ? accountType : null,
    label: before?.label ?? '',
    colour: before?.colour ?? null,
    otherSenders: before?.otherSenders ?? [],
    position: before?.position ?? now,
    granted: true,
    rungs: inOrder([...others, ...rights.rungs]),
    carriesMore: [...rights.more],
    refreshTokens: withRefreshToken(earlier, {
      rung,
      token: grant.refreshToken,
      clientId: client.clientId,
      obtainedAt: now,
      endsAt: endOfRefreshToken(declaration.authorization, grant, { now, rotated: null }),
    }),
    health: { kind: 'works' },
    renewalPause: null,
    linkedAt: before?.linkedAt ?? now,
    signedInAt: now,
    silentAt: before?.silentAt ?? null,
    lastUsedAt: before?.lastUsedAt ?? null,
  };
}

/** Puts the access token of a sign-in where the next act finds it; none for a rung that was not given. */
export async function keepAccessToken(
  desk: Pick<AccountsDesk, 'tokens'>,
  accountId: string,
  about: {
    readonly rung: Rung;
    readonly rungs: readonly Rung[];
    readonly grant: Grant;
    readonly issuedAt: number;
  },
): Promise<void> {
  const { rung, rungs, grant, issuedAt } = about;
  await desk.tokens.drop(accountId, rung);
  if (!rungs.includes(rung)) return;
  const { accessToken: token, expiresAt } = grant;
  await desk.tokens.put(accountId, rung, { token, issuedAt, expiresAt, replacesRejected: false });
}
