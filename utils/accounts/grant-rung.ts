import type { Rung } from '../providers/providers.ts';
import { viewAccount } from './account-view.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { GrantOutcome } from './accounts.ts';
import { canHaveRung, grantedRights } from './granted-rungs.ts';
import { signIn } from './sign-in.ts';
import { keepAccessToken, recordAfterSignIn } from './store-grant.ts';

/**
 * Asks the same person for exactly one more rung. What other rungs hold stays as it is, and when a
 * box was left unticked nothing is stored: half a right is none.
 */
export async function grantRung(
  desk: AccountsDesk,
  accountId: string,
  rung: Rung,
): Promise<GrantOutcome> {
  const record = await desk.book.find(accountId);
  if (!record) return { kind: 'refused', code: 'no_account', detail: '' };
  const { providerId } = record;
  const declaration = desk.providers.get(providerId)?.declaration;
  if (declaration && !canHaveRung(declaration, record, rung)) return { kind: 'no-such-right' };
  const signedIn = await signIn(desk, { providerId, rung }, { accountId, record });
  if (signedIn.kind !== 'signed-in') return signedIn;
  const { grant, provider } = signedIn;
  const held = record.rungs;
  const { missing } = grantedRights(provider.declaration, { rung, held }, grant.scopes);
  if (missing.length > 0) return { kind: 'partly', rung, missing: [...missing] };
  const issuedAt = desk.clock.now();
  const stored = await desk.book.change(
    accountId,
    (before) => recordAfterSignIn(signedIn, before, issuedAt),
    ({ rungs }) => keepAccessToken(desk, accountId, { rung, rungs, grant, issuedAt }),
  );
  // Removed while the window was open.
  if (!stored) return { kind: 'refused', code: 'no_account', detail: '' };
  return { kind: 'granted', rung, account: await viewAccount(desk, accountId, stored) };
}
