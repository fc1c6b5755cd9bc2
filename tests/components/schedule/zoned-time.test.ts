import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenTime } from '../../../components/schedule/chosen-time.ts';
import { presetsAt } from '../../../components/schedule/schedule-presets.ts';
import {
  daysLater,
  fieldsOf,
  instantsOf,
  knownZones,
  offsetMsAt,
  wallTimeAt,
  wallTimeOf,
} from '../../../components/schedule/zoned-time.ts';

const at = (iso: string): number => Date.parse(iso);
const wall = (text: string) => wallTimeOf(text.slice(0, 10), text.slice(11))!;
const HOUR = 3_600_000;

describe('a clock time in a zone', () => {
  it.for([
    ['Europe/Berlin', '2026-01-05T08:00', '2026-01-05T07:00Z'],
    ['Europe/Berlin', '2026-07-05T08:00', '2026-07-05T06:00Z'],
    ['America/New_York', '2026-07-05T08:00', '2026-07-05T12:00Z'],
    ['Asia/Kathmandu', '2026-07-05T08:00', '2026-07-05T02:15Z'],
    ['Pacific/Kiritimati', '2026-01-01T08:00', '2025-12-31T18:00Z'],
    ['UTC', '2026-02-28T23:59', '2026-02-28T23:59Z'],
  ] as const)('in %s at %s is one instant', ([zone, clock, instant]) => {
    expect(instantsOf(wall(clock), zone)).toEqual({ kind: 'once', at: at(instant) });
  });

  it.for([
    // Spring: clocks go forward from 2 to 3, in Lord Howe by half an hour.
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30Z', '2026-03-29T03:30'],
    ['America/New_York', '2026-03-08T02:00', '2026-03-08T07:00Z', '2026-03-08T03:00'],
    ['Australia/Lord_Howe', '2026-10-04T02:10', '2026-10-03T15:40Z', '2026-10-04T02:40'],
  ] as const)(
    'in %s at %s is skipped, and means as much later',
    ([zone, clock, instant, shown]) => {
      expect(instantsOf(wall(clock), zone)).toEqual({ kind: 'skipped', at: at(instant) });
      expect(wallTimeAt(at(instant), zone)).toEqual(wall(shown));
    },
  );

  it.for([
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30Z', '2026-10-25T01:30Z'],
    ['America/New_York', '2026-11-01T01:00', '2026-11-01T05:00Z', '2026-11-01T06:00Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45Z', '2026-04-04T15:15Z'],
  ] as const)('in %s at %s comes twice', ([zone, clock, first, second]) => {
    const both = { kind: 'twice', first: at(first), second: at(second) };
    expect(instantsOf(wall(clock), zone)).toEqual(both);
  });

  it('leads back to every instant that a clock shows it at, in every zone', () => {
    const minutes = fc.integer({
      min: at('1990-01-01Z') / 60_000,
      max: at('2060-01-01Z') / 60_000,
    });
    fc.assert(
      fc.property(fc.constantFrom(...knownZones()), minutes, (zone, minute) => {
        const instant = minute * 60_000;
        const found = instantsOf(wallTimeAt(instant, zone), zone);
        expect(found.kind === 'twice' ? [found.first, found.second] : [found.at]).toContain(
          instant,
        );
        expect(found.kind).not.toBe('skipped');
      }),
      { numRuns: 300 },
    );
  });

  it('counts days and not hours, across a change of the clocks', () => {
    const before = wall('2026-03-28T08:00');
    const after = instantsOf(daysLater(before, 1), 'Europe/Berlin');
    const start = instantsOf(before, 'Europe/Berlin');
    expect([start.kind, after.kind]).toEqual(['once', 'once']);
    if (start.kind === 'once' && after.kind === 'once') expect(after.at - start.at).toBe(23 * HOUR);
  });

  it('is written into fields and read from them', () => {
    expect(fieldsOf(wall('2026-03-12T08:05'))).toEqual({ date: '2026-03-12', time: '08:05' });
    expect(wallTimeOf('', '08:00')).toBeNull();
    expect(wallTimeOf('2026-03-12', '')).toBeNull();
  });

  it('is refused for a zone that nobody knows', () => {
    expect(() => offsetMsAt(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('the times that are offered', () => {
  it('are in an hour, tomorrow morning and Monday morning, by the clocks of the zone', () => {
    // A Thursday; in Auckland it is Friday already.
    const now = at('2026-03-12T14:05Z');
    expect(presetsAt(now, 'Europe/Berlin')).toEqual([
      { name: 'In one hour', at: now + HOUR },
      { name: 'Tomorrow at 8:00', at: at('2026-03-13T07:00Z') },
      { name: 'Monday at 8:00', at: at('2026-03-16T07:00Z') },
    ]);
    expect(presetsAt(now, 'Pacific/Auckland')[1]?.at).toBe(at('2026-03-13T19:00Z'));
  });

  it('on a Sunday name Monday once, and on a Monday mean the next one', () => {
    const sunday = at('2026-03-15T12:00Z');
    expect(presetsAt(sunday, 'UTC').map(({ name }) => name)).toEqual([
      'In one hour',
      'Tomorrow at 8:00',
    ]);
    const monday = at('2026-03-16T06:00Z');
    expect(presetsAt(monday, 'UTC')[2]?.at).toBe(at('2026-03-23T08:00Z'));
  });

  it('are in the future, in every zone and at every time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...knownZones()),
        fc.integer({ min: at('2026-01-01Z'), max: at('2030-01-01Z') }),
        (zone, now) => {
          for (const preset of presetsAt(now, zone)) expect(preset.at).toBeGreaterThan(now);
        },
      ),
    );
  });
});

describe('what was chosen', () => {
  const now = at('2026-03-12T14:05Z');
  const choose = (date: string, time: string, zone: string, second = false) =>
    chosenTime({ date, time, zone, second }, now);

  it('is said as it is here, where the zone is another', () => {
    const there = choose('2026-03-13', '08:00', 'America/New_York');
    expect(there.at).toBe(at('2026-03-13T12:00Z'));
    expect(there.said).toContain('by this computer’s clock');
  });

  it('is nothing without a date, and nothing that has passed', () => {
    expect(choose('', '08:00', 'UTC')).toMatchObject({ at: null });
    expect(choose('2026-03-12', '14:05', 'UTC')).toMatchObject({
      at: null,
      said: 'That time has passed. Choose a later one.',
    });
    expect(choose('2026-03-12', '14:06', 'UTC').at).toBe(now + 55_000 + 5_000);
  });

  it('is said to be skipped where clocks go forward over it', () => {
    const gap = choose('2026-03-29', '02:30', 'Europe/Berlin');
    expect(gap.at).toBe(at('2026-03-29T01:30Z'));
    expect(gap.said).toContain(
      'Clocks in Berlin go forward over 02:30 that day, so it becomes 03:30.',
    );
  });

  it('can be either of two where clocks go back over it', () => {
    const first = choose('2026-10-25', '02:30', 'Europe/Berlin');
    expect(first).toMatchObject({ at: at('2026-10-25T00:30Z'), twice: ['UTC+2', 'UTC+1'] });
    expect(first.said).toContain('comes twice');
    const second = choose('2026-10-25', '02:30', 'Europe/Berlin', true);
    expect(second.at).toBe(at('2026-10-25T01:30Z'));
    expect(choose('2026-11-01', '01:00', 'America/New_York').twice).toEqual(['UTC−4', 'UTC−5']);
  });
});
