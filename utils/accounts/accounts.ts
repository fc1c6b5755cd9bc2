/**
 * Room `accounts`: who can send here, and a fresh token for one act.
 *
 * Account records and OAuth clients lie sealed in storage.local, access tokens sealed in
 * storage.session, keyed by account and rung. One renewal runs at a time per account and rung; a
 * rotated token is stored before the new access token is first used. No token ever leaves this
 * room but to a provider, for one act. Called by outbox and dispatch.
 */
import type {
  AccountColour,
  AccountView,
  OtherSendersOutcome,
  ClientTestOutcome,
  ClientView,
  GrantOutcome,
  LinkOutcome,
  RevokeResult,
  SaveClientOutcome,
  StepDownOutcome,
} from '../messaging/messaging.ts';
import type { OtherSender } from '../mail/mail.ts';
import type { StoredHealth } from './account-record.ts';
import type { TypedClient } from './client-record.ts';
import type { MailProvider, ProviderId, Rung, TokenOutcome } from '../providers/providers.ts';
import type { BrokenRecord } from '../vault/vault.ts';

export { accessTokenRecords, type AccessTokenRecord } from './access-tokens.ts';
export { accountRecords, type AccountRecord, type StoredHealth } from './account-record.ts';
export { clientRecords, type ClientRecord } from './client-record.ts';
export { createAccounts, type AccountsParts } from './create-accounts.ts';
export type {
  AccountColour,
  AccountHealth,
  AccountView,
  OtherSendersOutcome,
  ClientTestOutcome,
  ClientView,
  GrantOutcome,
  LinkOutcome,
  RevokeResult,
  SaveClientOutcome,
  StepDownOutcome,
} from '../messaging/messaging.ts';

/** Runs work while nobody else, in any context, runs work of the same name: Web Locks. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Accounts that can send. Every method rejects with VaultError when the vault can't be used. */
export interface Accounts {
  /** In the person's order, at first oldest first. Accounts that can't be opened are not among them. */
  list(): Promise<readonly AccountView[]>;
  /** Accounts that are stored but can't be opened: they stay until they are forgotten. */
  unreadable(): Promise<readonly BrokenRecord[]>;
  /** Both in one look: what is stored is read and opened once. */
  all(): Promise<{
    readonly accounts: readonly AccountView[];
    readonly unreadable: readonly BrokenRecord[];
  }>;
  /** Null when there is no such account. @throws VaultError when it is there but can't be opened. */
  get(accountId: string): Promise<AccountView | null>;
  provider(providerId: ProviderId): MailProvider | null;
  link(providerId: ProviderId): Promise<LinkOutcome>;
  /** Signs in again as the same person; keeps everything that waits. */
  reconnect(accountId: string): Promise<LinkOutcome>;
  token(
    accountId: string,
    rung: Rung,
    options?: { readonly rejected: boolean },
  ): Promise<TokenOutcome>;
  markUsed(accountId: string): Promise<void>;
  /** Remembers what a send met, so that every page tells the same. */
  noteHealth(accountId: string, health: StoredHealth): Promise<void>;
  /** Asks the same person for one more right, and for nothing else. */
  grantRung(accountId: string, rung: Rung): Promise<GrantOutcome>;
  /** Revokes everything, then links again with these rights alone. */
  stepDown(accountId: string, keep: readonly Rung[]): Promise<StepDownOutcome>;
  /** False when there is no such account. */
  describe(
    accountId: string,
    words: { readonly label: string; readonly colour: AccountColour | null },
  ): Promise<boolean>;
  /** Accounts that are not named come after, as they stood. */
  reorder(accountIds: readonly string[]): Promise<void>;
  /** Replaces the further addresses that may stand in From. */
  setOtherSenders(accountId: string, senders: readonly OtherSender[]): Promise<OtherSendersOutcome>;
  revoke(accountId: string): Promise<RevokeResult>;
  /** Forgets the account: record and tokens. What other rooms hold of it they wipe themselves. */
  forget(accountId: string): Promise<void>;
  clients(): Promise<readonly ClientView[]>;
  saveClient(providerId: ProviderId, client: TypedClient): Promise<SaveClientOutcome>;
  removeClient(providerId: ProviderId): Promise<void>;
  testClient(providerId: ProviderId): Promise<ClientTestOutcome>;
}
