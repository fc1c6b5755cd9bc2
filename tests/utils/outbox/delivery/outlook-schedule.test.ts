import { describe, expect, it } from 'vitest';
import type { Rung } from '../../../../utils/providers/providers.ts';
import { liveByAlarms, createMailWorld, viewOf, writeDraft } from '../../../harness/mail-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DRAFTS: readonly Rung[] = ['send', 'drafts'];

async function scheduled(outlook: readonly Rung[], inMs = 3 * HOUR) {
  const world = createMailWorld({ outlook });
  const id = await writeDraft(world);
  const worker = world.worker();
  const at = world.clock.now() + inMs;
  await worker.schedule(id, { at, zone: 'America/New_York' });
  await worker.run();
  const stateOf = async () => (await viewOf(world, id)).state;
  return { world, worker, id, at, stateOf };
}

describe('a mail that Outlook sends at its hour', () => {
  it('is handed over at once, arrives once, and is known as sent afterwards', async () => {
    const { world, at, stateOf } = await scheduled(DRAFTS);
    expect(await stateOf()).toEqual({
      kind: 'at-provider',
      at,
      zone: 'America/New_York',
      notBack: null,
    });
    expect(world.accepted()).toBe(0);
    await liveByAlarms(world);
    expect((await stateOf()).kind).toBe('sent');
    expect(world.accepted()).toBe(1);
    expect(world.reports).toEqual([]);
  });

  it('is taken back before it, and never arrives', async () => {
    const { world, worker, id, stateOf } = await scheduled(DRAFTS);
    await expect(worker.backToDraft(id)).resolves.toBe(true);
    await worker.run();
    expect(await stateOf()).toEqual({ kind: 'draft', reason: null });
    await world.clock.advance(24 * HOUR);
    await liveByAlarms(world);
    expect(world.accepted()).toBe(0);
  });

  it('is this device’s where the right was not given, and where the hour is near: never early', async () => {
    const without = await scheduled(['send'], HOUR);
    expect((await without.stateOf()).kind).toBe('scheduled');
    expect(without.world.router.log.requests()).toEqual([]);
    await liveByAlarms(without.world);
    expect(without.world.accepted()).toBe(1);

    const near = await scheduled(DRAFTS, 3 * MINUTE);
    expect((await near.stateOf()).kind).toBe('scheduled');
    await near.world.clock.advance(3 * MINUTE - 1);
    expect(near.world.accepted()).toBe(0);
    await liveByAlarms(near.world);
    expect(near.world.accepted()).toBe(1);
  });
});
