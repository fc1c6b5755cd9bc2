import { describe, expect, it } from 'vitest';
import { createDyingWorker } from '../../../harness/dying-dependencies.ts';
import {
  alarmRings,
  createMailWorld,
  liveByAlarms,
  viewOf,
  writeDraft,
  type MailWorld,
} from '../../../harness/mail-world.ts';
import { breakIn } from './deaths/death-plays.ts';
import { startMerge } from '../batches/merge-world.ts';

/* A clock that was ahead is set right: what had still to wait does not wait for it to come there again. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The clock is set back by a month; the browser's alarms keep the time that they had still to go. */
function setBack(world: MailWorld): number {
  world.clock.jump(-30 * DAY);
  for (const [name, at] of world.alarms) world.alarms.set(name, at - 30 * DAY);
  return world.clock.now();
}

/** Lives on for this long by alarms. */
async function liveFor(world: MailWorld, forMs: number): Promise<void> {
  const end = world.clock.now() + forMs;
  await world.worker().run();
  while (Math.min(...world.alarms.values()) <= end && (await alarmRings(world))) {
    await world.worker().run();
  }
  await world.clock.advance(Math.max(0, end - world.clock.now()));
}

describe('after the clock went back a month', () => {
  it('a mail that waited for the network goes when there is one', async () => {
    const world = createMailWorld();
    world.online = false;
    const id = await writeDraft(world);
    await world.worker().send(id);
    await world.worker().run();
    setBack(world);
    world.online = true;
    await liveFor(world, 2 * MINUTE);
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.accepted()).toBe(1);
  });

  it('a mail that a worker left in the middle is settled, and sent once', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const dying = createDyingWorker(null, breakIn(world), (_call, name) => {
      if (name === 'fetch PUT') dying.end();
      return Promise.resolve();
    });
    const worker = world.worker(dying);
    await Promise.race([worker.send(id).then(() => worker.run()), dying.ended]);
    setBack(world);
    await liveFor(world, 5 * MINUTE);
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.accepted()).toBe(1);
  });

  it('a mail that was to be tried again is, after as long as it had still to wait', async () => {
    const world = createMailWorld();
    const fault = { kind: 'too-many-requests', retryAfterSeconds: 7200 } as const;
    world.router.faults.add({ match: { method: 'POST' }, fault, times: 1 });
    const [id, other] = [await writeDraft(world), await writeDraft(world)];
    const worker = world.worker();
    await worker.send(id);
    await worker.send(other);
    await worker.run();
    const from = setBack(world);
    await liveFor(world, HOUR);
    const kinds = await Promise.all(
      [id, other].map(async (mail) => (await viewOf(world, mail)).state.kind),
    );
    expect(kinds.toSorted()).toEqual(['retry', 'sent']);
    await liveFor(world, 2 * HOUR);
    expect(world.accepted()).toBe(2);
    expect(world.clock.now() - from).toBeLessThan(4 * HOUR);
  });

  it('the person is asked about a mail of which nobody can know, within a day or so', async () => {
    const world = createMailWorld();
    world.router.faults.add({
      match: { method: 'PUT' },
      fault: { kind: 'refuse', status: 503 },
      times: Infinity,
    });
    const id = await writeDraft(world);
    const worker = world.worker();
    await worker.send(id);
    await worker.run();
    const from = setBack(world);
    await liveByAlarms(world);
    expect((await viewOf(world, id)).state).toMatchObject({ kind: 'unconfirmed' });
    const { state } = await viewOf(world, id);
    expect(state.kind === 'unconfirmed' && state.attemptedAt).toBeLessThanOrEqual(
      world.clock.now(),
    );
    expect(world.clock.now() - from).toBeLessThan(2 * DAY);
  });

  it('a mail with an hour of its own does not go before it', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const at = world.clock.now() + HOUR;
    await world.worker().schedule(id, { at, zone: 'Europe/Berlin' });
    const fault = { kind: 'too-many-requests', retryAfterSeconds: 60 } as const;
    world.router.faults.add({ match: { method: 'POST' }, fault, times: 1 });
    await world.clock.advance(HOUR);
    await world.worker().run();
    expect((await viewOf(world, id)).state.kind).toBe('retry');
    setBack(world);
    await liveFor(world, DAY);
    expect(world.accepted()).toBe(0);
    await liveByAlarms(world);
    expect(world.accepted()).toBe(1);
    expect(world.clock.now()).toBeGreaterThanOrEqual(at);
  });

  it('a provider that asks for a pause then gets it, whatever waits for an hour of its own', async () => {
    const world = createMailWorld();
    const later = await writeDraft(world);
    const at = world.clock.now() + DAY;
    await world.worker().schedule(later, { at, zone: 'Europe/Berlin' });
    setBack(world);
    const fault = { kind: 'too-many-requests', retryAfterSeconds: 7200 } as const;
    const refusing = world.router.faults.add({ match: { method: 'POST' }, fault, times: Infinity });
    for (let nth = 0; nth < 3; nth += 1) {
      await world.worker().send(await writeDraft(world));
      await world.worker().run();
    }
    expect(refusing.struck()).toBe(1);
    await liveFor(world, HOUR);
    expect(refusing.struck()).toBe(1);
    expect((await viewOf(world, later)).state).toMatchObject({ kind: 'scheduled', at });
  });

  it('the days of a merge are as far apart as they were', async () => {
    const world = createMailWorld();
    world.online = false;
    const { id } = await startMerge(world, 510, { spread: true });
    const now = setBack(world);
    world.online = true;
    await world.worker().run();
    const due = (await world.store.mailsOfBatch(id)).map(({ dueAt }) => dueAt ?? 0);
    expect(due.filter((dueAt) => dueAt === now + DAY)).toHaveLength(10);
  });
});
