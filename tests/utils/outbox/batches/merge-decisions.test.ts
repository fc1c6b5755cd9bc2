import { describe, expect, it } from 'vitest';
import { createDyingWorker } from '../../../harness/dying-dependencies.ts';
import { createMailWorld, liveOn, viewOf, type MailWorld } from '../../../harness/mail-world.ts';
import { arrivedAt, loseOneForEver, resultOf, startMerge } from './merge-world.ts';

/** A merge of three whose first mail is unconfirmed and whose others wait for the network. */
async function halfKnown(
  world: MailWorld,
): Promise<{ readonly id: string; readonly lost: string }> {
  loseOneForEver(world);
  const limited = world.router.faults.add({
    match: { method: 'POST' },
    fault: { kind: 'too-many-requests', retryAfterSeconds: 3600 },
    nth: 2,
    times: Infinity,
  });
  const { id, worker } = await startMerge(world, 3);
  await worker.run();
  await world.clock.advance(60_000);
  await world.worker().run();
  limited.remove();
  const { rows } = await resultOf(world, id);
  const lost = rows.find(({ outcome }) => outcome.kind === 'unconfirmed')?.mailId ?? '';
  expect(lost).not.toBe('');
  return { id, lost };
}

describe('an unconfirmed mail of a merge', () => {
  it('of which the rest is paused waits with it when it is to go again, and all of it goes on', async () => {
    const world = createMailWorld();
    const { id } = await halfKnown(world);
    expect(await world.worker().merges.pause(id)).toBe(true);
    const before = world.accepted();
    expect(await world.worker().merges.decideAll(id, 'send-again')).toBe(true);
    await liveOn(world);
    const { control, rows } = await resultOf(world, id);
    expect([control, ...rows.map(({ outcome }) => outcome.kind)]).toEqual(Array(4).fill('paused'));
    expect(world.accepted()).toBe(before);
    expect(await world.worker().merges.resume(id)).toBe(true);
    await liveOn(world);
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: 3 });
    expect(world.accepted()).toBe(before + 3);
  });

  it('of which the rest is cancelled goes again by itself when the person says so', async () => {
    const world = createMailWorld();
    const { id, lost } = await halfKnown(world);
    expect(await world.worker().merges.cancel(id)).toBe(true);
    const before = world.accepted();
    expect(await world.worker().decide(lost, 'send-again')).toBe(true);
    await liveOn(world);
    expect((await viewOf(world, lost)).state.kind).toBe('sent');
    expect(world.accepted()).toBe(before + 1);
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: 1, notSent: 2 });
  });
});

describe('somebody who comes onto the do-not-mail list', () => {
  it('while their mail is on its way gets it now or never', async () => {
    const world = createMailWorld();
    const fault = { kind: 'too-many-requests', retryAfterSeconds: 60 } as const;
    world.router.faults.add({ match: { method: 'POST' }, fault, times: 1 });
    world.online = false;
    const { id, worker } = await startMerge(world, 1);
    const meanwhile = async (_call: number, name: string): Promise<void> => {
      if (name === 'fetch POST') await world.worker().merges.drop(['person.0@example.com']);
    };
    await worker.run();
    world.online = true;
    await world.worker(createDyingWorker(null, () => Promise.resolve(), meanwhile)).run();
    await liveOn(world);
    expect(arrivedAt(world)).toEqual([]);
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: 0, waiting: 0, notSent: 1 });
  });

  it('is told as not written to when the provider refuses what was on its way', async () => {
    const world = createMailWorld();
    const fault = { kind: 'refuse', status: 400 } as const;
    world.router.faults.add({ match: { method: 'PUT' }, fault, times: 1 });
    world.online = false;
    const { id, worker } = await startMerge(world, 1);
    const meanwhile = async (_call: number, name: string): Promise<void> => {
      if (name === 'fetch PUT') await world.worker().merges.drop(['person.0@example.com']);
    };
    await worker.run();
    world.online = true;
    await world.worker(createDyingWorker(null, () => Promise.resolve(), meanwhile)).run();
    await liveOn(world);
    const { counts, rows } = await resultOf(world, id);
    expect(counts).toMatchObject({ sent: 0, rejected: 0, notSent: 1 });
    expect(rows.map(({ outcome }) => outcome.kind)).toEqual(['not-sent']);
    expect(await world.worker().merges.needingPerson()).toBe(0);
    expect(await world.worker().merges.retryRejected(id)).toBe(false);
    expect(await world.worker().merges.dismiss(id)).toBe(true);
  });

  it('is not written to again where nobody knows whether the first mail arrived', async () => {
    const world = createMailWorld();
    const { id, lost } = await halfKnown(world);
    await liveOn(world);
    const address = (await resultOf(world, id)).rows.find(({ mailId }) => mailId === lost)?.address;
    await world.worker().merges.drop([address ?? '']);
    const before = world.accepted();
    expect(await world.worker().merges.decideAll(id, 'send-again')).toBe(false);
    await liveOn(world);
    expect(world.accepted()).toBe(before);
    expect((await resultOf(world, id)).counts).toMatchObject({ sent: 2, unconfirmed: 1 });
    expect(await world.worker().merges.decideAll(id, 'arrived')).toBe(true);
  });
});
