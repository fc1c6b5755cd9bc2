/**
 * Room `accounts`: who can send here, and a fresh token for one act.
 *
 * Account records and OAuth clients lie sealed in storage.local, access tokens sealed in
 * storage.session, keyed by account and rung. One renewal runs at a time per account and rung; a
 * rotated token is stored before the new access token is first used. No token ever leaves this
 * room but to a provider, for one act. Called by outbox and dispatch.
 */
import type { EpochMs } from '../platform/platform.ts';
import type {
  MailProvider,
  ProviderId,
  Rung,
  SignInReason,
  TokenOutcome,
  WaitReason,
} from '../providers/providers.ts';
import type { BrokenRecord } from '../vault/vault.ts';

export { accessTokenRecords, type AccessTokenRecord } from './access-tokens.ts';
export { accountRecords, type AccountRecord } from './account-record.ts';
export { clientRecords, type ClientRecord } from './client-book.ts';
export { createAccounts, type AccountsParts } from './create-accounts.ts';

/** Runs work while nobody else, in any context, runs work of the same name: Web Locks. */
export type Exclusively = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** How an account is doing, as last seen in an act. Never checked on a timer. */
export type AccountHealth =
  | { readonly kind: 'works' }
  | { readonly kind: 'needs-sign-in'; readonly why: SignInReason }
  /** The provider refuses this client or this request; `code` is the provider's own. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/** What a page may see of an account. No token, no secret. */
export interface AccountView {
  /** Random. */
  readonly id: string;
  readonly providerId: ProviderId;
  readonly providerName: string;
  readonly address: string;
  readonly name: string;
  readonly grantedRungs: readonly Rung[];
  readonly health: AccountHealth;
  /** `lasting` when a sealed refresh token is kept; `per-session` when nothing long-lived is. */
  readonly grant: 'lasting' | 'per-session' | 'none';
  readonly linkedAt: EpochMs;
  readonly lastUsedAt: EpochMs | null;
}

/** How linking or reconnecting ended. */
export type LinkOutcome =
  /** `canSend` is false when the person unticked the right to send. `relinked`: it was known before. */
  | {
      readonly kind: 'linked';
      readonly account: AccountView;
      readonly canSend: boolean;
      readonly relinked: boolean;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'no-client' }
  /** Somebody else signed in than the account to reconnect. Nothing was stored. */
  | { readonly kind: 'other-address'; readonly address: string }
  /** The provider or a check of ours refused; nothing was stored. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly reason: WaitReason }
  | { readonly kind: 'needs-host'; readonly host: string };

/** How revoking ended. */
export type RevokeResult =
  /** Verified: a renewal or a use of the token was refused afterwards. */
  | { readonly kind: 'revoked' }
  /** The call was made but its effect could not be seen. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'nothing-to-revoke' }
  | { readonly kind: 'local-only'; readonly consentPage: string }
  | { readonly kind: 'failed'; readonly reason: WaitReason };

/** An OAuth client as a page may see it. */
export interface ClientView {
  readonly providerId: ProviderId;
  /** '' when none is set. */
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly redirectUri: string;
  /** Whether the person entered it or the build carries it. */
  readonly origin: 'person' | 'build' | 'none';
}

/** How a trial of an OAuth client ended. */
export type ClientTestOutcome =
  | { readonly kind: 'works' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** The provider showed a page instead of answering: the id or the redirect URI is unknown to it. */
  | { readonly kind: 'not-recognised' }
  | { readonly kind: 'unavailable'; readonly reason: WaitReason }
  | { readonly kind: 'needs-host'; readonly host: string };

/** Accounts that can send. Every method rejects with VaultError when the vault can't be used. */
export interface Accounts {
  /** Oldest first. Accounts that can't be opened are not among them. */
  list(): Promise<readonly AccountView[]>;
  /** Accounts that are stored but can't be opened: they stay until they are forgotten. */
  unreadable(): Promise<readonly BrokenRecord[]>;
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
  noteHealth(accountId: string, health: AccountHealth): Promise<void>;
  revoke(accountId: string): Promise<RevokeResult>;
  /** Forgets the account: record and tokens. What other rooms hold of it they wipe themselves. */
  forget(accountId: string): Promise<void>;
  clients(): Promise<readonly ClientView[]>;
  saveClient(
    providerId: ProviderId,
    client: { readonly clientId: string; readonly clientSecret: string | null },
  ): Promise<void>;
  removeClient(providerId: ProviderId): Promise<void>;
  testClient(providerId: ProviderId): Promise<ClientTestOutcome>;
}
