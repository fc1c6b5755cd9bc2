import { describe, expect, it } from 'vitest';
import { suppressionHandlers } from '../../../utils/dispatch/suppression-handlers.ts';
import type { Outbox } from '../../../utils/outbox/outbox.ts';
import {
  createSuppressions,
  suppressionRecords,
} from '../../../utils/suppressions/suppressions.ts';
import { createSealedRecords } from '../../../utils/vault/vault.ts';
import { createDyingWorker, type Death } from '../../harness/dying-dependencies.ts';
import { createExclusively } from '../../harness/exclusively.ts';
import { createFakeStorageArea } from '../../harness/fake-storage.ts';
import { createMailWorld, liveByAlarms, liveOn } from '../../harness/mail-world.ts';
import { arrivedAt, planMerge, startMerge } from '../outbox/batches/merge-world.ts';

const SOMEBODY = 'person.1@example.com';

/** A world with a merge that waits, and a do-not-mail list. */
function open() {
  const world = createMailWorld();
  const area = createFakeStorageArea();
  const { vault, clock } = world;
  const exclusively = createExclusively();
  const records = createSealedRecords({ vault, area, ...suppressionRecords });
  const suppressions = createSuppressions({ records, clock, exclusively });
  const add = (outbox: Outbox, addresses: readonly string[]) =>
    suppressionHandlers({ suppressions, outbox, changed: () => undefined })['suppressions.add']({
      addresses: [...addresses],
      why: 'result',
    });
  return { world, suppressions, area, add };
}

/** Somebody comes onto the list, in a worker that dies there; then the merge goes on. */
async function live(death: Death | null) {
  const { world, suppressions, add } = open();
  world.online = false;
  await startMerge(world, 3);
  const dying = createDyingWorker(death, () => Promise.resolve());
  await Promise.race([add(world.worker(dying), [SOMEBODY]), dying.ended]);
  world.online = true;
  await liveOn(world);
  await liveByAlarms(world);
  const isListed = (await suppressions.keys()).has(SOMEBODY);
  return { isListed, arrived: arrivedAt(world), calls: dying.calls };
}

describe('somebody who comes onto the do-not-mail list', () => {
  it('is written to by no merge that waits', async () => {
    const { isListed, arrived } = await live(null);
    expect(isListed).toBe(true);
    expect(arrived).toEqual(['person.0@example.com', 'person.2@example.com']);
  });

  it('is not on it and written to, wherever the worker dies', { timeout: 60_000 }, async () => {
    const { calls } = await live(null);
    const found: string[] = [];
    for (let call = 0; call < calls.length; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const { isListed, arrived } = await live({ call, when });
        if (isListed && arrived.includes(SOMEBODY)) found.push(`${when} ${calls[call] ?? ''}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('is written to by no merge that was started while the list was stored', async () => {
    const { world, area, suppressions, add } = open();
    world.online = false;
    const plan = await planMerge(world, 3);
    const set = area.set.bind(area);
    area.set = async (key, value) => {
      await world.worker().merges.start(plan);
      await set(key, value);
    };
    await add(world.worker(), [SOMEBODY]);
    world.online = true;
    await liveOn(world);
    expect((await suppressions.keys()).has(SOMEBODY)).toBe(true);
    expect(arrivedAt(world)).not.toContain(SOMEBODY);
  });

  it('stays in the merge when the list takes nobody', async () => {
    const { world, add } = open();
    world.online = false;
    await startMerge(world, 3);
    expect(await add(world.worker(), [SOMEBODY, 'nobody'])).toMatchObject({
      kind: 'not-addresses',
    });
    world.online = true;
    await liveOn(world);
    expect(arrivedAt(world)).toHaveLength(3);
  });
});
