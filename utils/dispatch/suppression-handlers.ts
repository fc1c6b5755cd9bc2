import { addressKey } from '../mail/mail.ts';
import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

type SuppressionHandlers = Pick<
  Handlers,
  'suppressions.list' | 'suppressions.add' | 'suppressions.remove' | 'suppressions.check'
>;

/** What pages may do with the do-not-mail list. */
export function suppressionHandlers({
  suppressions,
  outbox,
  changed,
}: Pick<Rooms, 'suppressions' | 'outbox' | 'changed'>): SuppressionHandlers {
  return {
    'suppressions.list': async () => ({ entries: await suppressions.list() }),
    'suppressions.add': async ({ addresses, why }) => {
      const drop = (): Promise<void> => outbox.merges.drop(addresses);
      // First: a worker that ends in between leaves nobody on the list who is still written to.
      const outcome = await suppressions.add(addresses, why, drop);
      // Again, for a merge that was started while the list was stored.
      if (outcome.kind === 'added') await drop();
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
