import { describe, expect, it } from 'vitest';
import { OUTBOX_ALARM } from '../../../../utils/outbox/outbox.ts';
import { secret } from '../../../../utils/platform/platform.ts';
import {
  createMailWorld,
  liveOn,
  viewOf,
  writeDraft,
  type MailWorld,
} from '../../../harness/mail-world.ts';

const PASSPHRASE = secret('four words that nobody guesses');

async function lockNow({ vault }: MailWorld): Promise<void> {
  await vault.lock.beginClosing();
  vault.lock.close();
}

/** Two mails that were queued offline, and a lock that is on and open. */
async function twoQueued(): Promise<{ world: MailWorld; ids: readonly [string, string] }> {
  const world = createMailWorld();
  const ids = [await writeDraft(world), await writeDraft(world)] as const;
  await world.vault.lock.turnOn(PASSPHRASE);
  world.online = false;
  for (const id of ids) await world.worker().send(id);
  await world.worker().run();
  world.online = true;
  return { world, ids };
}

describe('while the vault is locked', () => {
  it('nothing is sent, no alarm rings in vain, and each mail says that it waits for unlocking', async () => {
    const { world, ids } = await twoQueued();
    await lockNow(world);
    await world.worker().run();
    expect(world.accepted()).toBe(0);
    expect(world.alarms.has(OUTBOX_ALARM)).toBe(false);
    for (const id of ids) {
      expect(await viewOf(world, id)).toMatchObject({
        state: { kind: 'locked' },
        subject: '',
        recipients: '',
        unreadable: null,
      });
    }
  });

  it('a draft is listed without what is in it, and is not taken for one that is broken', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    await world.vault.lock.turnOn(PASSPHRASE);
    await lockNow(world);
    expect(await viewOf(world, id)).toMatchObject({ state: { kind: 'draft' }, unreadable: null });
    await world.worker().dismiss(id);
    await world.vault.lock.unlock(PASSPHRASE);
    expect((await viewOf(world, id)).subject).not.toBe('');
  });

  it('what waits goes out once it is unlocked', async () => {
    const { world, ids } = await twoQueued();
    await lockNow(world);
    await world.worker().run();
    await world.vault.lock.unlock(PASSPHRASE);
    await liveOn(world);
    for (const id of ids) expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.accepted()).toBe(2);
  });
});

describe('when the lock falls during an upload', () => {
  it('that attempt ends and is stored, and nothing after it begins', async () => {
    const { world, ids } = await twoQueued();
    const hold = world.router.faults.hold({ match: { method: 'PUT' }, at: 'arrived' });
    const worker = world.worker();
    const running = worker.run();
    await hold.arrived;
    expect(await world.vault.lock.beginClosing()).toBe(true);
    hold.release();
    await worker.settled();
    await running;
    world.vault.lock.close();
    const kinds = await Promise.all(ids.map(async (id) => (await viewOf(world, id)).state.kind));
    expect(kinds.sort()).toEqual(['locked', 'sent']);
    expect(world.accepted()).toBe(1);
  });

  it('a refusal of the provider comes back as a draft with the reason', async () => {
    const { world, ids } = await twoQueued();
    world.router.faults.add({ match: { method: 'PUT' }, fault: { kind: 'refuse', status: 400 } });
    const hold = world.router.faults.hold({ match: { method: 'POST' }, at: 'arrived' });
    const worker = world.worker();
    const running = worker.run();
    await hold.arrived;
    await world.vault.lock.beginClosing();
    hold.release();
    await running;
    world.vault.lock.close();
    await world.vault.lock.unlock(PASSPHRASE);
    const states = await Promise.all(ids.map(async (id) => (await viewOf(world, id)).state));
    expect(states.find(({ kind }) => kind === 'draft')).toMatchObject({
      reason: { code: expect.any(String) as string },
    });
  });
});
