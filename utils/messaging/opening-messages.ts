import * as z from 'zod/mini';
import * as account from './account-views.ts';
import * as client from './client-views.ts';
import { fromPage, nothing } from './definition.ts';
import { list } from './view-parts.ts';

/** What a page that was just opened asks: apart, so that answering it takes no other schema. */
export const openingMessages = {
  /** Everything that the popup and the accounts page show of accounts. */
  'accounts.list': fromPage(nothing, () =>
    z.object({
      accounts: list(account.accountView()),
      /** Stored, but not to be opened: they stay until they are removed. */
      unreadable: list(account.unreadableView()),
      clients: list(client.clientView()),
      providers: list(account.providerView()),
      defaultAccountId: z.nullable(z.string()),
    }),
  ),
} as const;

/** A message on its way; of what it asks nothing is known yet. */
export interface Envelope {
  readonly name: string;
  readonly request: unknown;
}

/** True for what pages send. Without a schema: every start of the worker begins with it. */
export function isEnvelope(message: unknown): message is Envelope {
  if (typeof message !== 'object' || message === null) return false;
  return 'name' in message && typeof message.name === 'string' && 'request' in message;
}
