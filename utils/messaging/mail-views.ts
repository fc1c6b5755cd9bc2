import * as z from 'zod/mini';
import { draftContentSchema } from '../mail/mail.ts';
import { once } from '../once/once.ts';
import { DOUBTS, MAIL_GROUPS, NOT_BACK, type MailGroup } from '../vocabulary/vocabulary.ts';
import {
  epochMs,
  id,
  list,
  rung,
  senderNeedsRight,
  signInReason,
  waitReason,
} from './view-parts.ts';

/**
 * What a page may see of drafts and mails. An answer is parsed by these on its way out of the worker: a field
 * that is not named here never leaves it.
 */

/** Why the provider will not take a mail as it is. */
const rejection = once(() => z.object({ code: z.string(), detail: z.string() }));

const mailState = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('draft'), reason: z.nullable(rejection()) }),
    // It can be taken back until then; nothing has been asked of anybody.
    z.object({ kind: z.literal('held'), until: epochMs() }),
    // Goes then, by this device. `zone`: the IANA time zone in which it was chosen.
    z.object({ kind: z.literal('scheduled'), at: epochMs(), zone: z.string() }),
    // The provider holds it and sends it then, whether this device is on or not.
    // `notBack`: why it is still there although the person wanted it back; null when they did not.
    z.object({
      kind: z.literal('at-provider'),
      at: epochMs(),
      zone: z.string(),
      notBack: z.nullable(z.enum(NOT_BACK)),
    }),
    // The person wants it back from there; the provider is being asked.
    z.object({ kind: z.literal('taking-back'), at: epochMs(), zone: z.string() }),
    // Its time passed by more than the person allows: they are asked.
    z.object({ kind: z.literal('overdue'), at: epochMs(), zone: z.string() }),
    z.object({ kind: z.literal('queued') }),
    z.object({
      kind: z.literal('sending'),
      attempt: z.number(),
      startedAt: epochMs(),
      acknowledgedBytes: z.number(),
      // An earlier attempt is being asked about.
      settling: z.boolean(),
    }),
    // It would go out by itself, and waits for unlocking.
    z.object({ kind: z.literal('locked') }),
    // By the person, in the middle of its way; they may let it go on.
    z.object({ kind: z.literal('halted'), acknowledgedBytes: z.number() }),
    z.object({ kind: z.literal('retry'), notBefore: epochMs(), reason: waitReason() }),
    z.object({ kind: z.literal('waiting-for-sign-in'), why: signInReason() }),
    z.object({ kind: z.literal('waiting-for-host'), host: z.string() }),
    z.object({ kind: z.literal('waiting-for-right'), rung: rung() }),
    // Held back with its merge.
    z.object({ kind: z.literal('paused') }),
    z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
    // `attemptedAt`: when the last bytes left.
    z.object({ kind: z.literal('unconfirmed'), attemptedAt: epochMs() }),
    z.object({ kind: z.literal('sent'), sentAt: epochMs() }),
  ]),
);

/** One line of the outbox. Subject and recipients are opened for this answer only. */
export const mailView = once(() =>
  z.object({
    id: id(),
    accountId: z.nullable(id()),
    state: mailState(),
    // '' after the mail was sent: only a receipt is kept.
    subject: z.string(),
    // Display form, such as `Ann <ann@example.com> and 2 more`; '' after the mail was sent.
    recipients: z.string(),
    sizeBytes: z.number(),
    updatedAt: epochMs(),
    // Its last bytes left, and nobody has said what became of them.
    mayHaveArrived: z.boolean(),
    // The provider's page on which one can see that; null where nothing is in doubt.
    sentPage: z.nullable(z.string()),
    // The sealed content can't be opened: what is wrong, in a code; null when it can.
    unreadable: z.nullable(z.string()),
  }),
);

/** How many mails each group of the outbox has. */
const groupCounts = once(() =>
  z.object({
    'needs-you': z.number(),
    failed: z.number(),
    waiting: z.number(),
    sending: z.number(),
    drafts: z.number(),
    sent: z.number(),
  } satisfies Readonly<Record<MailGroup, unknown>>),
);

