/** Times, sizes and numbers in words, as the person's own browser writes them. */

const KILO = 1024;

/** For a list: `14:03` today, `Yesterday`, `12 Mar` this year, `12 Mar 2024` before that. */
export function timeText(at: number, now: number): string {
  const then = new Date(at);
  const days = daysBetween(then, new Date(now));
  if (days === 0) return clockText(then);
  if (days === 1) return 'Yesterday';
  return then.getFullYear() === new Date(now).getFullYear() ? dayAndMonth(then) : dateText(at);
}

/** For a sentence: `at 14:03`, `yesterday at 14:03`, `on 12 Mar 2026 at 14:03`. */
export function momentText(at: number, now: number): string {
  const clock = `at ${clockText(new Date(at))}`;
  const days = daysBetween(new Date(at), new Date(now));
  return days === 0 ? clock : `${dayText(at, now)} ${clock}`;
}

/**
 * For a sentence about a time that was chosen in a time zone: as `momentText`, and where the zone's
 * clock shows something else than this computer's, that as well: `tomorrow at 14:00 (08:00 in
 * New York)`.
 */
export function zonedMomentText(
  at: number,
  about: { readonly zone: string; readonly now: number },
): string {
  const here = momentText(at, about.now);
  const there = zonedClock(at, about.zone);
  return there === null || there.text === zonedClock(at)?.text
    ? here
    : `${here} (${there.clock} in ${zoneName(about.zone)})`;
}

/** The last part of an IANA time zone's name, as people say it: `New York`. */
export function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** Null for a zone that this browser doesn't know. */
function zonedClock(
  at: number,
  timeZone?: string,
): { readonly text: string; readonly clock: string } | null {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  try {
    const date = new Date(at);
    const clock = date.toLocaleTimeString('en', time);
    return {
      text: date.toLocaleString('en', { ...time, dateStyle: undefined, day: 'numeric' }),
      clock,
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** On its own: `Today at 14:03`, `Yesterday at 14:03`, `12 Mar 2026 at 14:03`. */
export function whenText(at: number, now: number): string {
  const day = dayText(at, now).replace(/^on /, '');
  return `${day.charAt(0).toUpperCase()}${day.slice(1)} at ${clockText(new Date(at))}`;
}

/** `12 Mar 2026`. */
export function dateText(at: number): string {
  const date = new Date(at);
  return `${dayAndMonth(date)} ${date.getFullYear()}`;
}

/** For a sentence: `today`, `yesterday`, `tomorrow`, or `on 12 Mar 2026`. */
export function dayText(at: number, now: number): string {
  const days = daysBetween(new Date(at), new Date(now));
  if (days === 0) return 'today';
  if (days === -1) return 'tomorrow';
  return days === 1 ? 'yesterday' : `on ${dateText(at)}`;
}

/** `740 bytes`, `12 KB`, `3.4 MB`; units of 1,024. */
export function sizeText(sizeBytes: number): string {
  if (sizeBytes < KILO) return countText(sizeBytes, 'byte');
  const kilobytes = sizeBytes / KILO;
  if (kilobytes < 999.5) return `${Math.round(kilobytes)} KB`;
  return `${(kilobytes / KILO).toFixed(1)} MB`;
}

/** `1 mail`, `3 mails`, `1,200 mails`. The plural is the word with an s. */
export function countText(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}

function clockText(date: Date): string {
  return date.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function dayAndMonth(date: Date): string {
  return `${date.getDate()} ${date.toLocaleDateString('en', { month: 'short' })}`;
}

/** Whole calendar days; 0 also for a time in the future of the same day, -1 for tomorrow. */
function daysBetween(then: Date, now: Date): number {
  const midnight = (date: Date): number =>
    Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return (midnight(now) - midnight(then)) / 86_400_000;
}

/** How long something took, as short as it can be said: `340 ms`, `1.2 s`, `3 min`, `2 h`. */
export function durationText(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000)
    return `${Number((durationMs / 1_000).toFixed(1)).toLocaleString('en')} s`;
  if (durationMs < 3_600_000) return `${Math.round(durationMs / 60_000)} min`;
  return `${Number((durationMs / 3_600_000).toFixed(1)).toLocaleString('en')} h`;
}
