import type { EpochMs } from '../platform/platform.ts';
import type { RecordedCall, RecordedEvent } from './activity-schema.ts';

/** What became of mails on one day of the person's calendar. */
export interface DayOfMails {
  /** Its first moment, in local time. */
  readonly at: EpochMs;
  readonly sent: number;
  readonly rejected: number;
  readonly unconfirmed: number;
  /** Of the mails sent, from when each was free to go; null when none was measured. */
  readonly medianMs: number | null;
  /** Nine of ten took this long or less; null like the median. */
  readonly p90Ms: number | null;
}

/** How many mails took up to `untilMs`, and longer than the line before; null for any longer time. */
export interface DeliveryBand {
  readonly untilMs: number | null;
  readonly count: number;
}

/** Something that went wrong, counted. `kind` is a code, never a text. */
export interface ErrorCount {
  /** Whether a call failed, or a mail had to wait or came back. */
  readonly of: 'call' | 'mail';
  readonly kind: string;
  readonly count: number;
}

/** Counts and times of the last days. Nothing in it tells one mail from another. */
export interface ActivityStatistics {
  /** Oldest first, each day once, also those on which nothing happened. */
  readonly days: readonly DayOfMails[];
  readonly delivery: readonly DeliveryBand[];
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
  /** The most frequent first. */
  readonly errors: readonly ErrorCount[];
}

/** Where the bands of delivery times end. */
const BANDS_MS = [1_000, 2_000, 5_000, 15_000, 60_000, 600_000] as const;

/** Adds up what was recorded in the last `days` days, today included. Pure: `now` says when today is. */
export function statisticsOf(
  recorded: { readonly calls: readonly RecordedCall[]; readonly events: readonly RecordedEvent[] },
  { now, days }: { readonly now: EpochMs; readonly days: number },
): ActivityStatistics {
  const dayStarts = lastDays(now, days);
  const since = dayStarts[0] ?? now;
  const inTime = ({ at }: { readonly at: EpochMs }): boolean => at >= since && at <= now;
  const events = recorded.events.filter(inTime);
  const byDay = Map.groupBy(events, ({ at }) => dayStart(at));
  const all = sortedTimes(events);
  return {
    days: dayStarts.map((at) => dayOf(at, byDay.get(at) ?? [])),
    delivery: bandsOf(all),
    medianMs: quantile(all, 0.5),
    p90Ms: quantile(all, 0.9),
    errors: errorsOf(recorded.calls.filter(inTime), events),
  };
}

function dayOf(at: EpochMs, events: readonly RecordedEvent[]): DayOfMails {
  const count = (kind: RecordedEvent['kind']): number =>
    events.filter((event) => event.kind === kind).length;
  const times = sortedTimes(events);
  return {
    at,
    sent: count('mail-sent'),
    rejected: count('mail-rejected'),
    unconfirmed: count('mail-unconfirmed'),
    medianMs: quantile(times, 0.5),
    p90Ms: quantile(times, 0.9),
  };
}

function sortedTimes(events: readonly RecordedEvent[]): readonly number[] {
  return events
    .flatMap(({ kind, durationMs }) => (kind === 'mail-sent' ? (durationMs ?? []) : []))
    .sort((a, b) => a - b);
}

/** The nearest rank: a time that was really measured. Null when there is none. */
function quantile(sorted: readonly number[], part: number): number | null {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}

function bandsOf(sorted: readonly number[]): readonly DeliveryBand[] {
  let from = 0;
  const bands = BANDS_MS.map((untilMs) => {
    const beyond = sorted.findIndex((time) => time > untilMs);
    const end = beyond < 0 ? sorted.length : beyond;
    const band = { untilMs, count: end - from };
    from = end;
    return band;
  });
  return [...bands, { untilMs: null, count: sorted.length - from }];
}

function errorsOf(
  calls: readonly RecordedCall[],
  events: readonly RecordedEvent[],
): readonly ErrorCount[] {
  const kinds = [
    ...calls.flatMap((call) => callError(call) ?? []).map((kind) => `call ${kind}`),
    ...events.flatMap((event) => mailError(event) ?? []).map((kind) => `mail ${kind}`),
  ];
  return [...Map.groupBy(kinds, (kind) => kind)]
    .map(([key, each]): ErrorCount => ({
      of: key.startsWith('call ') ? 'call' : 'mail',
      kind: key.slice('call '.length),
      count: each.length,
    }))
    .sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
}

/** Null when it went well. An answer counts by what its status says (RFC 9110 section 15). */
function callError({ result, status }: RecordedCall): string | null {
  if (result !== 'answered') return result;
  if (status === null || status < 400) return null;
  if (status === 401 || status === 403) return 'answer-not-allowed';
  if (status === 429) return 'answer-too-many';
  return status < 500 ? 'answer-refused' : 'answer-fault';
}

/** Null when nothing went wrong with a mail. */
function mailError({ kind, code }: RecordedEvent): string | null {
  if (kind === 'mail-unconfirmed') return 'unconfirmed';
  return kind === 'mail-waits' || kind === 'mail-rejected' ? (code ?? 'other') : null;
}

/** The first moments of the last days in local time, oldest first; days are counted by the calendar, so a change of the clock loses none. */
function lastDays(now: EpochMs, days: number): readonly EpochMs[] {
  const today = new Date(now);
  return Array.from({ length: days }, (_, index) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - (days - 1 - index)).getTime(),
  );
}

function dayStart(at: EpochMs): EpochMs {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
}
