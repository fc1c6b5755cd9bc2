import { expect, it } from 'vitest';
import { readRecord, draftRecord } from '../../../../utils/outbox/store/mail-record.ts';
import {
  createMailWorld,
  liveOn,
  writeDraft,
  type MailWorld,
} from '../../../harness/mail-world.ts';
import { planMerge, startMerge } from '../batches/merge-world.ts';

/* How long delivery took: what the person held a mail back for is no part of it. */

const HOUR = 60 * 60_000;

async function timeOf(
  world: MailWorld,
  press: (outbox: ReturnType<MailWorld['worker']>, id: string) => Promise<unknown>,
): Promise<readonly (number | null)[]> {
  const id = await writeDraft(world);
  const worker = world.worker();
  await press(worker, id);
  await liveOn(world);
  return world.events.map(({ durationMs }) => durationMs);
}

/** An alarm of the browser may be half a minute late; the times that are held back here are longer. */
const LATE = 60_000;

it('the time in which a mail can be undone does not count', async () => {
  const world = createMailWorld();
  world.choices = { ...world.choices, undoSeconds: 60 };
  const [took] = await timeOf(world, (outbox, id) => outbox.send(id));
  expect(took).toBeLessThan(LATE / 2);
});

it('nor the hours until a mail’s own hour, on this device or at Outlook', async () => {
  for (const world of [createMailWorld(), createMailWorld({ outlook: ['send', 'drafts'] })]) {
    const at = world.clock.now() + 3 * HOUR;
    const [took] = await timeOf(world, (outbox, id) =>
      outbox.schedule(id, { at, zone: 'Europe/Berlin' }),
    );
    expect(took).toBeGreaterThanOrEqual(0);
    expect(took).toBeLessThan(HOUR);
  }
});

it('sent now instead, it counts from that press', async () => {
  const world = createMailWorld();
  const [took] = await timeOf(world, async (outbox, id) => {
    await outbox.schedule(id, { at: world.clock.now() + 3 * HOUR, zone: 'Europe/Berlin' });
    world.clock.jump(HOUR);
    await outbox.retry(id);
  });
  expect(took).toBeLessThan(LATE);
});

it('what went wrong on the way does count', async () => {
  const world = createMailWorld();
  world.online = false;
  const [took] = await timeOf(world, async (outbox, id) => {
    await outbox.send(id);
    await outbox.run();
    world.clock.jump(HOUR);
    world.online = true;
  });
  expect(took).toBeGreaterThanOrEqual(HOUR);
});

it('a mail of a merge that was spread over days counts from its own day', async () => {
  const world = createMailWorld();
  const plan = await planMerge(world, 502, { spread: true });
  await world.worker().merges.start(plan);
  const mails = await world.store.mailsOfBatch(plan.draftId);
  expect(mails.every(({ freeAt, dueAt }) => freeAt === dueAt)).toBe(true);
  expect(new Set(mails.map(({ freeAt }) => freeAt)).size).toBeGreaterThan(1);
});

it('the days that a person paused a merge for do not count', async () => {
  const world = createMailWorld();
  world.online = false;
  const { id } = await startMerge(world, 2);
  await world.worker().merges.pause(id);
  world.clock.jump(3 * 24 * HOUR);
  world.online = true;
  await world.worker().merges.resume(id);
  await liveOn(world);
  expect(world.events).toHaveLength(2);
  for (const { durationMs } of world.events) expect(durationMs).toBeLessThan(LATE);
});

it('nor the hours for which they halted one mail', async () => {
  const world = createMailWorld();
  world.online = false;
  const [took] = await timeOf(world, async (outbox, id) => {
    await outbox.send(id);
    await outbox.retry(id);
    expect(await outbox.pause(id)).toBe(true);
    world.clock.jump(HOUR);
    world.online = true;
    await outbox.retry(id);
  });
  expect(took).toBeLessThan(LATE);
});

it('a record from before it was kept is read, and counts from the press on Send', () => {
  const { freeAt, ...older } = { ...draftRecord('m', 'a', 0), queuedAt: 5 };
  expect(freeAt).toBeNull();
  expect(readRecord(older)).toMatchObject({
    readable: true,
    record: { freeAt: null, queuedAt: 5 },
  });
});
