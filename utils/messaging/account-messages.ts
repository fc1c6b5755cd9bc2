import * as z from 'zod/mini';
import * as outcome from './account-outcomes.ts';
import * as account from './account-views.ts';
import * as client from './client-views.ts';
import {
  byAnyId,
  byId,
  byProvider,
  credential,
  done,
  id,
  list,
  provider,
  rung,
  typedSender,
} from './request-parts.ts';

import { fromPage } from './definition.ts';

/** Messages about accounts and the clients that they are linked by. */
export const accountMessages = {
  /** Opens the provider's window. Goes on when the page that asked is closed. */
  'accounts.link': fromPage(byProvider, outcome.linkOutcome),
  /** Signs in again as the same person; everything that waited is sent. */
  'accounts.reconnect': fromPage(byId, outcome.linkOutcome),
  /** Withdraws the consent at the provider and verifies that it is gone. */
  'accounts.revoke': fromPage(byId, outcome.revokeResult),
  /** Revokes, then wipes the account with its drafts, mails and log lines; also one that can't be opened. */
  'accounts.remove': fromPage(byAnyId, outcome.revokeResult),
  /** The account that new mails are written from. */
  'accounts.make-default': fromPage(byId, done),
  /** Asks the provider's window for one more right of the same person, and for nothing else. */
  'accounts.grant-rung': fromPage(() => z.object({ id: id(), rung: rung() }), outcome.grantOutcome),
  /** Gives rights back: revokes everything, then links again with `keep` alone. */
  'accounts.step-down': fromPage(
    () => z.object({ id: id(), keep: list(rung()) }),
    outcome.stepDownOutcome,
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
    outcome.otherSendersOutcome,
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
} as const;
