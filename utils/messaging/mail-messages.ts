import * as z from 'zod/mini';
import { draftContentSchema } from '../mail/mail.ts';
import { attachBegin, attachEnd, pieceOutcome } from './attachment-outcomes.ts';
import * as merge from './merge-views.ts';
import {
  draftView,
  listAnswer,
  mailView,
  pageRequest,
  queueOutcome,
  saveOutcome,
  schedulePlace,
} from './mail-views.ts';
import { byFile, byId, done, id, list, piece, scheduled, sendingChoices } from './request-parts.ts';

import { fromPage, nothing } from './definition.ts';

/** Messages about mails: written, sent, merged, and who gets none. */
export const mailMessages = {
  /** Makes a draft, empty or with this content but for its files, and opens it in a window. */
  'compose.new': fromPage(
    () => z.object({ accountId: z.nullable(id()), content: z.optional(draftContentSchema()) }),
    done,
  ),
  /** Opens the window of a draft that exists. */
  'compose.show': fromPage(byId, done),

  /** Null when there is no such draft any more. */
  'drafts.open': fromPage(byId, () => z.nullable(draftView())),
  'drafts.save': fromPage(
    () =>
      z.object({
        id: id(),
        accountId: z.nullable(id()),
        content: draftContentSchema(),
        revision: z.number().check(z.int(), z.nonnegative()),
      }),
    saveOutcome,
  ),
  'drafts.discard': fromPage(byId, done),

  /** Begins a file of a draft. */
  'attachments.begin': fromPage(
    () => z.object({ mailId: id(), sizeBytes: z.int().check(z.nonnegative()) }),
    attachBegin,
  ),
  /** One piece. It travels by structured clone, and is acknowledged when it is stored. */
  'attachments.put': fromPage(
    () => z.extend(byFile(), { index: z.int().check(z.nonnegative()), bytes: piece() }),
    pieceOutcome,
  ),
  'attachments.finish': fromPage(byFile, attachEnd),
  /** Wipes a file of a draft, finished or not. */
  'attachments.remove': fromPage(byFile, done),

  /** Newest first: drafts, what waits, what needs a decision, the latest receipts; merges that are not over. */
  'outbox.list': fromPage(nothing, () =>
    z.extend(listAnswer(), { merges: list(merge.mergeSummary()) }),
  ),
  /** A piece of one group, newest first. */
  'outbox.page': fromPage(pageRequest, listAnswer),
  /** Null when there is no such mail (any more). */
  'outbox.show': fromPage(byId, () => z.nullable(mailView())),
  /** Queues a draft as it was last saved; it is held for the undo window first. */
  'outbox.send': fromPage(byId, queueOutcome),
  /** Queues it to go at a time. */
  'outbox.schedule': fromPage(scheduled, queueOutcome),
  /** Who would send it at its time. */
  'outbox.schedule-place': fromPage(byId, schedulePlace),
  /** Gives a mail that is held, scheduled or overdue another time. */
  'outbox.reschedule': fromPage(scheduled, done),
  /** Sends what is held, scheduled, overdue or waiting now; lets what is paused go on. */
  'outbox.retry': fromPage(byId, done),
  /** Stops a mail on its way, before its last bytes leave. */
  'outbox.pause': fromPage(byId, done),
  /** Makes a draft again of what certainly was not sent: of what is held, or in mid-upload. */
  'outbox.edit': fromPage(byId, done),
  /** What the person says about an unconfirmed mail. */
  'outbox.decide': fromPage(
    () => z.object({ id: id(), decision: z.enum(['arrived', 'send-again', 'to-draft']) }),
    done,
  ),
  /** Removes a receipt from the list. */
  'outbox.dismiss': fromPage(byId, done),

  /** Opens the page of a merge, or of a draft that is to become one; null makes an empty draft. */
  'merges.open': fromPage(() => z.object({ id: z.nullable(id()) }), done),
  /** Every merge in one line, newest first. */
  'merges.list': fromPage(nothing, () => z.object({ merges: list(merge.mergeSummary()) })),
  /** Null when there is no such merge (any more). */
  'merges.show': fromPage(byId, () => z.nullable(merge.mergeView())),
  /** A draft becomes one mail for each recipient: all of them are stored, or none. */
  'merges.start': fromPage(merge.startRequest, merge.mergeStart),
  /** Sends the mail of one recipient to the person themselves, without its files. */
  'merges.test': fromPage(merge.testRequest, queueOutcome),
  /** What has not begun is held back. */
  'merges.pause': fromPage(byId, done),
  'merges.resume': fromPage(byId, done),
  /** Wipes what certainly was not sent. */
  'merges.cancel': fromPage(byId, done),
  /** A merge of which nothing has left becomes its draft again, with its files and its table. */
  'merges.back': fromPage(byId, done),
  /** The table of a draft that was taken back so, packed; '' for none. */
  'merges.plan': fromPage(byId, () => z.object({ plan: z.string() })),
  /** Sends once more what the provider refused. */
  'merges.retry': fromPage(byId, done),
  /** What the person says of every unconfirmed mail of a merge. */
  'merges.decide': fromPage(
    () => z.object({ id: id(), decision: z.enum(['arrived', 'send-again']) }),
    done,
  ),
  /** Wipes the result of a merge that is over. */
  'merges.dismiss': fromPage(byId, done),

  /** The do-not-mail list, newest first. */
  'suppressions.list': fromPage(nothing, () =>
    z.object({ entries: list(merge.suppressionView()) }),
  ),
  /** Also wipes what waits for these addresses in a merge. */
  'suppressions.add': fromPage(merge.suppressionRequest, merge.suppressionOutcome),
  'suppressions.remove': fromPage(() => z.object({ address: z.string() }), done),
  /** Those of these addresses that are on the list. */
  'suppressions.check': fromPage(merge.checkRequest, merge.checkAnswer),

  'sending.choices': fromPage(nothing, sendingChoices),
  'sending.choose': fromPage(sendingChoices, done),
} as const;
