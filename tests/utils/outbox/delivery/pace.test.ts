import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readyAt, withStart, type Pace } from '../../../../utils/outbox/delivery/pace.ts';
import { createDyingWorker } from '../../../harness/dying-dependencies.ts';
import {
  alarmRings,
  createMailWorld,
  liveOn,
  OTHER_ACCOUNT_ID,
  viewOf,
  writeDraft,
  type MailWorld,
} from '../../../harness/mail-world.ts';

const MINUTE = 60_000;
const OPENING = { method: 'POST', host: 'gmail.googleapis.com' };

/** Queues so many mails while the device is offline. */
async function queueMany(world: MailWorld, count: number, accountId?: string): Promise<string[]> {
  world.online = false;
  const worker = world.worker();
  const ids: string[] = [];
  for (let nth = 0; nth < count; nth++) {
    const id = await writeDraft(world, {}, accountId);
    await worker.send(id);
    ids.push(id);
  }
  await worker.run();
  world.online = true;
  return ids;
}

describe('the pace of an account', () => {
  it('is never faster than the provider takes, wherever a minute begins', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), waits, (sendsPerMinute, pauses) => {
        let pace: Pace = { sendsPerMinute, startedAt: [] };
        let now = 0;
        const starts: number[] = [];
        for (const pause of pauses) {
          now += pause;
          const next = withStart(pace, now);
          expect(next === null).toBe(readyAt(pace, now) > now);
          if (next === null) continue;
          pace = next;
          starts.push(now);
        }
        for (const from of starts) {
          const inMinute = starts.filter((at) => at >= from && at < from + MINUTE);
          expect(inMinute.length).toBeLessThanOrEqual(sendsPerMinute);
        }
      }),
    );
  });

  it('says when the next one may start', () => {
    const pace = { sendsPerMinute: 2, startedAt: [1_000, 5_000] };
    expect(readyAt(pace, 6_000)).toBe(62_000);
    expect(withStart(pace, 61_999)).toBeNull();
    expect(withStart(pace, 62_000)?.startedAt).toEqual([5_000, 62_000]);
  });

  it('is not stopped by a clock that went back', () => {
    const pace = { sendsPerMinute: 1, startedAt: [9_000_000] };
    expect(readyAt(pace, 1_000)).toBe(1_000);
  });

  it('holds across workers, and slows no other account', async () => {
    const world = createMailWorld();
    await queueMany(world, 63);
    const [other] = await queueMany(world, 1, OTHER_ACCOUNT_ID);
    world.endWorkers();
    const before = world.clock.now();
    await world.worker().run();
    expect(world.accepted()).toBe(61);
    expect((await viewOf(world, other!)).state.kind).toBe('sent');
    await world.worker().run();
    expect(world.accepted()).toBe(61);
    expect([...world.alarms.values()]).toEqual([before + 61_000]);
    await alarmRings(world);
    await world.worker().run();
    expect(world.accepted()).toBe(64);
  });

  it('is kept by the worker itself, with no alarm', async () => {
    const world = createMailWorld();
    await queueMany(world, 61);
    const worker = world.worker();
    await worker.run();
    expect(world.accepted()).toBe(60);
    await world.clock.advance(61_000);
    await worker.run();
    expect(world.accepted()).toBe(61);
  });
});

describe('a limit that the provider tells', () => {
  it.for([
    ['429 that names a time', 429, 90, 90_000],
    ['429 that names none', 429, null, 15_000],
    ['403 that names none', 403, null, 15_000],
  ] as const)('by a %s slows that account for a while, and nothing is lost', async (limit) => {
    const [, status, retryAfterSeconds, atLeastMs] = limit;
    const world = createMailWorld();
    const ids = await queueMany(world, 3);
    const body = JSON.stringify({
      error: { code: status, errors: [{ reason: 'userRateLimitExceeded' }] },
    });
    const headers = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
    world.router.faults.add({ match: OPENING, fault: { kind: 'refuse', status, body, headers } });
    const before = world.clock.now();
    await world.worker().run();
    expect(world.accepted()).toBe(0);
    expect(world.router.log.requests()).toHaveLength(1);
    await liveOn(world);
    for (const id of ids) expect((await viewOf(world, id)).state.kind).toBe('sent');
    const again = world.router.log.requests()[1]?.at ?? 0;
    expect(again - before).toBeGreaterThanOrEqual(atLeastMs);
  });
});

