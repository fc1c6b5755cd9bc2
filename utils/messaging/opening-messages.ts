import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import * as account from './account-views.ts';
import * as client from './client-views.ts';
import { list } from './view-parts.ts';

/** A message that asks nothing further. */
export const nothing = once(() => z.object({}));

/** Who may send a message. `page`: a page of this extension, in whatever window. */
type SenderRule = 'page';

/** What a message asks and gets. */
interface Definition<Request extends z.core.SomeType, Answer extends z.core.SomeType> {
  readonly from: SenderRule;
  /** Both are built when the message first comes: a worker starts for one message, not for all. */
  readonly request: () => Request;
  readonly answer: () => Answer;
}

/** A message that pages send. */
export function fromPage<Request extends z.core.SomeType, Answer extends z.core.SomeType>(
  request: () => Request,
  answer: () => Answer,
): Definition<Request, Answer> {
  return { from: 'page', request: once(request), answer: once(answer) };
}

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
