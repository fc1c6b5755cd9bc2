import type { OAuth } from '../oauth/oauth.ts';
import type { Clock, Random } from '../platform/platform.ts';
import type { MailProvider, ProviderId } from '../providers/providers.ts';
import type { SealedRecords } from '../vault/vault.ts';
import { createAccessTokens, type AccessTokenRecord } from './access-tokens.ts';
import { createAccountBook } from './account-book.ts';
import type { AccountRecord, StoredHealth } from './account-record.ts';
import { viewAccount } from './account-view.ts';
import type { AccountsDesk } from './accounts-desk.ts';
import type { Accounts, Exclusively } from './accounts.ts';
import { createClientBook } from './client-book.ts';
import type { ClientRecord } from './client-record.ts';
import { describeAccount, reorderAccounts } from './describe-account.ts';
import { setOtherSenders } from './other-senders.ts';
import { freshToken } from './fresh-token.ts';
import { grantRung } from './grant-rung.ts';
import { linkAccount, reconnectAccount } from './link-account.ts';
import { revokeAccount } from './revoke-account.ts';
import { stepDown } from './step-down.ts';

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
  const { book, tokens, providers } = desk;

  const all: Accounts['all'] = async () => {
    // Side by side: pages open with this.
    const [{ records, broken }, seen] = await Promise.all([book.list(), tokens.readAll()]);
    const inOrder = records.toSorted((a, b) => a.value.position - b.value.position);
    const views = inOrder.map(({ id, value }) => viewAccount({ ...desk, tokens: seen }, id, value));
    return { accounts: await Promise.all(views), unreadable: broken };
  };

  return {
    list: async () => (await all()).accounts,
    unreadable: async () => (await book.list()).broken,
    all,
    async get(accountId) {
      const record = await book.find(accountId);
      return record && (await viewAccount(desk, accountId, record));
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
      await book.change(accountId, (record) => ({ ...record, health: better(record, health) }));
    },
    grantRung: (accountId, rung) => grantRung(desk, accountId, rung),
    stepDown: (accountId, keep) => stepDown(desk, accountId, keep),
    describe: (accountId, words) => describeAccount(book, accountId, words),
    reorder: (accountIds) => reorderAccounts(book, accountIds),
    setOtherSenders: (accountId, senders) => setOtherSenders(desk, accountId, senders),
    revoke: (accountId) => revokeAccount(desk, accountId),
    forget: (accountId) => book.remove(accountId, () => tokens.wipe(accountId)),
    ...clientActs(desk),
  };
}

/** What is done with OAuth clients. */
function clientActs(
  desk: AccountsDesk,
): Pick<Accounts, 'clients' | 'saveClient' | 'removeClient' | 'testClient'> {
  const { clients } = desk;
  return {
    clients: () => clients.views(),
    async saveClient(providerId, client) {
      const outcome = await clients.save(providerId, client);
      if (outcome.kind === 'saved') await giveAnotherChance(desk, providerId);
      return outcome;
    },
    async removeClient(providerId) {
      await clients.remove(providerId);
      await giveAnotherChance(desk, providerId);
    },
    testClient: (providerId) => tryClient(desk, providerId),
  };
}

/** A send hears of an administrator as of any refusal; the account knows more of it. */
function better({ health }: AccountRecord, met: StoredHealth): StoredHealth {
  const same = health.kind === 'needs-admin' && met.kind === 'refused' && health.code === met.code;
  return same ? health : met;
}

/** What was refused to the client of before says nothing about this one: what waits may try again. */
async function giveAnotherChance({ book }: AccountsDesk, providerId: ProviderId): Promise<void> {
  const { records } = await book.list();
  for (const { id, value } of records) {
    const { health } = value;
    const refused = health.kind === 'refused' || health.kind === 'needs-admin';
    if (value.providerId !== providerId || !refused) continue;
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
