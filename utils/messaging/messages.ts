import * as z from 'zod/mini';
import { draftContentSchema } from '../mail/mail.ts';
import { attachBegin, attachEnd, pieceOutcome } from './attachment-outcomes.ts';
import { fromPage, nothing, openingMessages } from './opening-messages.ts';
import * as account from './account-views.ts';
import * as client from './client-views.ts';
import * as lock from './lock-views.ts';
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
import {
  callsAnswer,
  callsRequest,
  eraseReport,
  hostView,
  inventoryLine,
  statisticsView,
} from './privacy-views.ts';
import {
  byAnyId,
  byFile,
  byId,
  byProvider,
  credential,
  done,
  id,
  list,
  logDays,
  piece,
  provider,
  rung,
  scheduled,
  sendingChoices,
  typedSender,
} from './request-parts.ts';
import { followingView, settingsFileOutcome } from './settings-views.ts';

/**
 * Every message that may be sent to the worker: who may send it, what it asks, what it gets.
 *
 * All come from pages of the extension. Content scripts send none: what they find is the answer of
 * the script that the worker itself runs on a click (docs/decisions/0003).
 */

/** The messages by name. */
export const messages = {
  ...openingMessages,
  /** Opens the provider's window. Goes on when the page that asked is closed. */
  'accounts.link': fromPage(byProvider, account.linkOutcome),
  /** Signs in again as the same person; everything that waited is sent. */
  'accounts.reconnect': fromPage(byId, account.linkOutcome),
  /** Withdraws the consent at the provider and verifies that it is gone. */
  'accounts.revoke': fromPage(byId, account.revokeResult),
  /** Revokes, then wipes the account with its drafts, mails and log lines; also one that can't be opened. */
  'accounts.remove': fromPage(byAnyId, account.revokeResult),
  /** The account that new mails are written from. */
  'accounts.make-default': fromPage(byId, done),
  /** Asks the provider's window for one more right of the same person, and for nothing else. */
  'accounts.grant-rung': fromPage(() => z.object({ id: id(), rung: rung() }), account.grantOutcome),
  /** Gives rights back: revokes everything, then links again with `keep` alone. */
  'accounts.step-down': fromPage(
    () => z.object({ id: id(), keep: list(rung()) }),
    account.stepDownOutcome,
  ),
  /** The order in which accounts are shown; those that are not named come after, as they stood. */
  'accounts.reorder': fromPage(() => z.object({ ids: list(id()) }), done),
  /** How the person tells an account from others. '' and null for none. */
  'accounts.describe': fromPage(
    () =>
      z.object({
        id: id(),
        label: z.string().check(z.maxLength(60)),
        colour: z.nullable(account.accountColour()),
      }),
    done,
  ),
  /** The further addresses that may stand in From, all of them; replaces what was noted. */
  'accounts.set-other-senders': fromPage(
    () => z.object({ id: id(), senders: list(typedSender()).check(z.maxLength(50)) }),
    account.otherSendersOutcome,
  ),

  'clients.save': fromPage(
    () =>
      z.object({
        providerId: provider(),
        clientId: credential(),
        /** Null keeps no secret. */
        clientSecret: z.nullable(credential()),
        /** Whose accounts may sign in; null for the provider's default, or where there is no choice. */
        tenant: z.nullable(z.string().check(z.maxLength(256))),
      }),
    client.saveClientOutcome,
  ),
  /** Back to the build's own client, or to none. */
  'clients.remove': fromPage(byProvider, done),
  /** Asks the provider, without signing in, whether it knows this client and its redirect URI. */
  'clients.test': fromPage(byProvider, client.clientTestOutcome),

  /** Makes an empty draft and opens it in a window. */
  'compose.new': fromPage(() => z.object({ accountId: z.nullable(id()) }), done),
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

  /** Newest first: drafts, what waits, what needs a decision, and the latest receipts. */
  'outbox.list': fromPage(nothing, listAnswer),
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

  /** Whether it is on, and open. Answered at any time. */
  'lock.status': fromPage(nothing, lock.lockView),
  /** A passphrase takes the place of the device key, and everything is sealed anew. */
  'lock.turn-on': fromPage(lock.firstPassphrase, done),
  'lock.turn-off': fromPage(lock.typedPassphrase, lock.unlockOutcome),
  'lock.change-passphrase': fromPage(lock.anotherPassphrase, lock.unlockOutcome),
  'lock.unlock': fromPage(lock.typedPassphrase, lock.unlockOutcome),
  'lock.unlock-by-passkey': fromPage(lock.passkeyAnswer, lock.unlockOutcome),
  /** The passkey opens it beside the passphrase from now on. */
  'lock.add-passkey': fromPage(lock.newPasskey, lock.unlockOutcome),
  'lock.remove-passkey': fromPage(nothing, done),
  /** Lets the lock fall now. False when it was not open. */
  'lock.now': fromPage(nothing, done),
  'lock.set-idle-minutes': fromPage(lock.idleChoice, done),

  /** What is stored, and which hosts were called. */
  'privacy.overview': fromPage(nothing, () =>
    z.object({
      inventory: list(inventoryLine()),
      /** Every host that the worker can call at all, and those that it refused to call. */
      hosts: list(hostView()),
      allowedHosts: list(z.string()),
      /** The call log is kept this long. */
      retentionDays: z.number(),
      callLogOn: z.boolean(),
    }),
  ),
  /** A piece of the call log, newest first. Null takes every host, account or result. */
  'privacy.calls': fromPage(callsRequest, callsAnswer),
  /** What the charts show. */
  'privacy.statistics': fromPage(() => z.object({ days: logDays() }), statisticsView),
  /** How long calls and events are kept; what is older is wiped at once. */
  'privacy.keep-log-for': fromPage(() => z.object({ days: logDays() }), done),
  'privacy.set-call-log': fromPage(() => z.object({ on: z.boolean() }), done),
  'privacy.clear-call-log': fromPage(nothing, done),
  /** The settings as the text of a file: no secret, no id, no address. */
  'settings.export': fromPage(nothing, () => z.object({ text: z.string() })),
  /** What a file would change; takes it over when `done` is wanted. */
  'settings.import': fromPage(
    () => z.object({ text: z.string().check(z.maxLength(1_000_000)), take: z.boolean() }),
    settingsFileOutcome,
  ),
  /** Whether settings follow the person to other browsers. */
  'settings.following': fromPage(nothing, followingView),
  /** `remove` takes away what lies in storage.sync when following ends. */
  'settings.follow': fromPage(
    () => z.object({ on: z.boolean(), remove: z.boolean() }),
    followingView,
  ),
  /** Revokes what can be revoked, wipes all stores and keys. */
  'privacy.erase-everything': fromPage(nothing, eraseReport),
} as const;

/** Every message by its name. */
export type Messages = typeof messages;

/** The name of a message. */
export type MessageName = keyof Messages;

/** What a message asks. */
export type RequestOf<Name extends MessageName> = z.infer<ReturnType<Messages[Name]['request']>>;

/** What a message gets when all goes well. */
export type AnswerOf<Name extends MessageName> = z.infer<ReturnType<Messages[Name]['answer']>>;
