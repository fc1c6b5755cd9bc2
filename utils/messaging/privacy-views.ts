import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { revokeResult } from './account-views.ts';
import { epochMs, id, list } from './view-parts.ts';

/**
 * What a page may see of what is stored and called. An answer is parsed by these on its way out of the worker: a field
 * that is not named here never leaves it.
 */

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
export const callView = once(() =>
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
  }),
);

/** What erasing everything did. */
export const eraseReport = once(() =>
  z.object({
    revoked: list(z.object({ address: z.string(), result: revokeResult() })),
    wiped: list(z.string()),
    /** What could not be wiped, by name; empty when all is gone. */
    left: list(z.string()),
  }),
);

/** One kind of thing that is stored. */
export type InventoryLine = z.infer<ReturnType<typeof inventoryLine>>;
/** One call to a provider. */
export type CallView = z.infer<ReturnType<typeof callView>>;
/** What erasing everything did. */
export type EraseReport = z.infer<ReturnType<typeof eraseReport>>;
