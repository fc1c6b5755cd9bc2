import * as z from 'zod/mini';
import { once } from '../once/once.ts';

/** What each setting may be, and what it is when nobody has chosen. */
const settingsSchema = once(() =>
  z.object({
    /** The account to send from when none was chosen; its random id, or null for none. */
    defaultAccountId: z._default(z.nullable(z.string().check(z.regex(/^[\w-]{1,64}$/))), null),
    /** How many days calls and events are kept. */
    activityRetentionDays: z._default(z.int().check(z.gte(1), z.lte(365)), 30),
    /** How long a mail can be taken back after Send, in seconds; 0 for not at all. */
    undoSeconds: z._default(z.int().check(z.gte(0), z.lte(60)), 10),
    /** A scheduled mail that is later than this is asked about instead of sent. */
    lateToleranceMinutes: z._default(z.int().check(z.gte(1), z.lte(10_080)), 60),
    /** How many days the receipt of a sent mail is kept. */
    receiptRetentionDays: z._default(z.int().check(z.gte(1), z.lte(365)), 30),
    /** Whether calls and events are written down. */
    callLogOn: z._default(z.boolean(), true),
    /** Minutes without a key or a movement after which the lock falls, where it is on; null for never. */
    lockIdleMinutes: z._default(z.nullable(z.int().check(z.gte(1), z.lte(240))), 15),
    /** Whether settings follow the person to their other browsers (storage.sync). */
    settingsFollow: z._default(z.boolean(), false),
    /** When a setting that follows was last changed, here or elsewhere; 0 for never. */
    followedAt: z._default(z.number(), 0),
  }),
);

/** The settings, complete. */
export type SettingsValues = Readonly<z.infer<ReturnType<typeof settingsSchema>>>;

const fields = once(() => new Map<string, z.ZodMiniType>(Object.entries(settingsSchema().shape)));

const storedSchema = once(() =>
  z.object({
    version: z.int().check(z.gte(1)),
    values: z.looseObject({}),
  }),
);

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
  const parsed = storedSchema().safeParse(stored);
  const values = parsed.success ? migrated(parsed.data, plan) : null;
  return values === null ? { ...partsOf({}), damaged: true } : partsOf(values);
}

/** Null when there is no way from what was stored to the version of the plan. */
export function migrated(
  stored: Readonly<z.infer<ReturnType<typeof storedSchema>>>,
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
    settings: settingsSchema().parse(kept),
    kept,
    damaged: good.length < entries.length,
  };
}

/** Whether these are changes that can be stored: known names, each with a value that it may have. */
export function isPatch(changes: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(changes).every(
    ([name, value]) => fields().has(name) && isSound(name, value),
  );
}

/** The settings that this version knows. */
export function settingNames(): ReadonlySet<string> {
  return new Set(fields().keys());
}

/** Whether a setting may have this value. One that this version does not know is kept as it is. */
export function isSound(name: string, value: unknown): boolean {
  return fields().get(name)?.safeParse(value).success ?? true;
}
