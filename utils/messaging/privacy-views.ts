import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { revokeResult } from './account-outcomes.ts';
import { id as requestId } from './request-parts.ts';
import { CALL_RESULTS } from '../vocabulary/vocabulary.ts';
import { epochMs, id, list } from './view-parts.ts';

/**
 * What a page may see of what is stored and called. An answer is parsed by these on its way out of the worker: a field
 * that is not named here never leaves it.
 */

/** What of the call log is asked for. Null takes every host, account or result. */
export const callsRequest = once(() =>
  z.object({
    host: z.nullable(z.string().check(z.maxLength(253))),
    accountId: z.nullable(requestId()),
    result: z.nullable(z.enum([...CALL_RESULTS, 'unanswered'])),
    offset: z.int().check(z.nonnegative()),
    limit: z.int().check(z.gte(1), z.lte(2000)),
  }),
);

/** A piece of the call log, and what it can be chosen by. */
export const callsAnswer = once(() =>
  z.object({
    calls: list(callView()),
    total: z.number(),
    choices: z.object({
      hosts: list(z.string()),
      accountIds: list(z.string()),
      results: list(z.enum(CALL_RESULTS)),
    }),
  }),
);

/** One kind of thing that is stored, for the inventory. */
export const inventoryLine = once(() =>
  z.object({
    /** What it is, in words. */
    what: z.string(),
    /** Where the browser keeps it. */
    where: z.string(),
    protection: z.enum(['sealed', 'key', 'plain']),
    count: z.number(),
    sizeBytes: z.number(),
    oldestAt: z.nullable(epochMs()),
    /** How long it is kept, in words. */
    until: z.string(),
  }),
);

/** One call to a provider, without content. */
const callView = once(() =>
  z.object({
    at: epochMs(),
    host: z.string(),
    purpose: z.string(),
    accountId: z.nullable(id()),
    status: z.nullable(z.number()),
    requestBytes: z.number(),
    answerBytes: z.number(),
    durationMs: z.number(),
    result: z.string(),
    // The provider's own id of the call, for its support; null when it gave none.
    requestId: z.nullable(z.string()),
  }),
);

/** What went to one host and came back, as far as the log reaches. */
export const hostView = once(() =>
  z.object({
    host: z.string(),
    calls: z.number(),
    unanswered: z.number(),
    requestBytes: z.number(),
    answerBytes: z.number(),
    // Null when it was not called.
    lastAt: z.nullable(epochMs()),
  }),
);

/** Counts and times of the last days, for the charts. */
export const statisticsView = once(() => {
  const times = { medianMs: z.nullable(z.number()), p90Ms: z.nullable(z.number()) };
  return z.object({
    // Oldest first.
    days: list(
      z.object({
        at: epochMs(),
        sent: z.number(),
        rejected: z.number(),
        unconfirmed: z.number(),
        ...times,
      }),
    ),
    // Null for any time above the band before.
    delivery: list(z.object({ untilMs: z.nullable(z.number()), count: z.number() })),
    ...times,
    errors: list(z.object({ of: z.enum(['call', 'mail']), kind: z.string(), count: z.number() })),
  });
});

/** What erasing everything did. */
export const eraseReport = once(() =>
  z.object({
    revoked: list(
      z.object({
        address: z.string(),
        result: revokeResult(),
        // Where the person withdraws the consent by hand; null when this build does not know.
        consentPage: z.nullable(z.string()),
      }),
    ),
    // Accounts that could not be opened: nothing could be withdrawn for them.
    unreadable: z.number(),
    wiped: list(z.string()),
    /** What could not be wiped, by name; empty when all is gone. */
    left: list(z.string()),
  }),
);

/** One kind of thing that is stored. */
export type InventoryLine = z.infer<ReturnType<typeof inventoryLine>>;
/** One call to a provider. */
export type CallView = z.infer<ReturnType<typeof callView>>;
/** What went to one host. */
export type HostView = z.infer<ReturnType<typeof hostView>>;
/** Counts and times of the last days. */
export type StatisticsView = z.infer<ReturnType<typeof statisticsView>>;
/** What erasing everything did. */
export type EraseReport = z.infer<ReturnType<typeof eraseReport>>;
