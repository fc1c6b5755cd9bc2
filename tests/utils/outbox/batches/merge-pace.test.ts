import { expect, it } from 'vitest';
import { createMailWorld, liveByAlarms } from '../../../harness/mail-world.ts';
import { arrivedAt, resultOf, startMerge } from './merge-world.ts';

const COUNT = 1000;
const MINUTE_MS = 60_000;

it(
  'goes to 1,000 at 95 % of the provider’s own pace and more, and is never told to slow down',
  {
    timeout: 240_000,
  },
  async () => {
    const world = createMailWorld();
    // A mailbox that takes as many on a day as the merge is long: the minute alone is measured.
    world.google.switches.messagesPerDay = 10 * COUNT;
    const provider = world.accounts.provider.bind(world.accounts);
    world.accounts.provider = (id) => {
      const found = provider(id);
      if (!found) return null;
      const { declaration } = found;
      const limits = { ...declaration.limits, sendsPerDay: null };
      return { ...found, declaration: { ...declaration, limits } };
    };
    const beganAt = world.clock.now();
    const { id, outcome, worker } = await startMerge(world, COUNT);
    expect(outcome).toEqual({ kind: 'started', count: COUNT, days: 1 });
    await worker.run();
    await liveByAlarms(world, COUNT);

    expect(new Set(arrivedAt(world)).size).toBe(COUNT);
    expect(world.accepted()).toBe(COUNT);
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: COUNT, waiting: 0 });
    expect(world.calls.filter(({ status }) => status === 429 || status === 403)).toEqual([]);
    const lastAt = Math.max(...world.google.deliveries.map(({ at }) => at));
    // The first minute's mails may all go at once: what is measured is the time for all after them.
    const perMinute = 60;
    const minutes = (lastAt - beganAt) / MINUTE_MS;
    expect((COUNT - perMinute) / minutes).toBeGreaterThanOrEqual(0.95 * perMinute);
    expect(COUNT / minutes).toBeGreaterThanOrEqual(0.95 * perMinute);
  },
);
