import { daysLater, instantsOf, wallTimeAt, weekdayOf, type WallTime } from './zoned-time.ts';

/** A time that is offered by name. */
export interface Preset {
  readonly name: string;
  readonly at: number;
}

const HOUR_MS = 3_600_000;
const MONDAY = 1;

/** The times that people mostly want, in their zone, the soonest first. @throws RangeError for an unknown zone */
export function presetsAt(now: number, zone: string): readonly Preset[] {
  const morning = { ...wallTimeAt(now, zone), hour: 8, minute: 0 };
  const tomorrow = daysLater(morning, 1);
  const daysToMonday = ((MONDAY - weekdayOf(morning) + 6) % 7) + 1;
  const monday = daysLater(morning, daysToMonday);
  return [
    { name: 'In one hour', at: now + HOUR_MS },
    { name: 'Tomorrow at 8:00', at: firstOf(tomorrow, zone) },
    // On a Sunday they are one.
    ...(daysToMonday === 1 ? [] : [{ name: 'Monday at 8:00', at: firstOf(monday, zone) }]),
  ];
}

function firstOf(wall: WallTime, zone: string): number {
  const instants = instantsOf(wall, zone);
  return instants.kind === 'twice' ? instants.first : instants.at;
}
