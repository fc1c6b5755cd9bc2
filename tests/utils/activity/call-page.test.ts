import { describe, expect, it } from 'vitest';
import type { RecordedCall } from '../../../utils/activity/activity.ts';
import { pageOfCalls, type CallFilter } from '../../../utils/activity/call-page.ts';

const ANN = '3d6f0a4c-8b1e-4f6d-9a70-5c2e1b3d4f60';
const ALL: CallFilter = { host: null, accountId: null, result: null };

const calls: readonly RecordedCall[] = Array.from({ length: 100 }, (_, index) => ({
  at: 1_000 - index,
  host: index % 2 === 0 ? 'a.example' : 'b.example',
  purpose: 'send-mail',
  accountId: index % 4 === 0 ? ANN : null,
  status: index % 10 === 0 ? null : 200,
  requestBytes: 1,
  answerBytes: 1,
  durationMs: 1,
  result: index % 10 === 0 ? 'timeout' : 'answered',
  requestId: null,
}));

const page = (filter: Partial<CallFilter>, offset = 0, limit = 10) =>
  pageOfCalls(calls, { filter: { ...ALL, ...filter }, offset, limit });

describe('a page of the call log', () => {
  it('shows each call once, page after page, in order', () => {
    const seen = Array.from({ length: 10 }, (_, index) => page({}, index * 10).calls).flat();
    expect(seen).toEqual(calls);
    expect(page({}, 100).calls).toEqual([]);
  });
  it('counts what fits, not what is on it', () => {
    expect(page({ host: 'a.example' }).total).toBe(50);
    expect(page({ host: 'a.example', accountId: ANN }).total).toBe(25);
    expect(page({ result: 'timeout' }).total).toBe(10);
    expect(page({ result: 'unanswered' }).total).toBe(10);
    expect(page({ result: 'offline' }).total).toBe(0);
  });
  it('offers every host, account and result of the whole log, whatever is chosen', () => {
    const choices = {
      hosts: ['a.example', 'b.example'],
      accountIds: [ANN],
      results: ['answered', 'timeout'],
    };
    expect(page({}).choices).toEqual(choices);
    expect(page({ result: 'offline' }).choices).toEqual(choices);
  });
});
