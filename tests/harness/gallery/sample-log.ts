import type { AnswerOf, CallView, RequestOf } from '../../../utils/messaging/messaging.ts';
import { daysAgo, idOf, minutesAgo } from './sample-records.ts';

const PURPOSES = ['open-upload', 'send-mail', 'renew-token', 'ask-upload-status'] as const;

/** Ten thousand calls, newest first: as many as a busy person makes in a month. */
const CALLS: readonly CallView[] = Array.from({ length: 10_000 }, (_, index) => ({
  at: minutesAgo(1 + index * 4),
  host: index % 3 === 2 ? 'oauth2.googleapis.com' : 'gmail.googleapis.com',
  purpose: PURPOSES[index % PURPOSES.length] ?? 'send-mail',
  accountId: index % 7 === 6 ? idOf(99) : idOf(1),
  status: index % 11 === 5 ? null : 200,
  requestBytes: 812 + index * 97,
  answerBytes: 410,
  durationMs: 180 + index,
  result: index % 11 === 5 ? 'timeout' : 'answered',
  requestId: index % 5 === 1 ? '6f9b1a30-1f2e-4c55-9d3a-0a4b7c6d5e4f' : null,
}));

/** Answers as the worker does. */
export function callLog(request: RequestOf<'privacy.calls'>): AnswerOf<'privacy.calls'> {
  const fitting = CALLS.filter(
    (call) =>
      (request.host === null || call.host === request.host) &&
      (request.accountId === null || call.accountId === request.accountId) &&
      (request.result === null ||
        (request.result === 'unanswered'
          ? call.result !== 'answered'
          : call.result === request.result)),
  );
  return {
    calls: fitting.slice(request.offset, request.offset + request.limit),
    total: fitting.length,
    choices: {
      hosts: ['gmail.googleapis.com', 'oauth2.googleapis.com'],
      accountIds: [idOf(1), idOf(99)],
      results: ['answered', 'timeout'],
    },
  };
}

/** A log in which nothing stands. */
export const EMPTY_LOG: AnswerOf<'privacy.calls'> = {
  calls: [],
  total: 0,
  choices: { hosts: [], accountIds: [], results: [] },
};

const BANDS = [1_000, 2_000, 5_000, 15_000, 60_000, 600_000, null];
const IN_BANDS = [61, 148, 32, 9, 3, 1, 2];

/** Some weeks of mails. */
export function statistics(days: number): AnswerOf<'privacy.statistics'> {
  return {
    days: Array.from({ length: days }, (_, index) => {
      const sent = index % 7 > 4 ? 0 : 6 + ((index * 5) % 13);
      return {
        at: daysAgo(days - 1 - index),
        sent,
        rejected: index % 6 === 3 ? 1 : 0,
        unconfirmed: index % 9 === 4 ? 2 : 0,
        medianMs: sent === 0 ? null : 1_200 + index * 10,
        p90Ms: sent === 0 ? null : 4_100 + index * 20,
      };
    }),
    delivery: BANDS.map((untilMs, index) => ({ untilMs, count: IN_BANDS[index] ?? 0 })),
    medianMs: 1_240,
    p90Ms: 4_310,
    errors: [
      { of: 'call', kind: 'timeout', count: 12 },
      { of: 'call', kind: 'answer-too-many', count: 4 },
      { of: 'mail', kind: 'login_required', count: 3 },
      { of: 'call', kind: 'answer-fault', count: 2 },
      { of: 'mail', kind: 'unconfirmed', count: 1 },
    ],
  };
}

/** Days on which nothing was sent and nothing went wrong. */
export function nothingHappened(days: number): AnswerOf<'privacy.statistics'> {
  return {
    days: Array.from({ length: days }, (_, index) => ({
      at: daysAgo(days - 1 - index),
      sent: 0,
      rejected: 0,
      unconfirmed: 0,
      medianMs: null,
      p90Ms: null,
    })),
    delivery: BANDS.map((untilMs) => ({ untilMs, count: 0 })),
    medianMs: null,
    p90Ms: null,
    errors: [],
  };
}
