import * as z from 'zod/mini';
import { once } from '../../once/once.ts';
import type { EpochMs } from '../../platform/platform.ts';
import { NOT_BACK, RUNGS, SIGN_IN_REASONS, WAIT_REASONS } from '../../vocabulary/vocabulary.ts';

/**
 * One mail as it lies in IndexedDB: ids, times, counts and codes. Whatever says something about
 * people or content is sealed: the content beside the record, the resume handle in it.
 */

const epochMs = once(() => z.number());

const storedState = once(() =>
  z.discriminatedUnion('kind', [
    /** `returned`: it was sent, and will not be taken as it is. Not known of records from before that was kept. */
    z.object({ kind: z.literal('draft'), returned: z._default(z.boolean(), false) }),
    /** The undo window: nothing is asked of anybody before `until`. `heldAt` tells when a clock went back. */
    z.object({ kind: z.literal('held'), heldAt: epochMs(), until: epochMs() }),
    /** Waits on this device for the time in `schedule`. */
    z.object({ kind: z.literal('scheduled') }),
    /** The provider has it and sends it at the time in `schedule`; `earlier` holds the handle to it. */
    z.object({
      kind: z.literal('at-provider'),
      /** Why it is there although the person wanted it back; null when they did not. Older records have none. */
      notBack: z._default(z.nullable(z.enum(NOT_BACK)), null),
    }),
    /** The person wants it back from the provider, which has still to be asked. */
    z.object({ kind: z.literal('taking-back') }),
    /** The time in `schedule` has passed by more than the person allows: they are asked. */
    z.object({ kind: z.literal('overdue') }),
    z.object({ kind: z.literal('queued') }),
    /** `settling`: the earlier attempt is being asked about, no new one is under way. */
    z.object({ kind: z.literal('sending'), startedAt: epochMs(), settling: z.boolean() }),
    /** By the person. `acknowledgedBytes`: how much the provider had, as far as that was known. */
    z.object({ kind: z.literal('halted'), acknowledgedBytes: z.number() }),
    z.object({ kind: z.literal('retry'), reason: z.enum(WAIT_REASONS) }),
    z.object({ kind: z.literal('waiting-for-sign-in'), why: z.enum(SIGN_IN_REASONS) }),
    z.object({ kind: z.literal('waiting-for-host'), host: z.string() }),
    z.object({
      kind: z.literal('waiting-for-right'),
      /** Records from before other rights could be missing have none. */
      rung: z._default(z.enum(RUNGS), 'send'),
    }),
    z.object({ kind: z.literal('refused'), code: z.string() }),
    /** Held back with its merge. `plannedAt`: when it would have been due. */
    z.object({ kind: z.literal('paused'), plannedAt: epochMs() }),
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

const RECORD_VERSION = 2;

const schedule = once(() =>
  z.object({
    at: epochMs(),
    /** The IANA time zone in which the person chose it. */
    zone: z.string(),
    /** Who sends it then: this device, or the provider, to which it is handed over at once. */
    by: z._default(z.enum(['device', 'provider']), 'device'),
    /** True once the provider has said that it holds the mail. */
    confirmed: z._default(z.boolean(), false),
  }),
);

/** When the person wants a mail sent. */
export type Schedule = z.infer<ReturnType<typeof schedule>>;

const mailRecord = once(() =>
  z.object({
    recordVersion: z.literal(RECORD_VERSION),
    id: z.string(),
    /** Null for a draft without a sender. */
    accountId: z.nullable(z.string()),
    state: storedState(),
    /** The merge that it is a part of. Null also in records from before there were any. Indexed. */
    batchId: z._default(z.nullable(z.string()), null),
    /** The person has taken it out of its merge: what is done to the merge is not done to it. */
    apart: z._default(z.boolean(), false),
    /** Its recipient came onto the do-not-mail list: the merge does not send it (again). Not known of older records. */
    dropped: z._default(z.boolean(), false),
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
    /**
     * From when on nothing that the person wanted held it back: the end of its undo window, its
     * hour, or when it went on after a pause. Null in a draft, and in records from before it was kept.
     */
    freeAt: z._default(z.nullable(epochMs()), null),
    updatedAt: epochMs(),
    /** The account's id while the mail may still move by itself, else null. Indexed. */
    lane: z.nullable(z.string()),
    /** Null: as soon as possible. Kept until it is sent, so that a late attempt is asked about. */
    schedule: z.nullable(schedule()),
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

const anyVersion = once(() => z.looseObject({ id: z.string(), recordVersion: z.number() }));

/** Reads a stored record, of this version or an older one. Nothing is written back: the next step does. */
export function readRecord(stored: unknown): FoundRecord {
  const known = anyVersion().safeParse(stored);
  if (!known.success) return { readable: false, id: '', code: 'corrupt' };
  const parsed = mailRecord().safeParse(migrated(known.data));
  if (parsed.success) return { readable: true, record: parsed.data };
  const newer = known.data.recordVersion > RECORD_VERSION;
  return {
    readable: false,
    id: known.data.id,
    code: newer ? 'unsupported-version' : 'corrupt',
  };
}

/** Version 1 knew no times that the person chose. */
function migrated(stored: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return stored.recordVersion === 1 ? { ...stored, recordVersion: 2, schedule: null } : stored;
}

/** The records among these that can be read. */
export function readableOnes(stored: readonly unknown[]): MailRecord[] {
  return stored.map(readRecord).flatMap((found) => (found.readable ? [found.record] : []));
}

/** A new draft's record. */
export function draftRecord(id: string, accountId: string | null, now: EpochMs): MailRecord {
  return {
    recordVersion: RECORD_VERSION,
    id,
    accountId,
    state: { kind: 'draft', returned: false },
    batchId: null,
    apart: false,
    dropped: false,
    revision: 1,
    attempts: 0,
    failures: 0,
    earlier: null,
    dateAt: null,
    sizeBytes: 0,
    createdAt: now,
    queuedAt: null,
    freeAt: null,
    updatedAt: now,
    lane: null,
    schedule: null,
    dueAt: null,
  };
}
