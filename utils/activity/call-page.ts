import type { RecordedCall } from './activity-schema.ts';

/** Which calls are wanted. Null takes all. */
export interface CallFilter {
  readonly host: string | null;
  /** The account's random id. */
  readonly accountId: string | null;
  /** How the call ended; `unanswered` takes every end but an answer. */
  readonly result: RecordedCall['result'] | 'unanswered' | null;
}

/** A piece of the log, and what one can choose from. */
export interface CallPage {
  readonly calls: readonly RecordedCall[];
  /** How many there are that fit the filter. */
  readonly total: number;
  /** What stands in the whole log, each once, in alphabetical order. */
  readonly choices: {
    readonly hosts: readonly string[];
    readonly accountIds: readonly string[];
    readonly results: readonly RecordedCall['result'][];
  };
}

/** The calls from `offset` on, `limit` of them at most, of those that fit. Keeps their order. */
export function pageOfCalls(
  calls: readonly RecordedCall[],
  wanted: { readonly filter: CallFilter; readonly offset: number; readonly limit: number },
): CallPage {
  const fitting = calls.filter((call) => fits(call, wanted.filter));
  return {
    calls: fitting.slice(wanted.offset, wanted.offset + wanted.limit),
    total: fitting.length,
    choices: {
      hosts: each(calls.map(({ host }) => host)),
      accountIds: each(calls.flatMap(({ accountId }) => accountId ?? [])),
      results: each(calls.map(({ result }) => result)),
    },
  };
}

function fits(call: RecordedCall, { host, accountId, result }: CallFilter): boolean {
  if (host !== null && call.host !== host) return false;
  if (accountId !== null && call.accountId !== accountId) return false;
  if (result === 'unanswered') return call.result !== 'answered';
  return result === null || call.result === result;
}

function each<T extends string>(values: readonly T[]): readonly T[] {
  return [...new Set(values)].sort();
}
