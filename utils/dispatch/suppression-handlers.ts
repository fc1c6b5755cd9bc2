import { addressKey } from '../mail/mail.ts';
import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

type SuppressionHandlers = Pick<
  Handlers,
  'suppressions.list' | 'suppressions.add' | 'suppressions.remove' | 'suppressions.check'
>;

/** What pages may do with the do-not-mail list. */
export function suppressionHandlers({ suppressions, outbox, changed }: Rooms): SuppressionHandlers {
  return {
    'suppressions.list': async () => ({ entries: await suppressions.list() }),
    'suppressions.add': async ({ addresses, why }) => {
      const outcome = await suppressions.add(addresses, why);
      if (outcome.kind === 'added') await outbox.merges.drop(addresses);
      changed('suppressions');
      return outcome;
    },
    'suppressions.remove': async ({ address }) => {
      const done = await suppressions.remove(address);
      changed('suppressions');
      return { done };
    },
    'suppressions.check': async ({ addresses }) => {
      const keys = await suppressions.keys();
      return { found: addresses.filter((address) => keys.has(addressKey(address))) };
    },
  };
}
