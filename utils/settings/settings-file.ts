import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import {
  isSound,
  migrated,
  SETTINGS_PLAN,
  settingNames,
  type SettingsValues,
} from './settings-schema.ts';

/** Settings that mean something in this browser only: random ids of it, and what concerns following. */
const STAYS_HERE: ReadonlySet<string> = new Set([
  'defaultAccountId',
  'settingsFollow',
  'followedAt',
  // How well this device is locked is not for another one to say.
  'lockIdleMinutes',
]);

const FORMAT = 'postern-settings';
const FIELDS: readonly string[] = ['format', 'version', 'settings'];
const MAX_FILE_CHARS = 100_000;

/** Something in a file that was not taken, and why. */
export interface LeftOut {
  readonly name: string;
  /** `unknown` to this version; `stays-here`: it means nothing in another browser; `not-allowed`: no value for it. */
  readonly why: 'unknown' | 'stays-here' | 'not-allowed';
}

/** What a file turned out to be. */
export type SettingsFile =
  | {
      readonly kind: 'readable';
      readonly values: Partial<SettingsValues>;
      readonly leftOut: readonly LeftOut[];
    }
  | {
      readonly kind: 'unreadable';
      /** `newer`: written by a newer version of Postern. */
      readonly why: 'too-large' | 'no-json' | 'other-format' | 'newer' | 'damaged';
    };

/** Other sections, such as templates, may stand beside `settings`: a version that knows none names them as left out. */
const fileSchema = once(() =>
  z.catchall(
    z.object({
      format: z.literal(FORMAT),
      version: z.int().check(z.gte(1)),
      settings: z.looseObject({}),
    }),
    z.unknown(),
  ),
);

/** The settings that may go to another browser. */
export function portable(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !STAYS_HERE.has(name)));
}

/** Whether a change of these settings concerns other browsers. */
export function isPortable(name: string): boolean {
  return !STAYS_HERE.has(name);
}

/** A file of the settings, as text. No secret, no id, no address is in it. */
export function writeSettingsFile(settings: SettingsValues): string {
  const { version } = SETTINGS_PLAN;
  return `${JSON.stringify({ format: FORMAT, version, settings: portable(settings) }, null, 2)}\n`;
}

/** Reads a file that may be anybody's. Never throws. */
export function readSettingsFile(text: string): SettingsFile {
  if (text.length > MAX_FILE_CHARS) return { kind: 'unreadable', why: 'too-large' };
  const json = jsonOf(text);
  if (json === undefined) return { kind: 'unreadable', why: 'no-json' };
  const parsed = fileSchema().safeParse(json);
  if (!parsed.success) return { kind: 'unreadable', why: 'other-format' };
  const { version, settings } = parsed.data;
  if (version > SETTINGS_PLAN.version) return { kind: 'unreadable', why: 'newer' };
  const values = migrated({ version, values: settings }, SETTINGS_PLAN);
  if (values === null) return { kind: 'unreadable', why: 'damaged' };
  const sections = Object.keys(parsed.data)
    .filter((name) => !FIELDS.includes(name))
    .map((name): LeftOut => ({ name: name.slice(0, 80), why: 'unknown' }));
  const { taken, leftOut } = sorted(values);
  return { kind: 'readable', values: taken, leftOut: [...leftOut, ...sections] };
}

/** What of these values may be taken, and why not the rest. */
export function sorted(values: Readonly<Record<string, unknown>>): {
  readonly taken: Partial<SettingsValues>;
  readonly leftOut: readonly LeftOut[];
} {
  const known = settingNames();
  const taken: Record<string, unknown> = {};
  const leftOut: LeftOut[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (!known.has(name)) leftOut.push({ name: name.slice(0, 80), why: 'unknown' });
    else if (STAYS_HERE.has(name)) leftOut.push({ name, why: 'stays-here' });
    else if (!isSound(name, value)) leftOut.push({ name, why: 'not-allowed' });
    else taken[name] = value;
  }
  return { taken, leftOut };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
