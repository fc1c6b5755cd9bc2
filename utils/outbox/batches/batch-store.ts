import type { EpochMs } from '../../platform/platform.ts';
import type { MailRecord } from '../store/mail-record.ts';
import type { StoredMail } from '../store/mail-store.ts';
import type { BatchRecord } from './batch-record.ts';

/** Everything that the start of a merge stores. */
export interface BatchStart {
  readonly batch: BatchRecord;
  readonly mails: readonly StoredMail[];
  /** The draft's content with the merge's table, sealed: kept until a mail of it may have left. */
  readonly draft: Uint8Array<ArrayBuffer>;
  /** The draft as it was read; a save in between starts nothing. */
  readonly revision: number;
  /** Every byte of these files of the draft has to be there. */
  readonly files: readonly { readonly id: string; readonly sizeBytes: number }[];
}

/** What a step makes of a merge. A mail that is null is wiped. */
export interface BatchChange {
  readonly batch: BatchRecord;
  readonly mails: ReadonlyMap<string, MailRecord | null>;
  /** Sealed content to put in place, by mail. */
  readonly contents?: ReadonlyMap<string, Uint8Array<ArrayBuffer> | null>;
}

/** A step on a merge with all of its mails, as they are now; null changes nothing. */
export type BatchStep = (batch: BatchRecord, mails: readonly MailRecord[]) => BatchChange | null;

/**
 * Merges on the disk. Each write is one strict transaction over the merge and all of its mails: it
 * is done, or nothing of it is. Every call rejects with OutboxError only.
 */
export interface BatchStore {
  /** The draft becomes the merge. @throws OutboxError `no-bytes` when a file is not complete */
  startBatch(start: BatchStart): Promise<'started' | 'changed' | 'gone'>;
  /** Null when there is none, or none that can be read. */
  findBatch(id: string): Promise<BatchRecord | null>;
  batches(): Promise<readonly BatchRecord[]>;
  /** The mails of a merge that are there, in no order. */
  mailsOfBatch(id: string): Promise<readonly MailRecord[]>;
  /** How many of them have not been sent. Reads none of them. */
  unsentOfBatch(id: string): Promise<number>;
  /** Those of them that stand there. */
  batchMailsInState(
    id: string,
    kinds: readonly MailRecord['state']['kind'][],
  ): Promise<readonly MailRecord[]>;
  /** Null when there is no such merge, or the step gave null. */
  changeBatch(id: string, step: BatchStep): Promise<BatchRecord | null>;
  /** Whether the draft is still there that the merge was started from. Opens nothing. */
  keepsDraft(id: string): Promise<boolean>;
  /**
   * The merge becomes its draft again, under its id, with its files: its mails are wiped and the draft
   * is there, or nothing has changed. False when there is no draft to go back to, or `step` gave null.
   */
  batchToDraft(
    id: string,
    step: (batch: BatchRecord, mails: readonly MailRecord[]) => MailRecord | null,
  ): Promise<boolean>;
  /** Wipes a merge with its mails and files when `when` says so. */
  removeBatch(id: string, when: (mails: readonly MailRecord[]) => boolean): Promise<boolean>;
  /** How many mails the account has sent since, or still has in its queue. */
  sendsOf(accountId: string, since: EpochMs): Promise<number>;
  /** Puts `after` in the place of the sealed content if that is still `before`. */
  exchangeBatch(
    id: string,
    before: Uint8Array<ArrayBuffer>,
    after: Uint8Array<ArrayBuffer>,
  ): Promise<void>;
  /** All merges that are stored, also those that can't be read. */
  countBatches(): Promise<number>;
}
