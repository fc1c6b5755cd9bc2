import { describe, expect, it } from 'vitest';
import {
  createMailWorld,
  fileBytes,
  liveOn,
  viewOf,
  writeDraftWithFile,
  type MailWorld,
} from '../../../harness/mail-world.ts';

const WAITS = { kind: 'waiting-for-right', rung: 'drafts' };

/** A mail that waits for the right to write drafts, which the person then takes back for good. */
async function lostRight(sizeBytes: number): Promise<{ world: MailWorld; id: string }> {
  const world = createMailWorld({ outlook: ['send', 'drafts'] });
  const id = await writeDraftWithFile(world, fileBytes(sizeBytes));
  const worker = world.worker();
  world.accounts.instead = { kind: 'missing-right', rung: 'drafts' };
  world.accounts.grantedRungs = [];
  await worker.send(id);
  await worker.run();
  world.accounts.instead = null;
  return { world, id };
}

describe('a mail that waits for the right to drafts', () => {
  it('goes with the right to send alone when it is small enough for that, once', async () => {
    const { world, id } = await lostRight(20_000);
    expect((await viewOf(world, id)).state).toEqual(WAITS);
    world.accounts.grantedRungs = ['send'];
    await world.worker().run();
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    world.accounts.grantedRungs = ['send', 'drafts'];
    await liveOn(world);
    expect(world.accepted()).toBe(1);
  });

  it('waits on where it is too large for that', async () => {
    const world = createMailWorld({ outlook: ['send', 'drafts'] });
    const id = await writeDraftWithFile(world, fileBytes(8_000_000));
    const worker = world.worker();
    await worker.send(id);
    world.accounts.grantedRungs = ['send'];
    await worker.run();
    await world.worker().run();
    expect((await viewOf(world, id)).state).toEqual(WAITS);
    world.accounts.grantedRungs = ['send', 'drafts'];
    await world.worker().run();
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.accepted()).toBe(1);
  });
});
