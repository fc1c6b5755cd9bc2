import type { HostView } from '../messaging/messaging.ts';
import type { Handlers } from './dispatch.ts';
import { eraseEverything } from './erase-everything.ts';
import { takeInventory } from './inventory.ts';
import type { Rooms } from './rooms.ts';

const DONE = { done: true };

type PrivacyHandlers = Pick<
  Handlers,
  | 'privacy.overview'
  | 'privacy.calls'
  | 'privacy.statistics'
  | 'privacy.keep-log-for'
  | 'privacy.set-call-log'
  | 'privacy.clear-call-log'
  | 'privacy.erase-everything'
>;

/** What pages may see and do about what is stored and called. */
export function privacyHandlers(rooms: Rooms): PrivacyHandlers {
  const { activity, settings, changed } = rooms;
  return {
    'privacy.overview': async () => {
      const [inventory, hosts, allowedHosts, { activityRetentionDays, callLogOn }] =
        await Promise.all([
          takeInventory(rooms),
          everyHost(rooms),
          rooms.hostPermissions.granted(),
          settings.get(),
        ]);
      return { inventory, hosts, allowedHosts, retentionDays: activityRetentionDays, callLogOn };
    },
    'privacy.calls': ({ offset, limit, ...filter }) => activity.callPage({ filter, offset, limit }),
    'privacy.statistics': ({ days }) => activity.statistics(days),
    'privacy.keep-log-for': async ({ days }) => {
      await settings.patch({ activityRetentionDays: days });
      await activity.prune();
      changed('privacy');
      return DONE;
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

/** One line for every host on the list, called or not, and for what stands in the log besides. */
async function everyHost({ activity, declarations }: Rooms): Promise<readonly HostView[]> {
  const called = await activity.hosts();
  const listed = new Set(declarations.flatMap((declaration) => declaration.hosts));
  const uncalled = { calls: 0, unanswered: 0, requestBytes: 0, answerBytes: 0, lastAt: null };
  return [
    ...[...listed].map((host) => called.find((one) => one.host === host) ?? { host, ...uncalled }),
    ...called.filter(({ host }) => !listed.has(host)),
  ];
}
