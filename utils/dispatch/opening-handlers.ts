import type { openingMessages } from '../messaging/messaging.ts';
import { describeProvider } from './describe-provider.ts';
import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

/** What a page that was just opened asks. */
export type OpeningName = keyof typeof openingMessages;

/** What a page that was just opened waits for: each start of the worker brings it along. */
export function openingHandlers(rooms: Rooms): Pick<Handlers, OpeningName> {
  const { accounts, settings } = rooms;
  return {
    'accounts.list': async () => {
      // Side by side: this is what a page that was just opened waits for.
      const [all, clients, { defaultAccountId }] = await Promise.all([
        accounts.all(),
        accounts.clients(),
        settings.get(),
      ]);
      const providers = rooms.declarations.map(describeProvider);
      return { ...all, clients, providers, defaultAccountId };
    },
  };
}
