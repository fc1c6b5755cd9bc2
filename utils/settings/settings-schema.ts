interface Choices {
  /** The account to send from when none was chosen; its random id, or null for none. */
  defaultAccountId: string | null;
  /** How many days calls and events are kept. */
  activityRetentionDays: number;
  /** How long a mail can be taken back after Send, in seconds; 0 for not at all. */
  undoSeconds: number;
  /** A scheduled mail that is later than this is asked about instead of sent. */
  lateToleranceMinutes: number;
  /** How many days the receipt of a sent mail is kept. */
  receiptRetentionDays: number;
  /** Whether calls and events are written down. */
  callLogOn: boolean;
  /** Minutes without a key or a movement after which the lock falls, where it is on; null for never. */
  lockIdleMinutes: number | null;
  /** Whether settings follow the person to their other browsers (storage.sync). */
  settingsFollow: boolean;
  /** When a setting that follows was last changed, here or elsewhere; 0 for never. */
  followedAt: number;
}

/** The settings, complete. */
export type SettingsValues = Readonly<Choices>;

/** What a setting may be, and what it is when nobody has chosen. */
interface Field<Value> {
  readonly initial: Value;
  readonly isSound: (value: unknown) => value is Value;
}

/** No zod: every start reads the settings, and building schemas took it longer than reading them. */
const FIELDS: { readonly [Name in keyof SettingsValues]: Field<SettingsValues[Name]> } = {
  defaultAccountId: orNull({ initial: null, isSound: isId }),
  activityRetentionDays: whole({ least: 1, most: 365, initial: 30 }),
  undoSeconds: whole({ least: 0, most: 60, initial: 10 }),
  lateToleranceMinutes: whole({ least: 1, most: 10_080, initial: 60 }),
  receiptRetentionDays: whole({ least: 1, most: 365, initial: 30 }),
  callLogOn: { initial: true, isSound: isBoolean },
  lockIdleMinutes: orNull(whole({ least: 1, most: 240, initial: 15 })),
  settingsFollow: { initial: false, isSound: isBoolean },
  followedAt: { initial: 0, isSound: isFiniteNumber },
};

function whole(range: {
  readonly least: number;
  readonly most: number;
  readonly initial: number;
}): Field<number> {
  const { least, most, initial } = range;
  const isSound = (value: unknown): value is number =>
    isWhole(value) && value >= least && value <= most;
  return { initial, isSound };
}

function orNull<Value>(field: {
  readonly initial: Value | null;
  readonly isSound: (value: unknown) => value is Value;
}): Field<Value | null> {
  const isSound = (value: unknown): value is Value | null => value === null || field.isSound(value);
  return { initial: field.initial, isSound };
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Settings as they are stored. */
interface StoredSettings {
  readonly version: number;
  readonly values: Record<string, unknown>;
}

/** Which version is written, and how to get there from older ones. */
export interface SettingsPlan {
  /** Raised with every change that an older version would misunderstand. */
  readonly version: number;
  /** `migrations[n]` makes the values of version n + 1 from those of version n. Pure functions. */
  readonly migrations: Readonly<
    Record<number, (older: Readonly<Record<string, unknown>>) => Record<string, unknown>>
  >;
}

/** Version 1 is the first. */
export const SETTINGS_PLAN: SettingsPlan = { version: 1, migrations: {} };

/** What a stored value turned out to be. */
export interface FoundSettings {
  readonly settings: SettingsValues;
  /** What was chosen and can be kept, unknown settings included; defaults are not in it. */
  readonly kept: Readonly<Record<string, unknown>>;
  /** Whether something was found that can't be read; it is not in `kept`. */
  readonly damaged: boolean;
}

/** Reads a stored value; null when there is none. Never throws: what can't be read gets its default. */
export function readSettings(stored: unknown, plan: SettingsPlan): FoundSettings {
  if (stored === null) return { ...partsOf({}), damaged: false };
  const values = isStored(stored) ? migrated(stored, plan) : null;
  return values === null ? { ...partsOf({}), damaged: true } : partsOf(values);
}

/** Null when there is no way from what was stored to the version of the plan. */
export function migrated(
  stored: StoredSettings,
  plan: SettingsPlan,
): Record<string, unknown> | null {
  // A newer version may mean something else by the same names.
  if (stored.version > plan.version) return null;
  let values = stored.values;
  for (let at = stored.version; at < plan.version; at++) {
    const step = plan.migrations[at];
    if (!step) return null;
    try {
      values = step(values);
    } catch {
      // Values that a step chokes on are as good as damaged: they are kept, and nobody is stopped.
      return null;
    }
  }
  return values;
}

function partsOf(values: Readonly<Record<string, unknown>>): FoundSettings {
  const entries = Object.entries(values);
  const good = entries.filter(([name, value]) => isSound(name, value));
  const kept = Object.fromEntries(good);
  return {
    settings: completed(kept),
    kept,
    damaged: good.length < entries.length,
  };
}

/** With the default of each setting that is not there. */
function completed(kept: Readonly<Record<string, unknown>>): SettingsValues {
  const valueOf = <Name extends keyof SettingsValues>(name: Name): SettingsValues[Name] => {
    const value = kept[name];
    return FIELDS[name].isSound(value) ? value : FIELDS[name].initial;
  };
  return {
    defaultAccountId: valueOf('defaultAccountId'),
    activityRetentionDays: valueOf('activityRetentionDays'),
    undoSeconds: valueOf('undoSeconds'),
    lateToleranceMinutes: valueOf('lateToleranceMinutes'),
    receiptRetentionDays: valueOf('receiptRetentionDays'),
    callLogOn: valueOf('callLogOn'),
    lockIdleMinutes: valueOf('lockIdleMinutes'),
    settingsFollow: valueOf('settingsFollow'),
    followedAt: valueOf('followedAt'),
  };
}

function isStored(stored: unknown): stored is StoredSettings {
  if (!isRecord(stored)) return false;
  const { version, values } = stored;
  return isWhole(version) && version >= 1 && isRecord(values);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether these are changes that can be stored: known names, each with a value that it may have. */
export function isPatch(changes: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(changes).every(([name, value]) => isName(name) && isSound(name, value));
}

/** The settings that this version knows. */
export function settingNames(): ReadonlySet<string> {
  return new Set(Object.keys(FIELDS));
}

/** Whether a setting may have this value. One that this version does not know is kept as it is. */
export function isSound(name: string, value: unknown): boolean {
  // Undefined is "not chosen", as if it were not there.
  return !isName(name) || value === undefined || FIELDS[name].isSound(value);
}

function isName(name: string): name is keyof SettingsValues {
  return Object.hasOwn(FIELDS, name);
}
