/**
 * Clock times in a time zone, and the instants that they mean.
 *
 * By Intl alone, since Temporal is not in every browser that Postern runs in. Zones are those of the IANA time zone database, as the browser knows it.
 */

/** What a clock on the wall shows. `month` counts from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The instants of a wall time. */
export type Instants =
  | { readonly kind: 'once'; readonly at: number }
  /** Clocks go forward over it: no clock shows it. `at` is as much later as they go forward. */
  | { readonly kind: 'skipped'; readonly at: number }
  /** Clocks go back: it comes twice. */
  | { readonly kind: 'twice'; readonly first: number; readonly second: number };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The time zone that this browser is in. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Every zone that can be chosen, the browser's own among them. */
export function knownZones(): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ownZone()])].sort();
}

/** What clocks in the zone show. @throws RangeError for a zone that the browser doesn't know */
export function wallTimeAt(at: number, zone: string): WallTime {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value);
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
  };
}

/** How far clocks in the zone are ahead of UTC. @throws RangeError for an unknown zone */
export function offsetMsAt(at: number, zone: string): number {
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  return asUtc(wallTimeAt(minute, zone)) - minute;
}

/** When clocks in the zone show that. @throws RangeError for an unknown zone */
export function instantsOf(wall: WallTime, zone: string): Instants {
  const utc = asUtc(wall);
  // No zone changes its clocks twice within two days.
  const before = offsetMsAt(utc - DAY_MS, zone);
  const after = offsetMsAt(utc + DAY_MS, zone);
  const shows = (at: number): boolean => asUtc(wallTimeAt(at, zone)) === utc;
  const found = [...new Set([utc - before, utc - after])].filter(shows).sort((a, b) => a - b);
  const [first, second] = found;
  if (first === undefined) return { kind: 'skipped', at: utc - before };
  return second === undefined ? { kind: 'once', at: first } : { kind: 'twice', first, second };
}

/** The day so many days later. */
export function daysLater(wall: WallTime, days: number): WallTime {
  const date = new Date(asUtc(wall) + days * DAY_MS);
  return {
    ...wall,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  };
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(wall: WallTime): number {
  return new Date(asUtc(wall)).getUTCDay();
}

/** As fields of the types `date` and `time` hold it: `2026-03-12` and `08:00`. */
export function fieldsOf(wall: WallTime): { readonly date: string; readonly time: string } {
  const iso = new Date(asUtc(wall)).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 16) };
}

/** Reads two such fields; null while they don't hold a date and a time. */
export function wallTimeOf(date: string, time: string): WallTime | null {
  const found = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d)/.exec(`${date} ${time}`);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return { year, month, day, hour, minute };
}

function asUtc({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}
