/**
 * Room `activity`: what happened, in numbers, times, hosts, codes and random account ids.
 *
 * It answers "which host was called, when, why, how much": for the person, on this device, for as
 * many days as they chose. Recording returns at once and never throws: a log that fails must not
 * take a mail with it, so its errors go to the log of platform. It refuses texts of any kind: a
 * record that does not fit the closed schema is not stored, and a host that is not on the list is
 * written down as `unlisted`. With the call log switched off nothing is stored. Fed by network and
 * outbox through entrypoints/background.ts; read by dispatch.
 */
import type { CallRecord } from '../network/network.ts';
import type { Clock, EpochMs, Log } from '../platform/platform.ts';
import { ActivityError, orStorageError } from './activity-error.ts';
import {
  callSchema,
  eventSchema,
  fitted,
  type RecordedCall,
  type RecordedEvent,
} from './activity-schema.ts';
import {
  createActivityStore,
  type ActivityQuery,
  type ActivityRow,
  type ActivityStock,
} from './activity-store.ts';
import { pageOfCalls, type CallFilter, type CallPage } from './call-page.ts';
import { summaryByHost, type HostSummary } from './host-summary.ts';
import { statisticsOf, type ActivityStatistics } from './statistics.ts';
import { createBatchWriter } from './write-in-batches.ts';

export { ActivityError, type ActivityErrorCode } from './activity-error.ts';
export type { RecordedCall, RecordedEvent } from './activity-schema.ts';
export type { ActivityQuery, ActivityStock } from './activity-store.ts';
export type { CallFilter, CallPage } from './call-page.ts';
export type { HostSummary } from './host-summary.ts';
export type { ActivityStatistics } from './statistics.ts';

/** An event to write down. Without `at` it happened now. */
export type EventToRecord = Pick<RecordedEvent, 'kind' | 'accountId'> &
  Partial<Pick<RecordedEvent, 'at' | 'code' | 'durationMs'>>;

/** What happened. Reading shows everything that was recorded before; it rejects with ActivityError. */
export interface Activity {
  recordCall(call: CallRecord): void;
  recordEvent(event: EventToRecord): void;
  /** Newest first. */
  calls(query?: ActivityQuery): Promise<readonly RecordedCall[]>;
  /** Newest first. */
  events(query?: ActivityQuery): Promise<readonly RecordedEvent[]>;
  /** Sums of the calls since then, by host; the host that was called last comes first. */
  hosts(query?: Pick<ActivityQuery, 'since'>): Promise<readonly HostSummary[]>;
  /** The calls that fit, newest first, a page of them at a time. */
  callPage(wanted: {
    readonly filter: CallFilter;
    readonly offset: number;
    readonly limit: number;
  }): Promise<CallPage>;
  /** Sums of the last `days` days by the calendar of this device. */
  statistics(days: number): Promise<ActivityStatistics>;
  inventory(): Promise<readonly ActivityStock[]>;
  /** Removes everything that names this account. */
  forgetAccount(accountId: string): Promise<void>;
  clear(): Promise<void>;
  /**
   * The same as a part of erasing everything, on a full disk as well. Never for the log alone: Chromium
   * keeps all our databases in one LevelDB, and a record cut short there takes mails and keys along.
   */
  erase(): Promise<void>;
  /** Removes what is older than it may be. Recording does that too; this is for a long quiet time. */
  prune(): Promise<void>;
}

/** What the person chose, asked for at each write. */
export interface ActivityChoices {
  readonly callLogOn: boolean;
  readonly activityRetentionDays: number;
}

interface ActivityParts {
  readonly clock: Clock;
  readonly log: Log;
  /** Every host that Postern may call. */
  readonly hosts: readonly string[];
  readonly choices: () => Promise<ActivityChoices>;
  readonly databaseName?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The activity log of this device, in IndexedDB. Opens nothing before the first record or question. */
export function createActivity(parts: ActivityParts): Activity {
  const { clock, log } = parts;
  const store = createActivityStore(parts.databaseName ?? 'activity');
  const hosts = new Set(parts.hosts);
  const keepSince = ({ activityRetentionDays }: ActivityChoices): EpochMs =>
    clock.now() - activityRetentionDays * DAY_MS;

  const writer = createBatchWriter<ActivityRow>({
    async write(rows) {
      const choices = await parts.choices();
      if (choices.callLogOn) await store.write(rows, keepSince(choices));
    },
    failed: (cause) => log.report('activity', new ActivityError('storage', { cause })),
  });

  /** After everything that was recorded before. */
  const afterwards = async <T>(work: () => Promise<T>): Promise<T> => {
    await writer.settled();
    return orStorageError(work);
  };
  /** What is older than it may be is not shown, but removed. */
  const pruned = <T>(work: () => Promise<T>): Promise<T> =>
    afterwards(async () => {
      await store.write([], keepSince(await parts.choices()));
      return work();
    });
  const add = (row: ActivityRow | null): void => {
    if (row) writer.add(row);
    else log.report('activity', new ActivityError('refused'));
  };

  return {
    recordCall: (call) => add(callRow(call, hosts)),
    recordEvent: (event) => add(eventRow(event, clock.now())),
    calls: (query = {}) => pruned(() => store.calls(query)),
    events: (query = {}) => pruned(() => store.events(query)),
    hosts: (query = {}) => pruned(async () => summaryByHost(await store.calls(query))),
    callPage: (wanted) => pruned(async () => pageOfCalls(await store.calls({}), wanted)),
    statistics: (days) =>
      pruned(async () => {
        const [calls, events] = await Promise.all([store.calls({}), store.events({})]);
        return statisticsOf({ calls, events }, { now: clock.now(), days });
      }),
    inventory: () => pruned(() => store.inventory()),
    forgetAccount: (accountId) => afterwards(() => store.forgetAccount(accountId)),
    clear: () => afterwards(() => store.clear()),
    erase: () => afterwards(() => store.erase()),
    prune: () => pruned(() => Promise.resolve()),
  };
}

/** Null when it does not fit. Fields that are not of the schema are left behind. */
function callRow(call: CallRecord, hosts: ReadonlySet<string>): ActivityRow | null {
  const parsed = callSchema().safeParse({
    ...call,
    host: fitted.host(call.host, hosts),
    durationMs: wholeMs(call.durationMs),
    requestId: fitted.requestId(call.requestId),
  });
  return parsed.success ? { kind: 'calls', value: parsed.data } : null;
}

function eventRow(event: EventToRecord, now: EpochMs): ActivityRow | null {
  const { at = now, code = null, durationMs = null } = event;
  const parsed = eventSchema().safeParse({
    ...event,
    at,
    code: fitted.code(code),
    durationMs: durationMs === null ? null : wholeMs(durationMs),
  });
  return parsed.success ? { kind: 'events', value: parsed.data } : null;
}

/** A clock that was set back in between would make it less than nothing; what is no number fits no row. */
function wholeMs(durationMs: unknown): number {
  return typeof durationMs === 'number' ? Math.max(0, Math.round(durationMs)) : Number.NaN;
}
