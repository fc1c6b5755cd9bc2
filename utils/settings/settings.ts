/**
 * Room `settings`: what the person chose, as far as it is no secret.
 *
 * It is kept in clear in storage.local under `settings`, so it holds random ids, numbers and
 * switches only. Each setting is read on its own: one that is broken has its default and takes no
 * other with it. Reading changes nothing; before a change replaces something that can't be read,
 * that is kept under `settings.broken`. Settings of a newer version are kept as they are. They can be
 * taken along as a file, and follow the person by storage.sync if they want that. It refuses
 * secrets, addresses and texts: they belong in the vault. Called by dispatch; only the worker changes.
 */
import type { StorageArea } from '../platform/platform.ts';
import { isPatch, readSettings, SETTINGS_PLAN, type SettingsValues } from './settings-schema.ts';

export {
  createFollowingSettings,
  type FollowedRecord,
  type Following,
  type FollowingSettings,
} from './following-settings.ts';
export {
  readSettingsFile,
  writeSettingsFile,
  type LeftOut,
  type SettingsFile,
} from './settings-file.ts';
export type { SettingsValues } from './settings-schema.ts';

/** Why settings could not be read or changed. `refused`: a value that the setting may not have. */
export type SettingsErrorCode = 'storage' | 'refused';

/** The one error of this room. */
export class SettingsError extends Error {
  readonly code: SettingsErrorCode;
  constructor(code: SettingsErrorCode, options?: ErrorOptions) {
    super(`settings: ${code}`, options);
    this.name = 'SettingsError';
    this.code = code;
  }
}

/** What the person chose. Every method rejects with SettingsError only. */
export interface Settings {
  /** Complete: what was not chosen, or can't be read, has its default. */
  get(): Promise<SettingsValues>;
  /** Changes what is named and nothing else, and resolves to the settings after it. */
  patch(changes: Partial<SettingsValues>): Promise<SettingsValues>;
}

const KEY = 'settings';
const BROKEN_KEY = 'settings.broken';

/** Settings in a storage area. Changes that come together are made one after the other. */
export function createSettings({ area }: { readonly area: StorageArea }): Settings {
  let lastChange: Promise<unknown> = Promise.resolve();

  async function change(changes: Partial<SettingsValues>): Promise<SettingsValues> {
    if (!isPatch(changes)) throw new SettingsError('refused');
    return orStorageError(async () => {
      const stored = await area.get(KEY);
      const { kept, damaged } = readSettings(stored, SETTINGS_PLAN);
      if (damaged) await keepBroken(area, stored);
      const next = { version: SETTINGS_PLAN.version, values: { ...kept, ...changes } };
      await area.set(KEY, next);
      return readSettings(next, SETTINGS_PLAN).settings;
    });
  }

  return {
    get: () =>
      orStorageError(async () => readSettings(await area.get(KEY), SETTINGS_PLAN).settings),
    patch(changes) {
      const changed = lastChange.then(() => change(changes));
      lastChange = Promise.allSettled([changed]);
      return changed;
    },
  };
}

/** Adds to what was kept before; the same value is not kept twice, as after a death in between. */
async function keepBroken(area: StorageArea, stored: unknown): Promise<void> {
  const before = await area.get(BROKEN_KEY);
  const list: unknown[] = Array.isArray(before) ? before : before === null ? [] : [before];
  if (JSON.stringify(list.at(-1)) === JSON.stringify(stored)) return;
  await area.set(BROKEN_KEY, [...list, stored]);
}

async function orStorageError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new SettingsError('storage', { cause });
  }
}
