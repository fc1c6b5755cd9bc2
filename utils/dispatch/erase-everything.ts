import type { EraseReport } from '../messaging/messaging.ts';
import type { Rooms } from './rooms.ts';
import { STORES } from './stored-things.ts';

/**
 * Revokes what can be revoked, then wipes every store and the keys, and what the browser keeps for
 * us outside of storage.
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
  const { traces } = rooms;
  await step('Drafts, waiting mails and receipts', () => rooms.outbox.wipe());
  const unreadable = await unreadableAccounts(rooms);
  const revoked = await revokeAll(rooms);
  await step('Accounts, OAuth clients and settings', () => rooms.local.clear());
  await step('Access tokens and what else lay in memory', () => rooms.session.clear());
  await step('Settings that followed you', () => rooms.sync.clear());
  await step('Call log and activity', () => rooms.activity.erase());
  await step('Everything else in the databases', () => emptyOthers(rooms));
  await step('Alarms, notifications and the badge', () => traces.clear());
  await step('Allowed hosts and other rights', () => traces.withdrawRights());
  await step('Keys of this device', () => rooms.vault.destroy());
  for (const change of ['accounts', 'outbox', 'privacy'] as const) rooms.changed(change);
  return { revoked, unreadable, wiped, left };
}

async function revokeAll({ accounts, declarations }: Rooms): Promise<EraseReport['revoked']> {
  const revoked: EraseReport['revoked'][number][] = [];
  for (const { id, address, providerId } of await orNone(() => accounts.list())) {
    const result = await accounts.revoke(id).catch(() => FAILED);
    const declaration = declarations.find((one) => one.id === providerId);
    // At some providers the page depends on the kind of account, and the result has the right one.
    const consentPage =
      result.kind === 'local-only'
        ? result.consentPage
        : (declaration?.authorization.consentPage ?? null);
    revoked.push({ address, result, consentPage });
  }
  return revoked;
}

const FAILED = { kind: 'failed', reason: 'strange-answer' } as const;

async function unreadableAccounts({ accounts }: Rooms): Promise<number> {
  return (await orNone(() => accounts.unreadable())).length;
}

/** Records that can't be opened must not keep anybody from erasing them. */
async function orNone<T>(list: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await list();
  } catch {
    return [];
  }
}

/** What the rooms' own steps leave, and what no room knows of. The keys have a step of their own. */
async function emptyOthers({ databases }: Rooms): Promise<void> {
  for (const { database, store, count } of await databases.count()) {
    const name = `${database}/${store}`;
    const ownStep = Object.hasOwn(STORES, name) && STORES[name] === null;
    if (!ownStep && count > 0) await databases.empty(database, store);
  }
}
