import { describe, expect, it } from 'vitest';
import type { RecordedCall, RecordedEvent } from '../../../utils/activity/activity.ts';
import { statisticsOf } from '../../../utils/activity/statistics.ts';

const NOW = new Date(2026, 2, 12, 14, 5).getTime();
const day = (back: number, hour = 9): number => new Date(2026, 2, 12 - back, hour).getTime();
const ANN = '3d6f0a4c-8b1e-4f6d-9a70-5c2e1b3d4f60';

const event = (kind: RecordedEvent['kind'], more: Partial<RecordedEvent> = {}): RecordedEvent => ({
  at: day(0),
  kind,
  accountId: ANN,
  code: null,
  durationMs: null,
  ...more,
});
const call = (more: Partial<RecordedCall>): RecordedCall => ({
  at: day(0),
  host: 'gmail.googleapis.com',
  purpose: 'send-mail',
  accountId: ANN,
  status: 200,
  requestBytes: 1,
  answerBytes: 1,
  durationMs: 1,
  result: 'answered',
  requestId: null,
  ...more,
});
const of = (events: readonly RecordedEvent[], calls: readonly RecordedCall[] = [], days = 3) =>
  statisticsOf({ events, calls }, { now: NOW, days });

describe('the days', () => {
  it('are all there, oldest first, also those on which nothing happened', () => {
    expect(of([]).days.map(({ at }) => at)).toEqual([day(2, 0), day(1, 0), day(0, 0)]);
  });
  it('are those of the calendar, also over a change of the clock', () => {
    const { days } = statisticsOf(
      { events: [], calls: [] },
      { now: new Date(2026, 3, 2, 12).getTime(), days: 10 },
    );
    expect(new Set(days.map(({ at }) => new Date(at).getDate())).size).toBe(10);
    expect(days.every(({ at }) => new Date(at).getHours() === 0)).toBe(true);
  });
  it('count each mail on its own day by what became of it', () => {
    const { days } = of([
      event('mail-sent', { at: day(1, 0) }),
      event('mail-sent', { at: day(1, 23) }),
      event('mail-rejected', { at: day(0) }),
      event('mail-unconfirmed', { at: day(0) }),
      event('account-linked'),
    ]);
    expect(days[1]).toMatchObject({ sent: 2, rejected: 0, unconfirmed: 0 });
    expect(days[2]).toMatchObject({ sent: 0, rejected: 1, unconfirmed: 1 });
  });
  it('leave out what is older, and what a clock that was set back puts into the future', () => {
    const { days } = of([event('mail-sent', { at: day(3) }), event('mail-sent', { at: NOW + 1 })]);
    expect(days.every(({ sent }) => sent === 0)).toBe(true);
  });
});

describe('delivery times', () => {
  const times = [500, 1_000, 1_500, 3_000, 4_000, 10_000, 20_000, 70_000, 700_000, 900_000];
  const sent = times.map((durationMs) => event('mail-sent', { durationMs }));
  it('are times that were measured', () => {
    expect(of(sent)).toMatchObject({ medianMs: 4_000, p90Ms: 700_000 });
    expect(of(sent).days[2]).toMatchObject({ medianMs: 4_000, p90Ms: 700_000 });
    expect(of([event('mail-sent', { durationMs: 7 })])).toMatchObject({ medianMs: 7, p90Ms: 7 });
  });
  it('are absent where none was measured', () => {
    expect(of([event('mail-sent')])).toMatchObject({ medianMs: null, p90Ms: null });
  });
  it('fall into bands, each into one', () => {
    const { delivery } = of(sent);
    expect(delivery.map(({ count }) => count)).toEqual([2, 1, 2, 1, 1, 1, 2]);
    expect(delivery.at(-1)?.untilMs).toBeNull();
  });
  it('count mails that were sent only', () => {
    expect(of([event('mail-waits', { durationMs: 9 })]).medianMs).toBeNull();
  });
});

describe('what went wrong', () => {
  it('is counted by kind, the most frequent first', () => {
    const { errors } = of(
      [
        event('mail-waits', { code: 'login_required' }),
        event('mail-rejected'),
        event('mail-unconfirmed'),
      ],
      [
        call({}),
        call({ status: 302 }),
        call({ status: 401 }),
        call({ status: 429 }),
        call({ status: 404 }),
        call({ status: 503 }),
        call({ status: 500 }),
        call({ status: null, result: 'timeout' }),
        call({ status: null, result: 'timeout' }),
        call({ status: null, result: 'timeout' }),
        call({ status: null, result: 'host-not-allowed', at: day(3) }),
      ],
    );
    expect(errors).toEqual([
      { of: 'call', kind: 'timeout', count: 3 },
      { of: 'call', kind: 'answer-fault', count: 2 },
      { of: 'call', kind: 'answer-not-allowed', count: 1 },
      { of: 'call', kind: 'answer-refused', count: 1 },
      { of: 'call', kind: 'answer-too-many', count: 1 },
      { of: 'mail', kind: 'login_required', count: 1 },
      { of: 'mail', kind: 'other', count: 1 },
      { of: 'mail', kind: 'unconfirmed', count: 1 },
    ]);
  });
});
