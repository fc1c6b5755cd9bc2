import type { MergeRecipient } from '../../merge/merge.ts';
import type {
  MergeStart,
  MergeSummary,
  MergeView,
  QueueOutcome,
} from '../../messaging/messaging.ts';

/** A draft that is to become one mail for each recipient. */
export interface StartMerge {
  readonly draftId: string;
  /** The draft as the person saw it. */
  readonly revision: number;
  /** The names of the fields, in the order of each recipient's values. */
  readonly fields: readonly string[];
  readonly recipients: readonly MergeRecipient[];
  /** The person agrees to more days than one where the account's daily limit asks for it. */
  readonly spread: boolean;
  /** A `mailto:` URI for List-Unsubscribe (RFC 2369); null for no such header. */
  readonly unsubscribe: string | null;
  /** The table and what was chosen for it, packed (`packPlan`), to stand in the draft again; '' for none. */
  readonly plan: string;
}

/** One mail of a merge that is not started yet, to the person alone. */
export type TestMerge = Pick<StartMerge, 'draftId' | 'fields' | 'unsubscribe'> & {
  readonly recipient: MergeRecipient;
};

/**
 * Mails to many, one each. A merge is stored as a whole or not at all; each of its mails then is a
 * mail like any other, with an outcome of its own. False: there is no such merge, or not in that state.
 */
export interface Merges {
  start(start: StartMerge): Promise<MergeStart>;
  /** Sends what a recipient would get, files and all, to the account's own address. */
  test(test: TestMerge): Promise<QueueOutcome>;
  list(): Promise<readonly MergeSummary[]>;
  /** Those with mails that have not come to their end. Cheap where there is none. */
  unfinished(): Promise<readonly MergeSummary[]>;
  /** How many have a mail that needs the person. Opens nothing that is sealed. */
  needingPerson(): Promise<number>;
  show(id: string): Promise<MergeView | null>;
  /** Holds back what has not begun; what is on its way comes to its end. */
  pause(id: string): Promise<boolean>;
  resume(id: string): Promise<boolean>;
  /** Wipes what certainly was not sent. */
  cancel(id: string): Promise<boolean>;
  /**
   * The merge becomes the draft that it was started from, with its files and its table. False once
   * any mail of it may have left, or is under way.
   */
  backToDraft(id: string): Promise<boolean>;
  /** What a draft that was taken back from a merge was to be sent with, packed; '' for none. @throws VaultError */
  planOf(draftId: string): Promise<string>;
  /** Sends once more what the provider refused. */
  retryRejected(id: string): Promise<boolean>;
  /** What the person says of every unconfirmed mail of the merge. */
  decideAll(id: string, decision: 'arrived' | 'send-again'): Promise<boolean>;
  /** Wipes the result; refused while any mail has not come to its end. */
  dismiss(id: string): Promise<boolean>;
  /** Wipes what waits for these addresses in any merge, as far as it certainly was not sent. */
  drop(addresses: readonly string[]): Promise<void>;
}
