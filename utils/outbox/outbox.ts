/**
 * Room `outbox`: the durable queue. A mail goes out exactly once, whatever dies in between.
 *
 * Every state is stored (IndexedDB, strict) before the act that it announces; content and resume
 * handles are sealed, and wiped when the mail is sent. One send at a time per account; a poisoned
 * entry blocks no other; what nobody can know becomes `unconfirmed` and is never resent by itself.
 * It refuses to send without a record, and while the vault is locked: mails wait then. Called by dispatch; started in entrypoints/background.ts.
 */
import type { DraftContent, Mailbox } from '../mail/mail.ts';
import type {
  AttachBegin,
  AttachEnd,
  DraftView,
  PieceOutcome,
  MailView,
  QueueOutcome,
  SaveOutcome,
  SchedulePlace,
  Suggestion,
} from '../messaging/messaging.ts';
import type { EpochMs } from '../platform/platform.ts';
import type { SealedHolder } from '../vault/vault.ts';
import type { GroupCounts, GroupPage, MailStock } from './store/mail-store.ts';
import type { FilePlace } from './files/piece-store.ts';

import type { Merges } from './batches/merges.ts';

export type { Merges, StartMerge, TestMerge } from './batches/merges.ts';
export { createOutbox, type OutboxParts } from './create-outbox.ts';
export type { MailEvent, SendingAccounts, SendingChoices } from './delivery/delivery.ts';
export type { GroupCounts, GroupPage, MailStock, MailStore } from './store/mail-store.ts';
export { OutboxError, type OutboxErrorCode } from './outbox-error.ts';
export { OUTBOX_ALARM } from './delivery/run-outbox.ts';
export { createMailStore } from './store/stored-mails.ts';
export type {
  AttachBegin,
  AttachEnd,
  DraftView,
  PieceOutcome,
  MailState,
  MergeStart,
  MergeSummary,
  MergeView,
  RowOutcome,
  MailView,
  QueueOutcome,
  RejectionView,
  SaveOutcome,
  SchedulePlace,
  Suggestion,
} from '../messaging/messaging.ts';

/** What a person decides about an unconfirmed mail. */
export type Decision = 'arrived' | 'send-again' | 'to-draft';

/** A time that the person chose, and the IANA time zone in which they chose it. */
export interface ChosenTime {
  readonly at: EpochMs;
  readonly zone: string;
}

/**
 * The queue. Every call resolves after a strict commit.
 * @throws OutboxError when the browser does not store; VaultError when a mail can't be opened
 */
export interface Outbox extends SealedHolder {
  createDraft(draft: {
    readonly accountId: string | null;
    readonly content: DraftContent;
    readonly suggestions: readonly Suggestion[];
  }): Promise<DraftView>;
  /** Keeps whom else the page had beside the suggestions, for a merge. Nothing when it is no draft any more. */
  addFound(id: string, people: readonly Mailbox[]): Promise<void>;
  /** Null when there is no such draft (any more). */
  openDraft(id: string): Promise<DraftView | null>;
  saveDraft(draft: {
    readonly id: string;
    readonly accountId: string | null;
    readonly content: DraftContent;
    readonly revision: number;
  }): Promise<SaveOutcome>;
  /** Wipes a draft with its files. */
  discardDraft(id: string): Promise<void>;
  /** Begins a file of a draft; its pieces follow, each `pieceBytes` long but the last. */
  beginFile(file: { readonly mailId: string; readonly sizeBytes: number }): Promise<AttachBegin>;
  /** Seals and stores one piece. The same piece may come again: an answer may have been lost. */
  putPiece(
    piece: FilePlace & { readonly index: number; readonly bytes: Uint8Array },
  ): Promise<PieceOutcome>;
  /** From here on a mail can be sent with it. The draft has to name it, by `saveDraft`. */
  finishFile(file: FilePlace): Promise<AttachEnd>;
  /** Wipes a file of a draft, finished or not. */
  removeFile(file: FilePlace): Promise<void>;
  /**
   * Fixes ids and content and queues the draft as it was last saved. It is held for the undo window
   * first: until then `backToDraft` takes it back, and nothing has been asked of anybody.
   */
  send(id: string): Promise<QueueOutcome>;
  /** The same, to go at a time: never earlier, and later than the person allows only if they say so. */
  schedule(id: string, when: ChosenTime): Promise<QueueOutcome>;
  /** Gives a mail that is held, scheduled or overdue another time. False when it can't have that any more. */
  reschedule(id: string, when: ChosenTime): Promise<boolean>;
  /** Who would send this mail at its time: this device, or its provider, by name. */
  schedulePlace(id: string): Promise<SchedulePlace>;
  readonly merges: Merges;
  /** The newest of each group, no more than `most` says (50 where it does not); newest first. */
  list(most?: Partial<GroupCounts>): Promise<readonly MailView[]>;
  /** A piece of one group, newest first. Opens nothing else. */
  page(page: GroupPage): Promise<readonly MailView[]>;
  /** One mail; null when it is not there (any more). */
  show(id: string): Promise<MailView | null>;
  /** How many mails each group has, those of merges aside. Opens none of them. */
  counts(): Promise<GroupCounts>;
  /**
   * Sends what is held, scheduled, overdue or waiting now, and lets what is paused go on. What its
   * provider is to send at a later hour is handed over now. False when its state does not allow that.
   */
  retry(id: string): Promise<boolean>;
  /**
   * Stops a mail that is on its way until `retry`, which goes on where it stopped. False once its
   * last bytes may have left: until then nothing arrives.
   */
  pause(id: string): Promise<boolean>;
  /**
   * Takes a mail that certainly was not sent back into a draft, also in the middle of its upload;
   * of one that its provider holds, the provider is asked first. False once its last bytes may have left.
   */
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
  /** Resolves when no attempt is under way in this worker. Never rejects. */
  settled(): Promise<void>;
  /** Wipes drafts, queued mail and receipts of an account. */
  forgetAccount(accountId: string): Promise<void>;
  wipe(): Promise<void>;
}
