import * as z from 'zod/mini';
import { MERGE_LIMITS } from '../merge/merge.ts';
import { once } from '../once/once.ts';
import { id as requestId } from './request-parts.ts';
import { epochMs, id, list, rung, senderNeedsRight } from './view-parts.ts';

/**
 * What a page may ask and see of merges and of the do-not-mail list. An answer is parsed by these on
 * its way out of the worker: a field that is not named here never leaves it.
 */

/** Somebody to write to, with what is filled in for them. */
const mergeRecipient = once(() =>
  z.object({
    name: z.string().check(z.maxLength(MERGE_LIMITS.cellChars)),
    address: z.string().check(z.maxLength(1000)),
    values: z.readonly(
      z
        .array(z.string().check(z.maxLength(MERGE_LIMITS.cellChars)))
        .check(z.maxLength(MERGE_LIMITS.columns)),
    ),
  }),
);

/** The names of the fields, in the order of each recipient's values. */
const mergeFields = once(() =>
  z.readonly(
    z
      .array(z.string().check(z.maxLength(MERGE_LIMITS.cellChars)))
      .check(z.maxLength(MERGE_LIMITS.columns)),
  ),
);

/** How the start of a merge ended. Nothing was sent, and nothing stored, in any case but `started`. */
export const mergeStart = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('started'), count: z.number(), days: z.number() }),
    z.object({ kind: z.literal('already-started') }),
    // Another window changed the draft after this one read it.
    z.object({ kind: z.literal('changed') }),
    z.object({ kind: z.literal('gone') }),
    z.object({ kind: z.literal('no-account') }),
    // The account has no other sender with the address that the draft is from.
    z.object({ kind: z.literal('no-such-sender') }),
    senderNeedsRight(),
    z.object({ kind: z.literal('nobody') }),
    // `row`: the place in the list of recipients, from 0.
    z.object({
      kind: z.literal('problems'),
      rows: list(z.object({ row: z.number(), problem: z.string() })),
    }),
    z.object({ kind: z.literal('do-not-mail'), addresses: list(z.string()) }),
    z.object({
      kind: z.literal('too-large'),
      sizeBytes: z.number(),
      limitBytes: z.number(),
      helpfulRung: z.nullable(rung()),
    }),
    // All mails together are more than one merge takes.
    z.object({ kind: z.literal('too-much'), chars: z.number(), limitChars: z.number() }),
    z.object({ kind: z.literal('no-bytes') }),
    z.object({
      kind: z.literal('over-daily-limit'),
      count: z.number(),
      leftToday: z.number(),
      perDay: z.number(),
      days: z.number(),
    }),
  ]),
);

/** What became of one recipient's mail. */
export const rowOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('waiting'), dueAt: epochMs() }),
    z.object({ kind: z.literal('sending') }),
    z.object({ kind: z.literal('paused') }),
    z.object({ kind: z.literal('sent'), sentAt: epochMs() }),
    z.object({ kind: z.literal('unconfirmed'), attemptedAt: epochMs() }),
    z.object({ kind: z.literal('rejected'), code: z.string(), detail: z.string() }),
    z.object({
      kind: z.literal('needs-you'),
      why: z.enum(['sign-in', 'right', 'refused', 'unreadable']),
      code: z.string(),
    }),
    z.object({ kind: z.literal('needs-host'), host: z.string() }),
    // The person took it back to write it anew.
    z.object({ kind: z.literal('taken-out') }),
    // Cancelled, or discarded after it was taken out.
    z.object({ kind: z.literal('not-sent') }),
  ]),
);

/** What the start of a merge asks. */
export const startRequest = once(() =>
  z.object({
    draftId: requestId(),
    revision: z.int().check(z.nonnegative()),
    fields: mergeFields(),
    recipients: list(mergeRecipient()).check(z.maxLength(MERGE_LIMITS.recipients)),
    spread: z.boolean(),
    /** Whether recipients get an address to unsubscribe at: that which they are from. */
    unsubscribe: z.boolean(),
    /** What brings the table back when the merge is taken back; see `packPlan`. '' for nothing. */
    plan: z.string().check(z.maxLength(MERGE_LIMITS.planChars)),
  }),
);

/** What a trial of one mail asks. */
export const testRequest = once(() =>
  z.object({
    draftId: requestId(),
    fields: mergeFields(),
    recipient: mergeRecipient(),
    // As in the start of the merge.
    unsubscribe: z.boolean(),
  }),
);

/** Addresses to look for on the do-not-mail list. */
export const checkRequest = once(() =>
  z.object({ addresses: list(z.string()).check(z.maxLength(2_000)) }),
);

/** Those of them that are on it. */
export const checkAnswer = once(() => z.object({ found: list(z.string()) }));

const counts = once(() =>
  z.object({
    sent: z.number(),
    waiting: z.number(),
    unconfirmed: z.number(),
    rejected: z.number(),
    needsYou: z.number(),
    notSent: z.number(),
  }),
);

const summaryFields = once(() => ({
  id: id(),
  accountId: id(),
  // With its fields, as it was written; '' when it can't be opened.
  subject: z.string(),
  control: z.enum(['running', 'paused', 'cancelled']),
  createdAt: epochMs(),
  total: z.number(),
  counts: counts(),
  // When the next mail is due; null when none waits.
  nextAt: z.nullable(epochMs()),
  // When the last of those that wait is due; null when none waits.
  lastAt: z.nullable(epochMs()),
  // What is wrong with its sealed content, in a code; null when it can be opened.
  unreadable: z.nullable(z.string()),
}));

/** A merge in one line. */
export const mergeSummary = once(() => z.object(summaryFields()));

/** A merge with what became of each recipient. */
export const mergeView = once(() =>
  z.object({
    ...summaryFields(),
    // Nothing of it has left or is under way: it can become its draft again.
    canGoBack: z.boolean(),
    rows: list(
      z.object({ mailId: id(), name: z.string(), address: z.string(), outcome: rowOutcome() }),
    ),
  }),
);

/** One address that is never written to by a merge. */
export const suppressionView = once(() =>
  z.object({
    address: z.string(),
    addedAt: epochMs(),
    // How it came onto the list.
    why: z.enum(['by-hand', 'import', 'result']),
  }),
);

/** Addresses to put onto the do-not-mail list. */
export const suppressionRequest = once(() =>
  z.object({
    addresses: z.readonly(z.array(z.string().check(z.maxLength(1000))).check(z.maxLength(20_000))),
    why: z.enum(['by-hand', 'import', 'result']),
  }),
);

/** How putting addresses onto the do-not-mail list ended. */
export const suppressionOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('added'), added: z.number(), known: z.number() }),
    z.object({ kind: z.literal('not-addresses'), count: z.number() }),
    z.object({ kind: z.literal('list-full'), limit: z.number() }),
  ]),
);

/** Somebody to write to. */
export type MergeRecipientView = z.infer<ReturnType<typeof mergeRecipient>>;
/** How the start of a merge ended. */
export type MergeStart = z.infer<ReturnType<typeof mergeStart>>;
/** What became of one recipient's mail. */
export type RowOutcome = z.infer<ReturnType<typeof rowOutcome>>;
/** A merge in one line. */
export type MergeSummary = z.infer<ReturnType<typeof mergeSummary>>;
/** A merge with what became of each recipient. */
export type MergeView = z.infer<ReturnType<typeof mergeView>>;
/** One address of the do-not-mail list. */
export type SuppressionView = z.infer<ReturnType<typeof suppressionView>>;
/** How putting addresses onto the do-not-mail list ended. */
export type SuppressionOutcome = z.infer<ReturnType<typeof suppressionOutcome>>;
