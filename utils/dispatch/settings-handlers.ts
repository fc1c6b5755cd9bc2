import type { SettingsFileOutcome } from '../messaging/messaging.ts';
import { readSettingsFile, writeSettingsFile, type SettingsValues } from '../settings/settings.ts';
import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

type SettingsHandlers = Pick<
  Handlers,
  'settings.export' | 'settings.import' | 'settings.following' | 'settings.follow'
>;

/** What pages may do to take settings along. */
export function settingsHandlers(rooms: Rooms): SettingsHandlers {
  const { settings } = rooms;
  return {
    'settings.export': async () => ({ text: writeSettingsFile(await settings.get()) }),
    'settings.import': async ({ text, take }) => {
      const file = readSettingsFile(text);
      if (file.kind === 'unreadable') return file;
      const changes = changesOf(await settings.get(), file.values);
      if (take && changes.length > 0) {
        await settings.patch(file.values);
        await applied(rooms);
      }
      return { kind: 'readable', done: take, changes, leftOut: file.leftOut };
    },
    'settings.following': () => settings.following(),
    'settings.follow': async ({ on, remove }) => {
      const following = await (on ? settings.follow() : settings.stay({ remove }));
      if (on) await applied(rooms);
      return following;
    },
  };
}

/** A shorter time for the log, or none of it, counts at once. */
async function applied({ settings, activity, changed }: Rooms): Promise<void> {
  const { callLogOn } = await settings.get();
  await (callLogOn ? activity.prune() : activity.clear());
  changed('privacy');
}

type Changes = Extract<SettingsFileOutcome, { kind: 'readable' }>['changes'];

function changesOf(now: SettingsValues, then: Partial<SettingsValues>): Changes {
  const before: Readonly<Record<string, unknown>> = now;
  return Object.entries(then)
    .map(([name, value]) => ({
      name,
      from: JSON.stringify(before[name]),
      to: JSON.stringify(value),
    }))
    .filter(({ from, to }) => from !== to);
}