describe('a server that ails and names a time', { timeout: 60_000 }, () => {
  const IN_TWO_MINUTES = new Date(createMailWorld().clock.now() + 120_000).toUTCString();
  const BYTES = { method: 'PUT', contentRange: /^bytes \d/ };

  it.for([
    ['seconds', '90', 90_000, 24 * 60 * MINUTE],
    ['a fraction of them', '89.2', 90_000, 24 * 60 * MINUTE],
    ['a date', IN_TWO_MINUTES, 119_000, 24 * 60 * MINUTE],
    ['more than anybody waits for an answer', '99999999999', 60 * MINUTE, 61 * MINUTE],
  ] as const)(
    'in %s is left alone until then by that account, by no other, and nothing is doubled',
    async ([, retryAfter, atLeastMs, atMostMs]) => {
      const world = createMailWorld();
      const ids = await queueMany(world, 3);
      const date = new Date(world.clock.now()).toUTCString();
      const headers = { 'retry-after': retryAfter, date };
      const fault = { kind: 'refuse', status: 503, headers } as const;
      world.router.faults.add({ match: BYTES, fault });
      const before = world.clock.now();
      await world.worker().run();
      expect(world.router.log.requests().map(({ status }) => status)).toEqual([200, 503]);
      const [other] = await queueMany(world, 1, OTHER_ACCOUNT_ID);
      await world.worker().run();
      expect((await viewOf(world, other!)).state.kind).toBe('sent');
      const soFar = world.router.log.requests().length;
      await liveOn(world);
      const again = world.router.log.requests()[soFar]?.at ?? 0;
      expect(again - before).toBeGreaterThanOrEqual(atLeastMs);
      expect(again - before).toBeLessThanOrEqual(atMostMs);
      for (const id of ids) expect((await viewOf(world, id)).state.kind).toBe('sent');
      expect(world.accepted()).toBe(4);
    },
  );
});

describe('a thousand mails', () => {
  it(
    'go at 95 % of the provider’s own rate or more, each once, with no answer of 429',
    { timeout: 120_000 },
    async () => {
      const world = createMailWorld();
      world.google.switches.messagesPerDay = 2_000;
      await queueMany(world, 1_000);
      const before = world.clock.now();
      await world.worker().run();
      for (let turn = 0; world.accepted() < 1_000 && turn < 60; turn++) {
        await alarmRings(world);
        await world.worker().run();
      }
      expect(world.accepted()).toBe(1_000);
      const statuses = world.router.log.requests().map(({ status }) => status);
      expect(statuses).not.toContain(429);
      expect(statuses).toHaveLength(2_000);
      // The first minute's share goes at once: what counts is how long the rest takes.
      const minutes = (world.clock.now() - before) / MINUTE;
      expect(minutes).toBeLessThanOrEqual((1_000 - 60) / 60 / 0.95);
    },
  );
});

it('goes on at once when the pace has room again before the run that waited for it has ended', async () => {
  const world = createMailWorld();
  await queueMany(world, 61);
  world.endWorkers();
  const slow = createDyingWorker(
    null,
    () => Promise.resolve(),
    (_call, name) => {
      if (name === 'store.prune' && world.accepted() === 60) world.clock.jump(MINUTE + 2_000);
      return Promise.resolve();
    },
  );
  const worker = world.worker(slow);
  await worker.run();
  expect(world.accepted()).toBe(60);
  await world.clock.advance(1_000);
  await worker.settled();
  expect(world.accepted()).toBe(61);
});