/** Mails of the outbox, and how many there are of each group. */
export const listAnswer = once(() => z.object({ mails: list(mailView()), counts: groupCounts() }));

/** A piece of one group, counted from the newest. */
export const pageRequest = once(() =>
  z.object({
    group: z.enum(MAIL_GROUPS),
    offset: z.int().check(z.nonnegative()),
    limit: z.int().check(z.gte(1), z.lte(100)),
  }),
);

/** A contact that the page offered, with the reasons to look twice (the room `crm` explains each). */
const suggestionView = once(() =>
  z.object({
    name: z.string(),
    address: z.string(),
    doubts: list(z.enum(DOUBTS)),
  }),
);

/** A draft as the compose page sees it. */
export const draftView = once(() =>
  z.object({
    id: id(),
    // Null when no sender was chosen.
    accountId: z.nullable(id()),
    content: draftContentSchema(),
    // Found on the page that the person came from, for the person to choose from.
    suggestions: list(suggestionView()),
    // Whom else the page had, for a merge: packed (`packPeople`), '' for nobody.
    alsoFound: z.string(),
    // Why it came back, when it did.
    rejection: z.nullable(rejection()),
    updatedAt: epochMs(),
    // Raised by every save; a save with an older one is refused, so that no window overwrites another.
    revision: z.number(),
  }),
);

/** How saving a draft ended. */
export const saveOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('saved'), revision: z.number() }),
    // Another window saved in between.
    z.object({ kind: z.literal('conflict'), revision: z.number() }),
    // It is queued or sent already, or was discarded.
    z.object({ kind: z.literal('not-a-draft') }),
  ]),
);

/** How a press on Send ended. */
export const queueOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('queued') }),
    z.object({ kind: z.literal('held'), until: epochMs() }),
    z.object({ kind: z.literal('scheduled'), at: epochMs() }),
    // Nothing was scheduled.
    z.object({ kind: z.literal('time-has-passed') }),
    // It had been queued before, by another window or an earlier press.
    z.object({ kind: z.literal('already-queued') }),
    z.object({ kind: z.literal('problems'), problems: list(z.string()) }),
    z.object({ kind: z.literal('no-account') }),
    senderNeedsRight(),
    z.object({
      kind: z.literal('too-large'),
      sizeBytes: z.number(),
      limitBytes: z.number(),
      // The right with which it could go; null when none of them helps.
      helpfulRung: z.nullable(rung()),
    }),
    z.object({ kind: z.literal('too-many-recipients'), count: z.number(), limit: z.number() }),
    z.object({ kind: z.literal('gone') }),
  ]),
);

/** Who sends a mail at its time: this device (no name), or its provider. */
export const schedulePlace = once(() =>
  z.object({ by: z.enum(['device', 'provider']), providerName: z.nullable(z.string()) }),
);

/** Who sends a mail at its time. */
export type SchedulePlace = z.infer<ReturnType<typeof schedulePlace>>;
/** Where a mail stands. */
export type MailState = z.infer<ReturnType<typeof mailState>>;
/** How many mails each group of the outbox has. */
export type GroupCounts = Readonly<z.infer<ReturnType<typeof groupCounts>>>;
/** One line of the outbox. */
export type MailView = z.infer<ReturnType<typeof mailView>>;
/** A draft as the compose page sees it. */
export type DraftView = z.infer<ReturnType<typeof draftView>>;
/** A contact that the page offered. */
export type Suggestion = z.infer<ReturnType<typeof suggestionView>>;
/** Why the provider will not take a mail as it is. */
export type RejectionView = z.infer<ReturnType<typeof rejection>>;
/** How saving a draft ended. */
export type SaveOutcome = z.infer<ReturnType<typeof saveOutcome>>;
/** How a press on Send ended. */
export type QueueOutcome = z.infer<ReturnType<typeof queueOutcome>>;
