/**
 * Room `providers/gmail`: sends through Gmail and Google Workspace, with the scope gmail.send alone.
 *
 * Gmail knows no idempotency key, but an upload session remembers what became of it. So every
 * message goes through a resumable session whose URI is checkpointed before a byte of the message
 * leaves; a lost answer is asked for at the session. It refuses to send bytes or a token to any
 * address that is not an upload session of gmail.googleapis.com, and to take a header that can't be
 * read as one that is not there. Called by accounts and outbox, built in entrypoints/background.ts.
 */
import type { Network } from '../../network/network.ts';
import type { Clock } from '../../platform/platform.ts';
import type { MailProvider } from '../providers.ts';
import { declaration } from './declaration.ts';
import { identifyAccount } from './identify-account.ts';
import { revokeGrant } from './revoke-grant.ts';
import { sendMessage } from './send-message.ts';
import { settleMessage } from './settle-message.ts';

export { declaration } from './declaration.ts';

/** Builds the provider. It keeps nothing between calls. */
export function createGmail(wire: {
  readonly network: Network;
  readonly clock: Clock;
}): MailProvider {
  return {
    declaration,
    identify: (token, accountId) => identifyAccount(wire, token, accountId),
    send: (job, context) => sendMessage(wire, job, context),
    settle: (job, earlier, context) => settleMessage(wire, job, { earlier, context }),
    // Gmail's API has no way to send later.
    scheduling: null,
    revoke: (token, accountId) => revokeGrant(wire, token, accountId),
  };
}

/** What it declares, and how it is made: to be registered. */
export const gmail = { declaration, create: createGmail } as const;
