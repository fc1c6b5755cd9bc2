import type { EpochMs } from '../platform/platform.ts';
import type { RecordedCall } from './activity-schema.ts';

/** What went to one host and came back. */
export interface HostSummary {
  readonly host: string;
  readonly calls: number;
  /** Calls that got no answer. */
  readonly unanswered: number;
  readonly requestBytes: number;
  readonly answerBytes: number;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
}

/** Adds calls up by host; the host that was called last comes first. */
export function summaryByHost(calls: readonly RecordedCall[]): readonly HostSummary[] {
  const byHost = Map.groupBy(calls, ({ host }) => host);
  return [...byHost]
    .map(([host, its]) => its.reduce(add, emptySummary(host)))
    .sort((a, b) => b.lastAt - a.lastAt);
}

function add(sum: HostSummary, call: RecordedCall): HostSummary {
  return {
    host: sum.host,
    calls: sum.calls + 1,
    unanswered: sum.unanswered + (call.result === 'answered' ? 0 : 1),
    requestBytes: sum.requestBytes + call.requestBytes,
    answerBytes: sum.answerBytes + call.answerBytes,
    firstAt: Math.min(sum.firstAt, call.at),
    lastAt: Math.max(sum.lastAt, call.at),
  };
}

function emptySummary(host: string): HostSummary {
  return {
    host,
    calls: 0,
    unanswered: 0,
    requestBytes: 0,
    answerBytes: 0,
    firstAt: Infinity,
    lastAt: -Infinity,
  };
}
