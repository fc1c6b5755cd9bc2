import * as z from 'zod/mini';
import { once } from '../once/once.ts';
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

/** A message on its way. */
export const envelopeSchema = once(() => z.object({ name: z.string(), request: z.unknown() }));
