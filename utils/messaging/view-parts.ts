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
