import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { openDB } from 'idb';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  ActivityError,
  createActivity,
  type EventToRecord,
} from '../../../utils/activity/activity.ts';
import type { CallRecord } from '../../../utils/network/network.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const ANN = '3d6f0a4c-8b1e-4f6d-9a70-5c2e1b3d4f60';
const BEN = '7e8f9a0b-1c2d-4e3f-8a4b-5c6d7e8f9a0b';
const HOSTS = ['gmail.googleapis.com', 'oauth2.googleapis.com'];

function fresh(databaseName: string = randomUUID()) {
  const clock = createFakeClock();
  const choices = { callLogOn: true, activityRetentionDays: 30 };
  const reports: { where: string; error: unknown }[] = [];
  const activity = createActivity({
    clock,
    hosts: HOSTS,
    databaseName,
    log: { report: (where, error) => void reports.push({ where, error }) },
    choices: () => Promise.resolve({ ...choices }),
  });
  const call = (changes: Partial<CallRecord> = {}): CallRecord => ({
    at: clock.now(),
    host: 'gmail.googleapis.com',
    purpose: 'send-mail',
    accountId: ANN,
    status: 200,
    requestBytes: 1200,
    answerBytes: 80,
    durationMs: 250,
    result: 'answered',
    requestId: null,
    ...changes,
  });
  return { databaseName, clock, choices, reports, activity, call };
}

