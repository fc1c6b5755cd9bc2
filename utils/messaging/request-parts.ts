import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { OTHER_SENDER_KINDS, PROVIDER_IDS, RUNGS } from '../vocabulary/vocabulary.ts';

/** What the requests of several messages are made of. */

/** An id that we made. */
export const id = once(() => z.string().check(z.regex(/^[0-9a-f-]{36}$/)));
/** One record, by its id. */
export const byId = once(() => z.object({ id: id() }));
/** The id of a record that may not have been written by us: whatever the vault takes for an id. */
export const byAnyId = once(() => z.object({ id: z.string().check(z.regex(/^[\w.-]{1,128}$/)) }));
/** One file of one mail. */
export const byFile = once(() => z.object({ mailId: id(), fileId: id() }));
/** More than any piece is. */
const MAX_PIECE_BYTES = 1024 * 1024;
/** A piece of a file. */
export const piece = once(() =>
  z.instanceof(Uint8Array).check(z.refine(({ byteLength }) => byteLength <= MAX_PIECE_BYTES)),
);
/** Whether it was done. */
export const done = once(() => z.object({ done: z.boolean() }));
/** A kind of mailbox. */
export const provider = once(() => z.enum(PROVIDER_IDS));
/** One kind of mailbox. */
export const byProvider = once(() => z.object({ providerId: provider() }));
/** A step of the scope ladder. */
export const rung = once(() => z.enum(RUNGS));
/** As typed: what is wrong with it is part of the answer. */
export const typedSender = once(() =>
  z.object({
    kind: z.enum(OTHER_SENDER_KINDS),
    name: z.string().check(z.maxLength(1_000)),
    address: z.string().check(z.maxLength(1_000)),
  }),
);
/** A client id or secret. */
export const credential = once(() => z.string().check(z.minLength(1), z.maxLength(512)));
/** A number of days that the log may be kept. */
export const logDays = once(() => z.int().check(z.gte(1), z.lte(365)));
/** A time, and the IANA time zone in which it was chosen. */
export const scheduled = once(() =>
  z.object({
    id: id(),
    at: z.int().check(z.positive()),
    zone: z.string().check(z.regex(/^[\w+/-]{1,64}$/)),
  }),
);
/** What the person chose about sending; the room settings says what each may be. */
export const sendingChoices = once(() =>
  z.object({
    undoSeconds: z.int().check(z.gte(0), z.lte(60)),
    lateToleranceMinutes: z.int().check(z.gte(1), z.lte(10_080)),
    receiptRetentionDays: z.int().check(z.gte(1), z.lte(365)),
  }),
);
/** A list that nobody changes. */
export const list = <T extends z.core.SomeType>(item: T): z.ZodMiniReadonly<z.ZodMiniArray<T>> =>
  z.readonly(z.array(item));
