import { momentText, zoneName } from '../texts/times-and-sizes.ts';
import { instantsOf, offsetMsAt, ownZone, wallTimeAt, wallTimeOf } from './zoned-time.ts';

/** What stands in the fields. */
export interface TimeFields {
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  /** Which of the two is meant, where clocks go back over that time. */
  readonly second: boolean;
}

/** What the fields mean. */
export interface ChosenTime {
  /** Null when nothing can be scheduled for it. */
  readonly at: number | null;
  /** That time comes twice: the two as clocks name them. */
  readonly twice: readonly [string, string] | null;
  /** What it means, or what is wrong. */
  readonly said: string;
}

/** Reads the fields; says when clocks skip that time, when it comes twice, and what it is here. */
export function chosenTime(fields: TimeFields, now: number): ChosenTime {
  const wall = wallTimeOf(fields.date, fields.time);
  if (wall === null) return nothing('Choose a date and a time.');
  const { zone } = fields;
  const instants = instantsOf(wall, zone);
  switch (instants.kind) {
    case 'once':
      return chosen(instants.at, { zone, now });
    case 'skipped': {
      const { hour, minute } = wallTimeAt(instants.at, zone);
      const clock = `${two(hour)}:${two(minute)}`;
      const rest = chosen(instants.at, { zone, now });
      return {
        ...rest,
        said: `Clocks in ${zoneName(zone)} go forward over ${fields.time} that day, so it becomes ${clock}. ${rest.said}`,
      };
    }
    case 'twice': {
      const { first, second } = instants;
      const rest = chosen(fields.second ? second : first, { zone, now });
      return {
        ...rest,
        twice: [utcName(first, zone), utcName(second, zone)],
        said: `Clocks in ${zoneName(zone)} go back that day, so ${fields.time} comes twice. ${rest.said}`,
      };
    }
  }
}

function chosen(at: number, about: { readonly zone: string; readonly now: number }): ChosenTime {
  const { zone, now } = about;
  if (at <= now) return nothing('That time has passed. Choose a later one.');
  const here =
    offsetMsAt(at, zone) === offsetMsAt(at, ownZone()) ? '' : ' by this computer’s clock';
  return { at, twice: null, said: `It goes out ${momentText(at, now)}${here}.` };
}

function nothing(said: string): ChosenTime {
  return { at: null, twice: null, said };
}

/** `UTC+2`, `UTC−3:30`. */
function utcName(at: number, zone: string): string {
  const minutes = Math.round(offsetMsAt(at, zone) / 60_000);
  const [whole, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${whole}${rest === 0 ? '' : `:${two(rest)}`}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
