/**
 * Room `providers/outlook`: sends through Outlook.com and Microsoft 365 by Microsoft Graph.
 *
 * With the right to send alone a mail goes in one request, which nothing remembers: a lost answer
 * can't be looked up, and is said to be unknown. With the right to write drafts it goes by a draft
 * of a lasting id, written down before the next act; a draft is sent once, however often it is
 * handed in. Large files go to it piece by piece, scheduled mail waits as one on the server. It
 * refuses to send bytes to an upload that is not at Outlook's own hosts, and a token anywhere but to
 * graph.microsoft.com. Called by accounts and outbox, built in entrypoints/background.ts.
 */
import type { MailProvider } from '../providers.ts';
import { abandonDraft } from './abandon-draft.ts';
import { declaration } from './declaration.ts';
import type { Wire } from './graph-call.ts';
import { identifyAccount } from './identify-account.ts';
import { cancelSchedule, scheduleMessage, settleSchedule } from './schedule-message.ts';
import { sendMessage } from './send-message.ts';
import { settleMessage } from './settle-message.ts';

export { declaration } from './declaration.ts';

/** Builds the provider. It keeps nothing between calls. */
export function createOutlook(wire: Wire): MailProvider {
  return {
    declaration,
    identify: (token, accountId) => identifyAccount(wire, token, accountId),
    send: (job, context) => sendMessage(wire, { job, context }),
    settle: (job, earlier, context) => settleMessage(wire, { job, context }, earlier),
    scheduling: {
      rung: 'drafts',
      // Whether Exchange looks at the permission when it is handed in or at the hour is told nowhere: a
      // mail that it doesn't let go then would come back as a bounce while nobody looks.
      takesSharedMailboxes: false,
      schedule: (job, when, context) => scheduleMessage(wire, { job, context }, when),
      settle: (job, held, context) => settleSchedule(wire, { job, context }, held),
      cancel: (job, held, context) => cancelSchedule(wire, { job, context }, held),
    },
    abandon: (accountId, handle, context) =>
      abandonDraft(wire, { job: { accountId }, context }, handle),
    // Microsoft has no call that ends one app's consent (PROVIDERS B3): the person does it by hand.
    revoke: () =>
      Promise.resolve({
        kind: 'local-only',
        consentPage: declaration.authorization.consentPage,
      }),
  };
}

/** What it declares, and how it is made: to be registered. */
export const outlook = { declaration, create: createOutlook } as const;
