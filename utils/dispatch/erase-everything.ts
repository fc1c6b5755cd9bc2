import type { EraseReport } from '../messaging/messaging.ts';
import type { Rooms } from './rooms.ts';

/**
 * Revokes what can be revoked, then wipes every store and the keys.
 *
 * Each step is done whatever became of the others, and the report names what could not be wiped.
 * The keys go last: while they are there, a step that failed can still be tried again.
 */
export async function eraseEverything(rooms: Rooms): Promise<EraseReport> {
  const wiped: string[] = [];
  const left: string[] = [];
  const step = async (name: string, wipe: () => Promise<unknown>): Promise<void> => {
    try {
      await wipe();
      wiped.push(name);
    } catch {
      // The report is how the person hears of it.
      left.push(name);
    }
  };
  await step('Drafts, waiting mails and receipts', () => rooms.outbox.wipe());
  const revoked = await revokeAll(rooms);
  await step('Accounts, OAuth clients and settings', () => rooms.local.clear());
  await step('Access tokens', () => rooms.session.clear());
  await step('Call log and activity', () => rooms.activity.clear());
  await step('Allowed hosts', () => withdrawHosts(rooms));
  await step('Keys of this device', () => rooms.vault.destroy());
  for (const change of ['accounts', 'outbox', 'privacy'] as const) rooms.changed(change);
  return { revoked, wiped, left };
}

async function revokeAll({ accounts }: Rooms): Promise<EraseReport['revoked']> {
  const revoked: EraseReport['revoked'][number][] = [];
  for (const account of await listOrNone(accounts)) {
    revoked.push({
      address: account.address,
      result: await accounts.revoke(account.id).catch(() => FAILED),
    });
  }
  return revoked;
}

const FAILED = { kind: 'failed', reason: 'strange-answer' } as const;

/** Records that can't be opened must not keep anybody from erasing them. */
async function listOrNone(accounts: Rooms['accounts']): ReturnType<Rooms['accounts']['list']> {
  try {
    return await accounts.list();
  } catch {
    return [];
  }
}

async function withdrawHosts({ hostPermissions, declarations }: Rooms): Promise<void> {
  const hosts = declarations.flatMap((declaration) => declaration.hosts);
  if (await anyGranted(hosts, hostPermissions)) await hostPermissions.remove(hosts);
}

async function anyGranted(
  hosts: readonly string[],
  hostPermissions: Rooms['hostPermissions'],
): Promise<boolean> {
  const granted = await Promise.all(hosts.map((host) => hostPermissions.has([host])));
  return granted.includes(true);
}
