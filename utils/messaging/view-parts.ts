import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { PROVIDER_IDS, RUNGS, SIGN_IN_REASONS, WAIT_REASONS } from '../vocabulary/vocabulary.ts';

/** What the views of all records are made of. */

/** A list that nobody changes. */
export const list = <T extends z.core.SomeType>(item: T): z.ZodMiniReadonly<z.ZodMiniArray<T>> =>
  z.readonly(z.array(item));

/** Any id of ours. */
export const id = once(() => z.string());
/** Milliseconds since 1970. */
export const epochMs = once(() => z.number());
/** A kind of mailbox. */
export const provider = once(() => z.enum(PROVIDER_IDS));
/** A step of the scope ladder. */
export const rung = once(() => z.enum(RUNGS));
/** Why something waits. */
export const waitReason = once(() => z.enum(WAIT_REASONS));
/** Why the person has to sign in. */
export const signInReason = once(() => z.enum(SIGN_IN_REASONS));
/** The provider refuses this client or this request; `code` is the provider's own. */
export const refused = once(() =>
  z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
);

/**
 * From the address that was chosen the mail can't go without a right that the account doesn't have:
 * because the address is a shared mailbox, or because of a header that it answers to another mail or
 * how to unsubscribe.
 */
export const senderNeedsRight = once(() =>
  z.object({
    kind: z.literal('sender-needs-right'),
    rung: rung(),
    why: z.enum(['shared-mailbox', 'answer', 'unsubscribe']),
  }),
);
