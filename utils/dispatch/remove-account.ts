import type { RevokeResult } from '../messaging/messaging.ts';
import type { Rooms } from './rooms.ts';

/**
 * Takes an account away with everything that belongs to it, in every room.
 *
 * The mails go first, so that none is sent while the rest is wiped; then the grant, while there is
 * still a token to revoke it with. A revocation that fails does not keep the account here: the
 * result says so, and names the page where the person can withdraw consent by hand.
 */
export async function removeAccount(rooms: Rooms, accountId: string): Promise<RevokeResult> {
  await rooms.outbox.forgetAccount(accountId);
  const result = await rooms.accounts.revoke(accountId);
  await rooms.accounts.forget(accountId);
  await rooms.activity.forgetAccount(accountId);
  const { defaultAccountId } = await rooms.settings.get();
  if (defaultAccountId === accountId) {
    const [next] = await rooms.accounts.list();
    await rooms.settings.patch({ defaultAccountId: next?.id ?? null });
  }
  rooms.changed('accounts');
  rooms.changed('outbox');
  rooms.changed('privacy');
  return result;
}
