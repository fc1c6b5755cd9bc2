import { describe, expect, it } from 'vitest';
import { createMailWorld, liveOn, viewOf, type MailWorld } from '../../../harness/mail-world.ts';
import { resultOf, startMerge } from './merge-world.ts';

/** Google accepts the first mail, nobody hears of it, and the session is forgotten. */
function loseOne({ router }: MailWorld): void {
  router.faults.add({
    match: { method: 'PUT', contentRange: /^bytes \d/ },
    fault: { kind: 'cut-after-accept' },
  });
  router.faults.add({
    match: { method: 'PUT', contentRange: /^bytes \*/ },
    fault: { kind: 'forget-session', status: 410 },
  });
}

/** A merge of three whose first mail is unconfirmed and whose others wait for the network. */
async function halfKnown(
  world: MailWorld,
): Promise<{ readonly id: string; readonly lost: string }> {
  loseOne(world);
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
