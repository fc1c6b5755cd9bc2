import type { Handlers } from './dispatch.ts';
import { eraseEverything } from './erase-everything.ts';
import { takeInventory } from './inventory.ts';
import type { Rooms } from './rooms.ts';

const DONE = { done: true };

/** The page shows this many calls; the table is newest first. */
const SHOWN_CALLS = 500;

type PrivacyHandlers = Pick<
  Handlers,
  | 'privacy.overview'
  | 'privacy.set-call-log'
  | 'privacy.clear-call-log'
  | 'privacy.erase-everything'
>;

/** What pages may see and do about what is stored and called. */
export function privacyHandlers(rooms: Rooms): PrivacyHandlers {
  const { activity, settings, changed } = rooms;
  return {
    'privacy.overview': async () => {
      const [inventory, calls, allowedHosts, { activityRetentionDays, callLogOn }] =
        await Promise.all([
          takeInventory(rooms),
          activity.calls({ limit: SHOWN_CALLS }),
          rooms.hostPermissions.granted(),
          settings.get(),
        ]);
      return {
        inventory,
        calls,
        hosts: rooms.declarations.flatMap((declaration) => declaration.hosts),
        allowedHosts,
        retentionDays: activityRetentionDays,
        callLogOn,
      };
    },
    'privacy.set-call-log': async ({ on }) => {
      await settings.patch({ callLogOn: on });
      if (!on) await activity.clear();
      changed('privacy');
      return DONE;
    },
    'privacy.clear-call-log': async () => {
      await activity.clear();
      changed('privacy');
      return DONE;
    },
    'privacy.erase-everything': () => eraseEverything(rooms),
  };
}
