/** The parts that are read when they are first used. */
export type PartName = 'schemas' | 'pages' | 'sending' | 'changes';

/**
 * Where each module of the worker goes: `start` is background.js, which every start of the worker
 * reads; the others are files of their own. The longest path that fits decides. A module in the
 * wrong place works all the same, and is read too early or too late.
 */
export const PLACES: Readonly<Record<PartName | 'start', readonly string[]>> = {
  /** What registers listeners, opens the vault, answers `accounts.list`, and sees whether a mail is due. */
  start: [
    '',
    'accounts/access-tokens',
    'accounts/account-book',
    'accounts/account-record',
    'accounts/account-view',
    'accounts/accounts.ts',
    'accounts/client-book',
    'accounts/client-record',
    'accounts/create-accounts',
    'accounts/granted-rungs',
    'dispatch/attention',
    'dispatch/clients-of-build',
    'dispatch/describe-provider',
    'dispatch/dispatch.ts',
    'dispatch/handlers',
    'dispatch/listeners',
    'dispatch/locking',
    'dispatch/opening-handlers',
    'dispatch/opening-views',
    'dispatch/write-to',
    'mail/address-problem',
    'mail/draft-schema',
    'messaging/definition',
    'messaging/opening-messages',
    'network/create-network',
    'oauth/create-oauth',
    'outbox/batches/stored-',
    'outbox/create-outbox',
    'outbox/delivery/alarm-turns',
    'outbox/delivery/in-flight',
    'outbox/delivery/lanes',
    'outbox/delivery/run-outbox',
    'outbox/files/stored-pieces',
    'outbox/files/sweep-files',
    'outbox/outbox-error',
    'outbox/store/',
    'providers/outlook/authorization',
    'providers/outlook/upload-hosts',
    'providers/providers.ts',
    'providers/send-limits',
  ],
  /** What checks what comes from outside: no schema is asked on the way to the first answer. */
  schemas: ['schemas/'],
  /** What a page asks for once it is open, and what it is shown. */
  pages: [
    'dispatch/',
    'mail/',
    'messaging/',
    'outbox/batches/batch-moves',
    'outbox/batches/batch-record',
    'outbox/batches/batch-views',
    'outbox/mail-views',
    'outbox/moves/',
    'outbox/sealed-mail',
  ],
  /** From a queued mail to the provider's answer. */
  sending: [
    'accounts/fresh-token',
    'accounts/renew-token',
    'accounts/with-refresh-token',
    'mime/',
    'network/',
    'oauth/',
    'outbox/delivery/',
    'outbox/files/',
    'providers/',
  ],
  /** What a person changes: drafts, merges, accounts, the lock, what is kept. */
  changes: [
    'accounts/',
    'activity/call-page',
    'activity/host-summary',
    'activity/statistics',
    'crm/',
    'merge/',
    'outbox/',
    'settings/settings-file',
    'vault/lock-changes',
    'vault/passkey-wrap',
    'vault/passphrase-wrap',
  ],
};

const NAMES = ['start', 'schemas', 'pages', 'sending', 'changes'] as const;
const FROM_PACKAGES: Readonly<Record<string, PartName>> = {
  oauth4webapi: 'sending',
  zod: 'schemas',
};

/** What a provider declares, and its door: both are put together with the rooms, whatever it is called. */
const PROVIDER_DOOR = /^providers\/([^/]+)\/(?:declaration|\1)\.ts$/;

/** The part that a module belongs to, by its absolute path; null for background.js. */
export function partOfModule(id: string): PartName | null {
  const [, room] = /^[^?]*\/utils\/([^?]+)/.exec(id) ?? [];
  const [, inPackage] = /.*\/node_modules\/([^/]+)/.exec(id) ?? [];
  if (inPackage !== undefined) return FROM_PACKAGES[inPackage] ?? null;
  if (room === undefined || PROVIDER_DOOR.test(room)) return null;
  const fitting = (part: PartName | 'start'): number =>
    Math.max(...PLACES[part].map((path) => (room.startsWith(path) ? path.length : -1)));
  const best = NAMES.reduce((a, b) => (fitting(b) > fitting(a) ? b : a));
  return best === 'start' ? null : best;
}
