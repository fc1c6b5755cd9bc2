import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import type { Clock, EpochMs, Log, StorageArea } from '../platform/platform.ts';
import { isPortable, portable, sorted } from './settings-file.ts';
import { migrated, SETTINGS_PLAN, type SettingsValues } from './settings-schema.ts';
import { createSettings, type Settings } from './settings.ts';

/** What lies in storage.sync. `newer` and `damaged` are left alone: another version may read them. */
export type FollowedRecord = 'nothing' | 'readable' | 'newer' | 'damaged';

/** Whether settings follow the person, and what lies there. */
export interface Following {
  readonly on: boolean;
  readonly there: FollowedRecord;
  /** When what lies there was changed; null when it can't be read. */
  readonly changedAt: EpochMs | null;
}

/** Settings that may follow the person to their other browsers. Off unless they want it. */
export interface FollowingSettings extends Settings {
  following(): Promise<Following>;
  /** Switching it on takes what lies there already; where nothing does, these settings go there. */
  follow(): Promise<Following>;
  /** What lies there stays for other browsers unless `remove` is true. */
  stay(options: { readonly remove: boolean }): Promise<Following>;
  /** Takes what another browser changed since. The later change wins, as a whole. */
  takeOver(): Promise<void>;
}

const SYNC_KEY = 'settings';
/** One item of storage.sync, its key included (QUOTA_BYTES_PER_ITEM). */
const MAX_ITEM_BYTES = 8_192;

const followedSchema = once(() =>
  z.object({
    version: z.int().check(z.gte(1)),
    changedAt: z.number(),
    values: z.looseObject({}),
  }),
);

interface FollowingParts {
  readonly area: StorageArea;
  readonly sync: StorageArea;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * Settings in `area`, and a copy of the portable ones in `sync` for as long as the person wants.
 * Only what a person changes is written there, one item each time: far from the browser's limits of
 * 1,800 writes an hour. A write that fails changes nothing here; the next change brings it along.
 */
export function createFollowingSettings(parts: FollowingParts): FollowingSettings {
  const { sync, clock, log } = parts;
  const settings = createSettings(parts);

  async function send(values: SettingsValues): Promise<void> {
    const { there } = await look(sync);
    if (there === 'newer' || there === 'damaged') return;
    const { version } = SETTINGS_PLAN;
    const record = { version, changedAt: values.followedAt, values: portable(values) };
    if (JSON.stringify(record).length + SYNC_KEY.length > MAX_ITEM_BYTES) return;
    await sync.set(SYNC_KEY, record);
  }
  async function takeOver(): Promise<void> {
    const { settingsFollow, followedAt } = await settings.get();
    if (!settingsFollow) return;
    const { values, changedAt } = await look(sync);
    if (values === null || changedAt === null || changedAt <= followedAt) return;
    await settings.patch({ ...sorted(values).taken, followedAt: changedAt });
  }
  async function following(): Promise<Following> {
    const { settingsFollow } = await settings.get();
    const { there, changedAt } = await look(sync);
    return { on: settingsFollow, there, changedAt };
  }

  return {
    get: () => settings.get(),
    async patch(changes) {
      if (!Object.keys(changes).some(isPortable)) return settings.patch(changes);
      const next = await settings.patch({ ...changes, followedAt: clock.now() });
      if (next.settingsFollow) {
        await send(next).catch((error: unknown) => log.report('settings', error));
      }
      return next;
    },
    following,
    async follow() {
      // Below any time of a change: what lies there already wins.
      await settings.patch({ settingsFollow: true, followedAt: 0 });
      const { there } = await look(sync);
      if (there === 'readable') await takeOver();
      else await send(await settings.patch({ followedAt: clock.now() }));
      return following();
    },
    async stay({ remove }) {
      await settings.patch({ settingsFollow: false });
      if (remove) await sync.remove(SYNC_KEY);
      return following();
    },
    takeOver,
  };
}

async function look(sync: StorageArea): Promise<{
  readonly there: FollowedRecord;
  readonly changedAt: EpochMs | null;
  readonly values: Record<string, unknown> | null;
}> {
  const stored = await sync.get(SYNC_KEY);
  if (stored === null) return { there: 'nothing', changedAt: null, values: null };
  const parsed = followedSchema().safeParse(stored);
  if (!parsed.success) return { there: 'damaged', changedAt: null, values: null };
  const { version, changedAt } = parsed.data;
  if (version > SETTINGS_PLAN.version) return { there: 'newer', changedAt: null, values: null };
  const values = migrated(parsed.data, SETTINGS_PLAN);
  if (values === null) return { there: 'damaged', changedAt: null, values: null };
  return { there: 'readable', changedAt, values };
}
