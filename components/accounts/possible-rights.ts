import type { AccountView, ProviderView, RungName } from '../../utils/messaging/messaging.ts';

/** The rights that such an account can give at all, lowest first. */
export function possibleRights(
  { accountType }: Pick<AccountView, 'accountType'>,
  { rungs }: Pick<ProviderView, 'rungs'>,
): ProviderView['rungs'] {
  return rungs.filter(({ workOnly }) => !workOnly || accountType !== 'personal');
}

/** Whether such an account can send from shared mailboxes, once it has the right for that. */
export function canShare(
  account: Pick<AccountView, 'accountType'>,
  provider: Pick<ProviderView, 'rungs'> | null,
): boolean {
  const right: RungName = 'shared-mailbox';
  return provider !== null && possibleRights(account, provider).some(({ rung }) => rung === right);
}

/** Whether a shared mailbox is noted that the account can't send from before it has the right. */
export function lacksSharing({
  otherSenders,
  grantedRungs,
}: Pick<AccountView, 'otherSenders' | 'grantedRungs'>): boolean {
  const shares = otherSenders.some(({ kind }) => kind === 'shared-mailbox');
  return shares && !grantedRungs.includes('shared-mailbox');
}
