import type { Rung } from '../providers/providers.ts';
import { viewAccount } from './account-view.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { StepDownOutcome } from './accounts.ts';
import { grantRung } from './grant-rung.ts';
import { reconnectAccount } from './link-account.ts';
import { inOrder } from './granted-rungs.ts';
import { revokeAccount } from './revoke-account.ts';

/**
 * Gives rights back. No provider takes back one right of several, so the whole grant is revoked and
 * the person links again with what is to be kept. What waits goes on waiting meanwhile.
 */
export async function stepDown(
  desk: AccountsDesk,
  accountId: string,
  keep: readonly Rung[],
): Promise<StepDownOutcome> {
  const revoked = await revokeAccount(desk, accountId);
  if (revoked.kind === 'failed') return { kind: 'not-revoked', reason: revoked.reason };
  const link = await reconnectAccount(desk, accountId);
  if (link.kind !== 'linked') return { kind: 'not-linked', revoked, linking: link };
  const lostRungs: Rung[] = link.canSend || !keep.includes('send') ? [] : ['send'];
  for (const rung of inOrder(keep).filter((each) => each !== 'send')) {
    const outcome = await grantRung(desk, accountId, rung);
    if (outcome.kind !== 'granted') lostRungs.push(rung);
  }
  const record = await desk.book.find(accountId);
  const account = record ? await viewAccount(desk, accountId, record) : link.account;
  return { kind: 'stepped-down', revoked, account, lostRungs };
}
