import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import type { EpochMs } from '../platform/platform.ts';
import { RUNGS, SIGN_IN_REASONS, WAIT_REASONS } from '../vocabulary/vocabulary.ts';

/**
 * One mail as it lies in IndexedDB: ids, times, counts and codes. Whatever says something about
 * people or content is sealed: the content beside the record, the resume handle in it.
 */

const epochMs = once(() => z.number());

const storedState = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('draft') }),
    z.object({ kind: z.literal('queued') }),
    /** `settling`: the earlier attempt is being asked about, no new one is under way. */
    z.object({ kind: z.literal('sending'), startedAt: epochMs(), settling: z.boolean() }),
    z.object({ kind: z.literal('retry'), reason: z.enum(WAIT_REASONS) }),
    z.object({ kind: z.literal('waiting-for-sign-in'), why: z.enum(SIGN_IN_REASONS) }),
    z.object({ kind: z.literal('waiting-for-host'), host: z.string() }),
    z.object({
      kind: z.literal('waiting-for-right'),
      /** Records from before other rights could be missing have none. */
      rung: z._default(z.enum(RUNGS), 'send'),
    }),
    z.object({ kind: z.literal('refused'), code: z.string() }),
    z.object({ kind: z.literal('unconfirmed'), attemptedAt: epochMs() }),
    z.object({
      kind: z.literal('sent'),
      sentAt: epochMs(),
      messageId: z.nullable(z.string()),
      threadId: z.nullable(z.string()),
    }),
  ]),
);

/** Where a mail stands, as stored. */
export type StoredState = z.infer<ReturnType<typeof storedState>>;

const earlierAttempt = once(() =>
  z.object({
    /** The attempt that opened the session; part of the handle's seal. */
    attempt: z.number(),
    /** Sealed; null before the first checkpoint. */
    handle: z.nullable(z.instanceof(Uint8Array<ArrayBuffer>)),
    /** When the last bytes were about to leave; null when they never were. */
    finalSliceAt: z.nullable(epochMs()),
  }),
);

/** What is stored about an attempt whose end is not known. */
export type StoredAttempt = z.infer<ReturnType<typeof earlierAttempt>>;

const mailRecord = once(() =>
  z.object({
    recordVersion: z.literal(1),
    id: z.string(),
    /** Null for a draft without a sender. */
    accountId: z.nullable(z.string()),
    state: storedState(),
    /** Raised by each save of the draft. */
    revision: z.number(),
    /** Attempts so far, also the fence: what an attempt writes counts only while it is the latest. */
    attempts: z.number(),
    /** Setbacks since it was queued; the next wait follows from it. */
    failures: z.number(),
    /** Not null: nothing new may be sent before this attempt is settled. */
    earlier: z.nullable(earlierAttempt()),
    /** The message's Date, fixed by the first attempt; null before. */
    dateAt: z.nullable(epochMs()),
    /** The whole message; 0 for a draft. */
    sizeBytes: z.number(),
    createdAt: epochMs(),
    queuedAt: z.nullable(epochMs()),
    updatedAt: epochMs(),
    /** The account's id while the mail may still move by itself, else null. Indexed. */
    lane: z.nullable(z.string()),
    /** When it may move next; null when it waits for the person. Indexed with `lane`. */
    dueAt: z.nullable(epochMs()),
  }),
);

/** One mail as it is stored, without its content. */
export type MailRecord = z.infer<ReturnType<typeof mailRecord>>;

/** What was found under an id. `code` says why a record can't be read; it is left as it is. */
export type FoundRecord =
  | { readonly readable: true; readonly record: MailRecord }
  | {
      readonly readable: false;
      readonly id: string;
      readonly code: 'corrupt' | 'unsupported-version';
    };

const anyVersion = once(() => z.object({ id: z.string(), recordVersion: z.number() }));

/** Reads a stored record. A later version's migrations from older ones belong here. */
export function readRecord(stored: unknown): FoundRecord {
  const parsed = mailRecord().safeParse(stored);
  if (parsed.success) return { readable: true, record: parsed.data };
  const known = anyVersion().safeParse(stored);
  if (!known.success) return { readable: false, id: '', code: 'corrupt' };
  const newer = known.data.recordVersion > 1;
  return {
    readable: false,
    id: known.data.id,
    code: newer ? 'unsupported-version' : 'corrupt',
  };
}

/** A new draft's record. */
export function draftRecord(id: string, accountId: string | null, now: EpochMs): MailRecord {
  return {
    recordVersion: 1,
    id,
    accountId,
    state: { kind: 'draft' },
    revision: 1,
    attempts: 0,
    failures: 0,
    earlier: null,
    dateAt: null,
    sizeBytes: 0,
    createdAt: now,
    queuedAt: null,
    updatedAt: now,
    lane: null,
    dueAt: null,
  };
}
