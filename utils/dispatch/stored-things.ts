import type { InventoryLine } from '../messaging/messaging.ts';
import { OPEN_KEY_ENTRY, TRIES_ENTRY } from '../vault/vault.ts';

/** What a stored thing is, how it is protected, and how long it stays: in words for the person. */
export type StoredThing = Pick<InventoryLine, 'what' | 'protection' | 'until'>;

const ERASED = 'until you erase everything';

/**
 * Every object store that the rooms make, by `<database>/<store>`. Null: its room tells more of it
 * than a count, and `inventory.ts` has its lines. A house rule fails for a store that is missing
 * here, and the privacy page shows one as a thing without a name.
 */
export const STORES: Readonly<Record<string, StoredThing | null>> = {
  'outbox/mails': null,
  // Counted with their mails.
  'outbox/contents': null,
  'outbox/files': null,
  // Counted with their files.
  'outbox/pieces': null,
  'outbox/batches': null,
  'outbox/holds': {
    what: 'Pauses that a provider asked for (a random id and a time)',
    protection: 'plain',
    until: 'until the pause is over',
  },
  'outbox/paces': {
    what: 'How fast each account may send now (random ids, times and counts)',
    protection: 'plain',
    until: 'until you remove the account',
  },
  'activity/calls': null,
  'activity/events': null,
  'vault/keys': null,
};

/**
 * Every key of the browser's storage areas: the whole key, or what stands before its first `/`.
 * What is stored under `<kind>/<id>` is sealed by the vault.
 */
export const KEYS: Readonly<Record<string, StoredThing>> = {
  account: { what: 'Linked accounts', protection: 'sealed', until: 'until you remove the account' },
  'oauth-client': {
    what: 'OAuth clients that you entered',
    protection: 'sealed',
    until: 'until you remove them',
  },
  'access-token': {
    what: 'Access tokens',
    protection: 'sealed',
    until: 'until they expire (about an hour) or the browser closes',
  },
  [OPEN_KEY_ENTRY]: {
    what: 'Data key, in clear, while the lock is open',
    protection: 'key',
    until: 'until the lock falls or the browser closes',
  },
  [TRIES_ENTRY]: {
    what: 'Count of wrong passphrases',
    protection: 'plain',
    until: 'until the right one',
  },
  suppressions: {
    what: 'Your do-not-mail list',
    protection: 'sealed',
    until: 'until you take addresses off it',
  },
  settings: {
    what: 'Settings (random ids, numbers, switches)',
    protection: 'plain',
    until: ERASED,
  },
  'settings.broken': {
    what: 'Settings that this version could not read, kept as they were',
    protection: 'plain',
    until: ERASED,
  },
};

/** What is there and has no name here: shown all the same, so that nothing is stored unseen. */
export function namelessThing(name: string): StoredThing {
  return {
    what: `Something that this version has no name for (“${name}”)`,
    protection: 'plain',
    until: ERASED,
  };
}
