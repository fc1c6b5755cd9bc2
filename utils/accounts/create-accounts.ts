import type { OAuth } from '../oauth/oauth.ts';
import type { Clock, Random } from '../platform/platform.ts';
import type { MailProvider, ProviderId } from '../providers/providers.ts';
import type { SealedRecords } from '../vault/vault.ts';
import { createAccessTokens, type AccessTokenRecord } from './access-tokens.ts';
import { createAccountBook } from './account-book.ts';
import { viewOf, type AccountRecord } from './account-record.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { Accounts, Exclusively } from './accounts.ts';
import { createClientBook, type ClientRecord } from './client-book.ts';
import { freshToken } from './fresh-token.ts';
import { linkAccount, reconnectAccount } from './link-account.ts';
import { revokeAccount } from './revoke-account.ts';

/** What the room is built from. */
export interface AccountsParts {
  /** `accountRecords`, in storage.local. */
  readonly records: SealedRecords<AccountRecord>;
  /** `clientRecords`, in storage.local. */
  readonly clients: SealedRecords<ClientRecord>;
  /** `accessTokenRecords`, in storage.session. */
  readonly session: SealedRecords<AccessTokenRecord>;
  readonly oauth: OAuth;
  readonly providers: ReadonlyMap<ProviderId, MailProvider>;
  /** What this build carries; a person's own client goes before it. */
  readonly defaultClients: ReadonlyMap<ProviderId, ClientRecord>;
  readonly clock: Clock;
  readonly random: Random;
  readonly exclusively: Exclusively;
}

/** Builds the room. */
export function createAccounts(parts: AccountsParts): Accounts {
  const desk: AccountsDesk = {
    ...parts,
    book: createAccountBook(parts.records, parts.exclusively),
    tokens: createAccessTokens(parts.session, parts.clock),
    clients: createClientBook(parts),
  };
  const { book, tokens, clients, providers } = desk;
  const view = (id: string, record: AccountRecord): ReturnType<typeof viewOf> =>
    viewOf(id, record, providers.get(record.providerId)?.declaration ?? null);

  return {
    async list() {
      const { records } = await book.list();
      const byAge = records.toSorted((a, b) => a.value.linkedAt - b.value.linkedAt);
      return byAge.map(({ id, value }) => view(id, value));
    },
    unreadable: async () => (await book.list()).broken,
    async get(accountId) {
      const record = await book.find(accountId);
      return record && view(accountId, record);
    },
    provider: (providerId) => providers.get(providerId) ?? null,
    link: (providerId) => linkAccount(desk, providerId),
    reconnect: (accountId) => reconnectAccount(desk, accountId),
    token: (accountId, rung, options) =>
      freshToken(desk, { accountId, rung, rejected: options?.rejected ?? false }),
    async markUsed(accountId) {
      const now = parts.clock.now();
      await book.change(accountId, (record) => ({ ...record, lastUsedAt: now }));
    },
    async noteHealth(accountId, health) {
      await book.change(accountId, (record) => ({ ...record, health }));
    },
    revoke: (accountId) => revokeAccount(desk, accountId),
    forget: (accountId) => book.remove(accountId, () => tokens.wipe(accountId)),
    clients: () => clients.views(),
    async saveClient(providerId, client) {
      await clients.save(providerId, client);
      await giveAnotherChance(desk, providerId);
    },
    async removeClient(providerId) {
      await clients.remove(providerId);
      await giveAnotherChance(desk, providerId);
    },
    testClient: (providerId) => tryClient(desk, providerId),
  };
}

/** What was refused to the client of before says nothing about this one: what waits may try again. */
async function giveAnotherChance({ book }: AccountsDesk, providerId: ProviderId): Promise<void> {
  const { records } = await book.list();
  for (const { id, value } of records) {
    if (value.providerId !== providerId || value.health.kind !== 'refused') continue;
    await book.change(id, (record) => ({ ...record, health: { kind: 'works' } }));
  }
}

async function tryClient(
  { oauth, clients, providers }: AccountsDesk,
  providerId: ProviderId,
): ReturnType<Accounts['testClient']> {
  const declaration = providers.get(providerId)?.declaration;
  const client = await clients.current(providerId);
  if (!declaration || !client) return { kind: 'refused', code: 'no_client', detail: '' };
  const scopes = declaration.rungs.send ?? [];
  return await oauth.tryClient({ server: declaration.authorization, client, scopes });
}