/** Everything in the database, as text. */
async function rawText(databaseName: string): Promise<string> {
  const connection = await openDB(databaseName);
  const rows = await Promise.all(
    [...connection.objectStoreNames].map((store) => connection.getAll(store)),
  );
  connection.close();
  return JSON.stringify(rows);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('recording', () => {
  it('keeps a call as it was told, and shows it to whoever asks next', async () => {
    const { activity, call } = fresh();
    activity.recordCall(call({ requestId: 'A1B2C3D4-0000-1111-2222-333344445555' }));
    await expect(activity.calls()).resolves.toEqual([
      call({ requestId: 'a1b2c3d4-0000-1111-2222-333344445555' }),
    ]);
  });

  it('keeps an event, which happened now unless it says otherwise', async () => {
    const { activity, clock } = fresh();
    activity.recordEvent({ kind: 'mail-sent', accountId: ANN, durationMs: 812.4 });
    activity.recordEvent({
      kind: 'mail-waits',
      accountId: ANN,
      code: 'invalid_grant',
      at: clock.now() - 5,
    });
    await expect(activity.events()).resolves.toEqual([
      { at: clock.now(), kind: 'mail-sent', accountId: ANN, code: null, durationMs: 812 },
      {
        at: clock.now() - 5,
        kind: 'mail-waits',
        accountId: ANN,
        code: 'invalid_grant',
        durationMs: null,
      },
    ]);
  });

  it('keeps a call during which the clock was set back', async () => {
    const { activity, call } = fresh();
    activity.recordCall(call({ durationMs: -3_600_000 }));
    await expect(activity.calls()).resolves.toMatchObject([{ durationMs: 0 }]);
  });

  it('opens nothing before there is something to write', async () => {
    const open = vi.spyOn(indexedDB, 'open');
    const { activity, call } = fresh();
    expect(open).not.toHaveBeenCalled();
    activity.recordCall(call());
    await activity.calls();
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('writes a hundred calls in few transactions', async () => {
    const { activity, call } = fresh();
    await activity.calls();
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    for (let count = 0; count < 100; count++) activity.recordCall(call());
    await expect(activity.calls()).resolves.toHaveLength(100);
    expect(transaction.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('survives the worker', async () => {
    const { activity, call, databaseName } = fresh();
    activity.recordCall(call());
    await activity.calls();
    await expect(fresh(databaseName).activity.calls()).resolves.toHaveLength(1);
  });

  it('stores nothing while the call log is off', async () => {
    const { activity, call, choices } = fresh();
    choices.callLogOn = false;
    activity.recordCall(call());
    activity.recordEvent({ kind: 'mail-sent', accountId: ANN });
    await expect(activity.calls()).resolves.toEqual([]);
    await expect(activity.events()).resolves.toEqual([]);
    choices.callLogOn = true;
    activity.recordCall(call());
    await expect(activity.calls()).resolves.toHaveLength(1);
  });
});

describe('no text gets in', () => {
  it('writes a host that is not on the list down as unlisted', async () => {
    const { activity, call, databaseName } = fresh();
    activity.recordCall(
      call({ host: 'ann-smith.example.com', result: 'host-not-allowed', status: null }),
    );
    await expect(activity.calls()).resolves.toMatchObject([{ host: 'unlisted' }]);
    expect(await rawText(databaseName)).not.toContain('ann-smith');
  });

  it.each([
    ['an address as the account', { accountId: 'ann@example.com' }],
    ['a name as the account', { accountId: 'Ann' }],
    ['a purpose that there is not', { purpose: 'Dear Ann' }],
    ['a result that there is not', { result: 'Dear Ann' }],
    ['a text as the status', { status: 'Dear Ann' }],
    ['a size below nothing', { requestBytes: -1 }],
    ['a time that is none', { at: NaN }],
  ])('refuses a call with %s, and tells the log', async (_, changes) => {
    const { activity, call, reports, databaseName } = fresh();
    activity.recordCall({ ...call(), ...changes } as CallRecord);
    activity.recordCall(call());
    await expect(activity.calls()).resolves.toEqual([{ ...call(), requestId: null }]);
    expect(reports).toEqual([{ where: 'activity', error: new ActivityError('refused') }]);
    expect(await rawText(databaseName)).not.toMatch(/ann/i);
  });

  it('leaves fields behind that do not belong there', async () => {
    const { activity, call, databaseName } = fresh();
    activity.recordCall({ ...call(), url: 'https://gmail.googleapis.com/?q=ann' } as CallRecord);
    const event = { kind: 'mail-sent', accountId: ANN, subject: 'For Ann' } as const;
    activity.recordEvent(event);
    await expect(activity.calls()).resolves.toHaveLength(1);
    await expect(activity.events()).resolves.toHaveLength(1);
    expect(await rawText(databaseName)).not.toMatch(/ann/i);
  });

  it.each([
    ['Dear Ann', 'other'],
    ['ann@example.com', 'other'],
    ['example.com', 'other'],
    ['x'.repeat(41), 'other'],
    ['', 'other'],
    ['userRateLimitExceeded', 'userRateLimitExceeded'],
    ['AADSTS50076', 'AADSTS50076'],
    ['needs-host', 'needs-host'],
  ])('keeps the code %j as %j', async (code, kept) => {
    const { activity } = fresh();
    activity.recordEvent({ kind: 'mail-rejected', accountId: ANN, code });
    await expect(activity.events()).resolves.toMatchObject([{ code: kept }]);
  });

  it.each(['Dear Ann', 'ann@example.com', '', '1'])(
    'drops %j as an id of the provider and keeps the call',
    async (requestId) => {
      const { activity, call } = fresh();
      activity.recordCall(call({ requestId }));
      await expect(activity.calls()).resolves.toMatchObject([{ requestId: null }]);
    },
  );

  it('holds for any value in any field', async () => {
    const marker = 'Überraschung';
    const { activity, call, databaseName } = fresh();
    const any = fc.oneof(fc.jsonValue(), fc.constant(marker), fc.constant(`${marker}@example.com`));
    const field = fc.constantFrom(...Object.keys(call()), 'kind', 'code', 'requestId', 'subject');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(field, any), async (changes) => {
        const strange = { ...call(), kind: 'mail-sent', ...changes };
        activity.recordCall(strange);
        activity.recordEvent(strange as EventToRecord);
        await activity.calls({ limit: 1 });
      }),
      {
        numRuns: 200,
        examples: [[{ durationMs: { toString: [] } }], [{ code: { toString: [] } }]],
      },
    );
    expect(await rawText(databaseName)).not.toContain(marker);
  });
});

describe('a log that fails', () => {
  it('is cleared on a nearly full disk only when everything else goes too', async () => {
    const earlier = fresh();
    earlier.activity.recordCall(earlier.call());
    await expect(earlier.activity.calls()).resolves.toHaveLength(1);
    // Another worker: what an earlier one knew of the disk is not known to it.
    const { activity } = fresh(earlier.databaseName);
    const estimate = () => Promise.resolve({ quota: 9, usage: 8 });
    vi.stubGlobal('navigator', { storage: { estimate } });
    try {
      await expect(activity.clear()).rejects.toMatchObject({ code: 'storage' });
      await activity.erase();
    } finally {
      vi.unstubAllGlobals();
    }
    await expect(activity.calls()).resolves.toEqual([]);
  });

  it('breaks nothing: recording returns, the log of platform hears of it, and it goes on', async () => {
    const { activity, call, reports } = fresh();
    const open = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    expect(() => activity.recordCall(call())).not.toThrow();
    await expect(activity.calls()).resolves.toEqual([]);
    expect(open).toHaveBeenCalledTimes(2);
    expect(reports).toMatchObject([{ where: 'activity', error: { code: 'storage' } }]);
    activity.recordCall(call());
    await expect(activity.calls()).resolves.toHaveLength(1);
  });

  it('stores nothing when the choices of the person can not be read', async () => {
    const { clock, call } = fresh();
    const reports: unknown[] = [];
    let broken = true;
    const activity = createActivity({
      clock,
      hosts: HOSTS,
      databaseName: randomUUID(),
      log: { report: (_, error) => void reports.push(error) },
      choices: () =>
        broken
          ? Promise.reject(new Error('no settings'))
          : Promise.resolve({ callLogOn: true, activityRetentionDays: 30 }),
    });
    activity.recordCall(call());
    await expect(activity.calls()).rejects.toMatchObject({ code: 'storage' });
    await expect(activity.clear()).resolves.toBeUndefined();
    broken = false;
    await expect(activity.calls()).resolves.toEqual([]);
    expect(reports).toHaveLength(1);
  });

  it('leaves a row out that can not be read, and shows the others', async () => {
    const { activity, call, databaseName, clock } = fresh();
    activity.recordCall(call());
    await activity.calls();
    const connection = await openDB(databaseName);
    await connection.add('calls', { at: clock.now(), host: 7 });
    connection.close();
    await expect(activity.calls()).resolves.toHaveLength(1);
    await expect(activity.inventory()).resolves.toMatchObject([{ kind: 'calls', count: 2 }, {}]);
  });
});

describe('asking', () => {
  it('gives the newest first, from a time on, and no more than wanted', async () => {
    const { activity, call, clock } = fresh();
    const start = clock.now();
    for (let minute = 0; minute < 10; minute++) {
      activity.recordCall(call({ at: start - minute * 60_000 }));
    }
    const times = async (query?: Parameters<typeof activity.calls>[0]): Promise<number[]> =>
      (await activity.calls(query)).map(({ at }) => (start - at) / 60_000);
    await expect(times()).resolves.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await expect(times({ limit: 3 })).resolves.toEqual([0, 1, 2]);
    await expect(times({ limit: 1 })).resolves.toEqual([0]);
    await expect(times({ limit: 0 })).resolves.toEqual([]);
    await expect(times({ limit: 99 })).resolves.toHaveLength(10);
    await expect(times({ since: start - 120_000 })).resolves.toEqual([0, 1, 2]);
    await expect(times({ since: start - 120_000, limit: 2 })).resolves.toEqual([0, 1]);
  });

  it('keeps calls of one moment in the order in which they were told', async () => {
    const { activity, call } = fresh();
    for (const status of [201, 202, 203, 204]) activity.recordCall(call({ status }));
    const statuses = (await activity.calls({ limit: 3 })).map(({ status }) => status);
    expect(statuses).toEqual([204, 203, 202]);
  });

  it('sums up by host', async () => {
    const { activity, call, clock } = fresh();
    const at = clock.now();
    activity.recordCall(
      call({ at: at - 30, host: 'oauth2.googleapis.com', requestBytes: 5, answerBytes: 6 }),
    );
    activity.recordCall(call({ at: at - 20 }));
    activity.recordCall(call({ at: at - 10, result: 'timeout', status: null, answerBytes: 0 }));
    await expect(activity.hosts()).resolves.toEqual([
      {
        host: 'gmail.googleapis.com',
        calls: 2,
        unanswered: 1,
        requestBytes: 2400,
        answerBytes: 80,
        firstAt: at - 20,
        lastAt: at - 10,
      },
      {
        host: 'oauth2.googleapis.com',
        calls: 1,
        unanswered: 0,
        requestBytes: 5,
        answerBytes: 6,
        firstAt: at - 30,
        lastAt: at - 30,
      },
    ]);
    await expect(activity.hosts({ since: at - 20 })).resolves.toHaveLength(1);
  });

  it('says how much there is', async () => {
    const { activity, call, clock } = fresh();
    activity.recordCall(call({ at: clock.now() - 1000 }));
    activity.recordCall(call());
    const [calls, events] = await activity.inventory();
    expect(calls).toEqual({
      kind: 'calls',
      count: 2,
      sizeBytes: 2 * JSON.stringify({ ...call(), requestId: null }).length,
      oldestAt: clock.now() - 1000,
    });
    expect(events).toEqual({ kind: 'events', count: 0, sizeBytes: 0, oldestAt: null });
  });
});

describe('forgetting', () => {
  it('removes what is older than the person wants, when something is written', async () => {
    const { activity, call, clock, databaseName } = fresh();
    activity.recordCall(call({ status: 201 }));
    activity.recordEvent({ kind: 'mail-sent', accountId: ANN });
    await activity.calls();
    await clock.advance(30 * DAY_MS + 1);
    activity.recordCall(call({ status: 202 }));
    await activity.calls();
    const text = await rawText(databaseName);
    expect(text).toContain('202');
    expect(text).not.toMatch(/201|mail-sent/);
  });

  it('keeps what is just old enough to stay', async () => {
    const { activity, call, clock } = fresh();
    activity.recordCall(call());
    await activity.calls();
    await clock.advance(30 * DAY_MS);
    await expect(activity.calls()).resolves.toHaveLength(1);
  });

  it('happens without a write too, and at once when the person wants less', async () => {
    const { activity, call, clock, choices, databaseName } = fresh();
    activity.recordCall(call());
    await activity.calls();
    await clock.advance(2 * DAY_MS);
    choices.activityRetentionDays = 1;
    await activity.prune();
    expect(await rawText(databaseName)).toBe('[[],[]]');
  });

  it('removes every line of an account, and of no other', async () => {
    const { activity, call, databaseName } = fresh();
    activity.recordCall(call());
    activity.recordCall(call({ accountId: BEN }));
    activity.recordCall(call({ accountId: null }));
    activity.recordEvent({ kind: 'mail-sent', accountId: ANN });
    activity.recordEvent({ kind: 'mail-sent', accountId: BEN });
    await activity.forgetAccount(ANN);
    expect((await activity.calls()).map(({ accountId }) => accountId)).toEqual([null, BEN]);
    expect((await activity.events()).map(({ accountId }) => accountId)).toEqual([BEN]);
    expect(await rawText(databaseName)).not.toContain(ANN);
  });

  it('clears everything, also what was recorded a moment before', async () => {
    const { activity, call, databaseName } = fresh();
    activity.recordCall(call());
    activity.recordEvent({ kind: 'mail-sent', accountId: ANN });
    await activity.clear();
    expect(await rawText(databaseName)).toBe('[[],[]]');
    activity.recordCall(call());
    await expect(activity.calls()).resolves.toHaveLength(1);
  });
});
