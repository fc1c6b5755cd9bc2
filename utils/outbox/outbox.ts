/**
 * Room `outbox`: the durable queue. A mail goes out exactly once, whatever dies in between.
 *
 * Every state is stored (IndexedDB, strict) before the act that it announces; content and resume
 * handles are sealed, and wiped when the mail is sent. One send at a time per account; a poisoned
 * entry blocks no other; what nobody can know becomes `unconfirmed` and is never resent by itself.
 * It refuses to send without a record. Called by dispatch; started in entrypoints/background.ts.
 */
import type { DraftContent } from '../mail/mail.ts';
import type { EpochMs } from '../platform/platform.ts';
import type { SignInReason, WaitReason } from '../providers/providers.ts';
import type { MailStock } from './mail-store.ts';

export { createOutbox, type OutboxParts } from './create-outbox.ts';
export type { MailEvent, SendingAccounts } from './delivery.ts';
export type { MailStock, MailStore } from './mail-store.ts';
export { OutboxError, type OutboxErrorCode } from './outbox-error.ts';
export { OUTBOX_ALARM } from './run-outbox.ts';
export { createMailStore } from './stored-mails.ts';

/** Where a mail stands. */
export type MailState =
  | { readonly kind: 'draft'; readonly reason: RejectionView | null }
  | { readonly kind: 'queued' }
  /** `settling`: an earlier attempt is being asked about. */
  | {
      readonly kind: 'sending';
      readonly attempt: number;
      readonly startedAt: EpochMs;
      readonly acknowledgedBytes: number;
      readonly settling: boolean;
    }
  | { readonly kind: 'retry'; readonly notBefore: EpochMs; readonly reason: WaitReason }
  | { readonly kind: 'waiting-for-sign-in'; readonly why: SignInReason }
  | { readonly kind: 'waiting-for-host'; readonly host: string }
  | { readonly kind: 'waiting-for-right' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** `attemptedAt`: when the last bytes left. */
  | { readonly kind: 'unconfirmed'; readonly attemptedAt: EpochMs }
  | { readonly kind: 'sent'; readonly sentAt: EpochMs };

/** Why the provider will not take a mail as it is. */
export interface RejectionView {
  readonly code: string;
  readonly detail: string;
}

/** A draft as the compose page sees it. */
export interface DraftView {
  readonly id: string;
  /** Null when no sender was chosen. */
  readonly accountId: string | null;
  readonly content: DraftContent;
  /** Found on the page that the person came from, for the person to choose from. */
  readonly suggestions: readonly Suggestion[];
  /** Why it came back, when it did. */
  readonly rejection: RejectionView | null;
  readonly updatedAt: EpochMs;
  /** Raised by every save; a save with an older one is refused, so that no window overwrites another. */
  readonly revision: number;
}

/** A contact that the page offered. */
export interface Suggestion {
  readonly name: string;
  readonly address: string;
}

/** One line of the outbox as a page sees it. Subject and recipients are opened for this answer only. */
export interface MailView {
  readonly id: string;
  readonly accountId: string | null;
  readonly state: MailState;
  /** '' after the mail was sent: only a receipt is kept. */
  readonly subject: string;
  /** Display form, such as `Ann <ann@example.com> and 2 more`; '' after the mail was sent. */
  readonly recipients: string;
  readonly sizeBytes: number;
  readonly updatedAt: EpochMs;
  /** The sealed content can't be opened: what is wrong, in a code; null when it can. */
  readonly unreadable: string | null;
}

/** How a press on Send ended. */
export type QueueOutcome =
  | { readonly kind: 'queued' }
  /** It had been queued before, by another window or an earlier press. */
  | { readonly kind: 'already-queued' }
  | { readonly kind: 'problems'; readonly problems: readonly string[] }
  | { readonly kind: 'no-account' }
  | { readonly kind: 'too-large'; readonly sizeBytes: number; readonly limitBytes: number }
  | { readonly kind: 'too-many-recipients'; readonly count: number; readonly limit: number }
  | { readonly kind: 'gone' };

/** How saving a draft ended. */
export type SaveOutcome =
  | { readonly kind: 'saved'; readonly revision: number }
  /** Another window saved in between. */
  | { readonly kind: 'conflict'; readonly revision: number }
  /** It is queued or sent already, or was discarded. */
  | { readonly kind: 'not-a-draft' };

/** What a person decides about an unconfirmed mail. */
export type Decision = 'arrived' | 'send-again' | 'to-draft';

/**
 * The queue. Every call resolves after a strict commit.
 * @throws OutboxError when the browser does not store; VaultError when a mail can't be opened
 */
export interface Outbox {
  createDraft(draft: {
    readonly accountId: string | null;
    readonly content: DraftContent;
    readonly suggestions: readonly Suggestion[];
  }): Promise<DraftView>;
  /** Null when there is no such draft (any more). */
  openDraft(id: string): Promise<DraftView | null>;
  saveDraft(draft: {
    readonly id: string;
    readonly accountId: string | null;
    readonly content: DraftContent;
    readonly revision: number;
  }): Promise<SaveOutcome>;
  discardDraft(id: string): Promise<void>;
  /** Fixes ids and content and queues the draft as it was last saved. */
  send(id: string): Promise<QueueOutcome>;
  /** Newest first: everything that is not sent, and the latest receipts. */
  list(): Promise<readonly MailView[]>;
  /** Tries a waiting mail now. False when its state does not allow that. */
  retry(id: string): Promise<boolean>;
  /** Takes a mail that has not been sent for certain back into a draft. False when it may be on its way. */
  backToDraft(id: string): Promise<boolean>;
  decide(id: string, decision: Decision): Promise<boolean>;
  /** Removes a receipt from the list, or a mail that can't be opened any more. */
  dismiss(id: string): Promise<void>;
  /** What is stored, counted. */
  inventory(): Promise<readonly MailStock[]>;
  /**
   * Settles interrupted attempts, then sends what is due, and sets the alarm for what is due later.
   * Called at every worker start, on OUTBOX_ALARM, when the browser comes online, when an account
   * was linked again and when a host was allowed. Never rejects; may be called at any time.
   */
  run(): Promise<void>;
  /** Wipes drafts, queued mail and receipts of an account. */
  forgetAccount(accountId: string): Promise<void>;
  wipe(): Promise<void>;
}
