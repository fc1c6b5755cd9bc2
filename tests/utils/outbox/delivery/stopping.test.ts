import { describe, expect, it } from 'vitest';
import type { Outbox } from '../../../../utils/outbox/outbox.ts';
import { createDyingWorker } from '../../../harness/dying-dependencies.ts';
import {
  createMailWorld,
  fileBytes,
  liveOn,
  viewOf,
  writeDraftWithFile,
  type MailWorld,
} from '../../../harness/mail-world.ts';

const BYTES = { method: 'PUT', contentRange: /^bytes \d/ };
const FILE = fileBytes(2_400_000);

type Act = (outbox: Outbox, id: string) => Promise<boolean>;
const pause: Act = (outbox, id) => outbox.pause(id);
const cancel: Act = (outbox, id) => outbox.backToDraft(id);

interface Played {
  readonly world: MailWorld;
  readonly id: string;
  readonly calls: number;
  /** What the person was told; null when they never acted. */
  readonly told: boolean | null;
}

/** Sends a mail of several slices; before the worker's call number `at` the person acts. */
async function play(act: Act, at: number): Promise<Played> {
  const world = createMailWorld();
  const id = await writeDraftWithFile(world, FILE);
  world.online = false;
  const queueing = world.worker();
  await queueing.send(id);
  await queueing.run();
  world.online = true;
  let acted: Promise<boolean> | null = null;
  const counting = createDyingWorker(
    null,
    () => Promise.resolve(),
    async (call) => {
      if (call !== at) return;
      acted = act(acting, id);
      // Not always to its end: it may have to wait for just this call.
      await Promise.race([acted, aWhile()]);
    },
  );
  const acting = world.worker(counting);
  await acting.run();
  const told = await (acted as Promise<boolean> | null);
  return { world, id, calls: counting.calls.length, told };
}

async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Acts before every `by`th call, each in a world of its own. */
async function everyCall(
  act: Act,
  by: number,
  check: (played: Played) => Promise<void>,
): Promise<void> {
  const { calls } = await play(act, Infinity);
  expect(calls).toBeGreaterThan(20);
  for (let at = 0; at < calls; at += by) await check(await play(act, at));
}

describe('a mail that is taken back in the middle of its upload', () => {
  it('arrives not at all when the person is told so, and once when it was too late', async () => {
    const answers = new Set<boolean | null>();
    await everyCall(cancel, 1, async ({ world, id, told }) => {
      answers.add(told);
      expect(world.accepted()).toBe(told === true ? 0 : 1);
      const before = world.router.log.requests().length;
      expect((await viewOf(world, id)).state.kind).toBe(told === true ? 'draft' : 'sent');
      await liveOn(world);
      expect(world.router.log.requests()).toHaveLength(before);
      if (told === true) {
        const draft = await world.worker().openDraft(id);
        expect(draft?.content.attachments).toHaveLength(1);
      }
    });
    expect(answers).toEqual(new Set([true, false]));
  }, 60_000);

  it('can be sent again at once, and arrives once', async () => {
    const { world, id, told } = await play(cancel, 12);
    expect(told).toBe(true);
    await world.worker().send(id);
    await liveOn(world);
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.accepted()).toBe(1);
  });
});

describe('a mail that is paused in the middle of its upload', () => {
  it('stays where it is for as long as the person likes, then arrives once', async () => {
    await everyCall(pause, 3, async ({ world, id, told }) => {
      if (told !== true) return;
      expect(world.accepted()).toBe(0);
      const before = world.router.log.requests().length;
      await liveOn(world);
      expect(world.router.log.requests()).toHaveLength(before);
      expect((await viewOf(world, id)).state.kind).toBe('halted');
      await expect(world.worker().retry(id)).resolves.toBe(true);
      await liveOn(world);
      expect((await viewOf(world, id)).state.kind).toBe('sent');
      expect(world.accepted()).toBe(1);
    });
  }, 60_000);

  it('goes on in another worker from the last acknowledged byte', async () => {
    const world = createMailWorld();
    const id = await writeDraftWithFile(world, FILE);
    const hold = world.router.faults.hold({ match: BYTES, nth: 2, at: { afterBytes: 5_000 } });
    const worker = world.worker();
    await worker.send(id);
    await hold.arrived;
    await expect(worker.pause(id)).resolves.toBe(true);
    hold.release();
    await worker.run();
    const { state } = await viewOf(world, id);
    expect(state.kind === 'halted' && state.acknowledgedBytes).toBeGreaterThan(1_000_000);
    world.router.log.clear();
    await world.worker().retry(id);
    await liveOn(world);
    const [question, first] = world.router.log.requests({ method: 'PUT' });
    expect(question?.contentRange).toMatch(/^bytes \*/);
    expect(Number(/^bytes (\d+)-/.exec(first?.contentRange ?? '')?.[1])).toBeGreaterThan(1_000_000);
    expect(world.accepted()).toBe(1);
  });

  it('can be taken back into a draft', async () => {
    const { world, id } = await play(pause, 12);
    await expect(world.worker().backToDraft(id)).resolves.toBe(true);
    expect(await world.store.find(id)).toMatchObject({ record: { earlier: null } });
  });
});
