import type { EpochMs } from '../../platform/platform.ts';
import type { MailGroup } from '../../vocabulary/vocabulary.ts';
import type { BatchStore } from '../batches/batch-store.ts';
import type { FoundRecord, MailRecord } from './mail-record.ts';
import type { PieceStore } from '../files/piece-store.ts';

/** What one step changes, in one transaction. */
export interface Change {
  readonly record: MailRecord;
  /** The sealed content; null wipes it with the mail's files, undefined leaves both. */
  readonly content?: Uint8Array<ArrayBuffer> | null;
  /** Every byte of these files has to be there (OutboxError `no-bytes`); the mail's others are wiped. */
  readonly keepFiles?: readonly { readonly id: string; readonly sizeBytes: number }[];
  /** The whole account waits until then. */
  readonly holdUntil?: EpochMs;
  /** It takes a token of its account's pace; without one nothing changes, and the step counts as refused. */
  readonly starts?: { readonly now: EpochMs; readonly sendsPerMinute: number };
}

/** A record with its sealed content; null when that was wiped. */
export interface StoredMail {
  readonly record: MailRecord;
  readonly content: Uint8Array<ArrayBuffer> | null;
}

/** One line of the list. */
export interface ListedMail {
  readonly found: FoundRecord;
  readonly content: Uint8Array<ArrayBuffer> | null;
}

/** How many mails each group has. Those of merges that are shown with them are not counted. */
export type GroupCounts = Readonly<Record<MailGroup, number>>;

/** A piece of one group; `offset` counts from the newest. */
export interface GroupPage {
  readonly group: MailGroup;
  readonly offset: number;
  readonly limit: number;
}

/** How much is stored of one kind. */
export interface MailStock {
  readonly kind: 'drafts' | 'mails' | 'receipts' | 'files' | 'merges';
  readonly count: number;
  /** Of what is sealed. */
  readonly sizeBytes: number;
  /** Null when there is none. */
  readonly oldestAt: EpochMs | null;
}

/**
 * Mails on the disk. Every write resolves after a strict commit; every call rejects with
 * OutboxError only. Records that can't be read are skipped and left as they are.
 */
export interface MailStore extends PieceStore, BatchStore {
  /** @throws OutboxError `no-bytes` as `change` does */
  add(mail: StoredMail & Pick<Change, 'keepFiles'>): Promise<void>;
  /** Null when there is none, or none that can be read. */
  find(id: string): Promise<StoredMail | null>;
  /**
   * Runs a step on the record as it is now and stores what it gives, in one transaction. Resolves
   * to the new record; to null when there is no such record, the step gave null, or the account's
   * pace has no room for it.
   */
  change(id: string, step: (record: MailRecord) => Change | null): Promise<MailRecord | null>;
  /** Removes record, content and files when `when` says so. False when it did not. */
  remove(id: string, when: (found: FoundRecord) => boolean): Promise<boolean>;
  /** Of every record, whether or not it can be read. */
  ids(): Promise<readonly string[]>;
  /** Null when there is none. */
  record(id: string): Promise<FoundRecord | null>;
  /** The sealed content, whether or not the record can be read; null when there is none. */
  sealedContent(id: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Stores `after` in place of `before`. False, and nothing is changed, when something else lies there. */
  exchangeContent(id: string, before: Uint8Array, after: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** How many mails each group has. Reads none of them. */
  counts(): Promise<GroupCounts>;
  /** A piece of a group, newest first. Reads no other mail. */
  page(page: GroupPage): Promise<readonly ListedMail[]>;
  /** One line of the list; null when there is no such mail. */
  listed(id: string): Promise<ListedMail | null>;
  /** Accounts that have mail which may still move. */
  lanes(): Promise<readonly string[]>;
  /** Mails of a lane in any of these states. */
  inState(
    lane: string,
    kinds: readonly MailRecord['state']['kind'][],
  ): Promise<readonly MailRecord[]>;
  /** Mails of a lane whose time, as the person chose it, was before. */
  scheduledBefore(lane: string, before: EpochMs): Promise<readonly MailRecord[]>;
  /** Mails of a lane that may move by themselves and were stored after, by a clock that went back since. */
  storedAfter(lane: string, now: EpochMs): Promise<readonly MailRecord[]>;
  /** The mail of a lane to work on next, of those due by `now`; null for none. */
  nextDue(lane: string, now: EpochMs, except: ReadonlySet<string>): Promise<MailRecord | null>;
  /** When the lane has something to do; null for never. */
  wakeAt(lane: string, except: ReadonlySet<string>): Promise<EpochMs | null>;
  /** Until when a lane has to wait; null when it need not. */
  heldUntil(lane: string): Promise<EpochMs | null>;
  release(lane: string): Promise<void>;
  /** When the account's pace has room for a start; `now` when it has. */
  readyAt(lane: string, now: EpochMs): Promise<EpochMs>;
  /** What there is, counted. */
  stock(): Promise<readonly MailStock[]>;
  /** Removes receipts of mails that were sent before. */
  prune(sentBefore: EpochMs): Promise<void>;
  removeAccount(accountId: string): Promise<void>;
  clear(): Promise<void>;
}
