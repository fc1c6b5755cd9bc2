import { describe, expect, it } from 'vitest';
import type { Outbox } from '../../../../utils/outbox/outbox.ts';
import { createDyingWorker } from '../../../harness/dying-dependencies.ts';
import { createMailWorld, writeDraft, type MailWorld } from '../../../harness/mail-world.ts';

const MINUTE_MS = 60_000;

/** Lets the worker live, with whatever it waits for and its alarms, until the mail is sent or that time is over. */
async function isSentWithin(
  world: MailWorld,
  id: string,
  worker: Outbox,
  minutes: number,
): Promise<boolean> {
  for (let minute = 0; minute <= minutes; minute += 1) {
    for (const [name, at] of world.alarms) {
      if (at > world.clock.now()) continue;
      world.alarms.set(name, world.clock.now() + MINUTE_MS);
      await worker.run();
    }
    const found = await world.store.record(id);
    if (found?.readable && found.record.state.kind === 'sent') return true;
    await world.clock.advance(MINUTE_MS);
    await worker.settled();
  }
  return false;
}

describe('a mail over which something of ours breaks once', () => {
  it.each([
    ['a new attempt', false],
    ['a question what became of it', true],
  ])('goes on within ten minutes: in %s', async (_where, isQuestion) => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    if (isQuestion) {
      const dies = createDyingWorker(
        null,
        () => Promise.resolve(),
        (_call, name) => {
          if (name === 'fetch PUT') dies.end();
          return Promise.resolve();
        },
      );
      const first = world.worker(dies);
      await first.send(id);
      await Promise.race([first.run(), dies.ended]);
      world.endWorkers();
    }
    let breaks = 1;
    const breaking = createDyingWorker(
      null,
      () => Promise.resolve(),
      (_call, name) => {
        if (name !== 'accounts.token' || breaks === 0) return Promise.resolve();
        breaks -= 1;
        throw new TypeError('a mistake of ours');
      },
    );
    const worker = world.worker(breaking);
    if (!isQuestion) await worker.send(id);
    await worker.run();
    expect(breaks).toBe(0);
    expect(await isSentWithin(world, id, worker, 10)).toBe(true);
    expect(world.accepted()).toBe(1);
  });
});

describe('a mail over which something of ours breaks each time', () => {
  it('is tried more and more seldom, and keeps no other back', async () => {
    const world = createMailWorld();
    let tries = 0;
    const breaking = createDyingWorker(
      null,
      () => Promise.resolve(),
      (_call, name) => {
        if (name !== 'accounts.token') return Promise.resolve();
        tries += 1;
        throw new TypeError('a mistake of ours');
      },
    );
    const worker = world.worker(breaking);
    const id = await writeDraft(world);
    await worker.send(id);
    await worker.run();
    expect(await isSentWithin(world, id, worker, 24 * 60)).toBe(false);
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(35);
    await world.worker().send(await writeDraft(world));
    await world.worker().run();
    expect(world.accepted()).toBe(1);
  });
});
