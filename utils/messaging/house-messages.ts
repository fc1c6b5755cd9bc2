import * as z from 'zod/mini';
import * as lock from './lock-views.ts';
import {
  callsAnswer,
  callsRequest,
  eraseReport,
  hostView,
  inventoryLine,
  statisticsView,
} from './privacy-views.ts';
import { done, list, logDays } from './request-parts.ts';
import { followingView, settingsFileOutcome } from './settings-views.ts';

import { fromPage, nothing } from './definition.ts';

/** Messages about the lock, what is stored, the settings, and leaving. */
export const houseMessages = {
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
