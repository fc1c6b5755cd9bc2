import { describe, expect, it } from 'vitest';
import {
  ACCOUNT_ID,
  createMailWorld,
  liveByAlarms,
  liveOn,
  OTHER_ACCOUNT_ID,
  viewOf,
  writeDraft,
  type MailWorld,
} from '../../harness/mail-world.ts';

const BYTES = { method: 'PUT', contentRange: /^bytes \d/ };
const QUESTION = { method: 'PUT', contentRange: /^bytes \*/ };
const LONG_TEXT = 'A line of a long letter about fences, posts and gates.\n'.repeat(20_000);

async function send(world: MailWorld, id: string): Promise<void> {
  const worker = world.worker();
  await worker.send(id);
  await worker.run();
}

/** A mail whose answer was lost and whose session is forgotten. */
async function unconfirmed(accepted: boolean): Promise<{ world: MailWorld; id: string }> {
  const world = createMailWorld();
  const kind = accepted ? 'cut-after-accept' : 'cut-before-body';
  world.router.faults.add({ match: BYTES, fault: { kind } });
  world.router.faults.add({ match: QUESTION, fault: { kind: 'forget-session', status: 404 } });
  const id = await writeDraft(world);
  await send(world, id);
  return { world, id };
}

describe('an unconfirmed mail', () => {
  it('comes with the way to look, and no other mail does', async () => {
    const { world, id } = await unconfirmed(true);
    const { sentPage } = await viewOf(world, id);
    expect(sentPage).toMatch(
      /^https:\/\/mail\.google\.com\/mail\/u\/\?authuser=[\w.-]+%40[\w.-]+#sent$/,
    );
    expect((await viewOf(world, await writeDraft(world))).sentPage).toBeNull();
  });

  it('is settled by the person who sees that it arrived', async () => {
    const { world, id } = await unconfirmed(true);
    const attemptedAt = world.clock.now();
    await expect(world.worker().decide(id, 'arrived')).resolves.toBe(true);
    expect((await viewOf(world, id)).state).toEqual({ kind: 'sent', sentAt: attemptedAt });
    await expect(world.store.find(id)).resolves.toMatchObject({ content: null });
    await expect(world.worker().decide(id, 'send-again')).resolves.toBe(false);
    expect(world.accepted()).toBe(1);
  });

  it('is sent again when the person says so, as the same message', async () => {
    const { world, id } = await unconfirmed(false);
    const worker = world.worker();
    world.clock.jump(60_000);
    await worker.decide(id, 'send-again');
    await worker.run();
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.accepted()).toBe(1);
    const text = new TextDecoder().decode(world.google.deliveries[0]?.accepted);
    expect(text).toMatch(/^Date: .*09:00:00/m);
  });

  it('can be taken back into a draft', async () => {
    const { world, id } = await unconfirmed(false);
    await world.worker().decide(id, 'to-draft');
    expect((await viewOf(world, id)).state).toEqual({ kind: 'draft', reason: null });
    await expect(world.worker().openDraft(id)).resolves.toMatchObject({
      content: { subject: 'A fence of larch' },
    });
  });
});

describe('taking a mail back', () => {
  it('is possible as long as nothing can have left', async () => {
    const world = createMailWorld();
    world.online = false;
    const queued = await writeDraft(world);
    await send(world, queued);
    await expect(world.worker().backToDraft(queued)).resolves.toBe(true);
    world.online = true;
    await liveOn(world);
    expect(world.router.log.requests()).toEqual([]);
    expect((await viewOf(world, queued)).state.kind).toBe('draft');
  });

  it('is not possible while nobody knows whether it arrived', async () => {
    const world = createMailWorld();
    world.router.faults.add({ match: BYTES, fault: { kind: 'cut-after-accept' } });
    const down = { kind: 'refuse', status: 503 } as const;
    const plan = world.router.faults.add({ match: QUESTION, times: Infinity, fault: down });
    const id = await writeDraft(world);
    await send(world, id);
    expect((await viewOf(world, id)).state).toMatchObject({ kind: 'sending', settling: true });
    await expect(world.worker().backToDraft(id)).resolves.toBe(false);
    plan.remove();
    const worker = world.worker();
    await expect(worker.retry(id)).resolves.toBe(true);
    await worker.run();
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.accepted()).toBe(1);
  });

  it('is possible in the middle of an upload that waits, and then nothing arrives', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world, { text: LONG_TEXT });
    world.router.faults.add({ match: BYTES, fault: { kind: 'cut-before-body' } });
    const down = { kind: 'refuse', status: 503 } as const;
    world.router.faults.add({ match: QUESTION, times: Infinity, fault: down });
    await send(world, id);
    expect((await viewOf(world, id)).state).toMatchObject({ kind: 'sending', settling: true });
    await expect(world.worker().backToDraft(id)).resolves.toBe(true);
    await liveByAlarms(world);
    expect(world.accepted()).toBe(0);
    expect((await viewOf(world, id)).state.kind).toBe('draft');
  });
});

describe('trying now', () => {
  it('goes before the time that the provider asked for, because the person says so', async () => {
    const world = createMailWorld();
    const fault = { kind: 'too-many-requests', retryAfterSeconds: 3_000 } as const;
    world.router.faults.add({ match: { method: 'POST' }, fault });
    const id = await writeDraft(world);
    await send(world, id);
    const worker = world.worker();
    await expect(worker.retry(id)).resolves.toBe(true);
    await worker.run();
    expect((await viewOf(world, id)).state.kind).toBe('sent');
  });

  it('is refused for a draft, for what was sent and for what is not there', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    await expect(world.worker().retry(id)).resolves.toBe(false);
    await send(world, id);
    await expect(world.worker().retry(id)).resolves.toBe(false);
    await expect(world.worker().retry('nothing')).resolves.toBe(false);
  });
});

describe('removing an account', () => {
  it('stops what is under way and wipes what is its own', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world, { text: LONG_TEXT });
    const draft = await writeDraft(world);
    const other = await writeDraft(world, {}, OTHER_ACCOUNT_ID);
    const hold = world.router.faults.hold({ match: BYTES, at: { afterBytes: 1_000 } });
    const worker = world.worker();
    await worker.send(id);
    const running = worker.run();
    await hold.arrived;
    await worker.forgetAccount(ACCOUNT_ID);
    hold.release();
    await running;
    await liveByAlarms(world);
    expect(world.accepted()).toBe(0);
    expect((await world.worker().list()).map((mail) => mail.id)).toEqual([other]);
    await expect(world.worker().openDraft(draft)).resolves.toBeNull();
  });

  it('or wiping everything leaves nothing', async () => {
    const world = createMailWorld();
    await send(world, await writeDraft(world));
    await writeDraft(world);
    await world.worker().wipe();
    await expect(world.worker().list()).resolves.toEqual([]);
    const stock = await world.worker().inventory();
    expect(stock.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('the list', () => {
  it('names the first recipient and counts the others, newest first', async () => {
    const world = createMailWorld();
    const ann = { name: 'Ann', address: 'ann@example.com' };
    const bob = { name: '', address: 'bob@example.com' };
    await writeDraft(world, { subject: 'Old', to: [ann], cc: [bob], bcc: [bob] });
    world.clock.jump(1_000);
    await writeDraft(world, { subject: 'New', to: [] });
    const list = await world.worker().list();
    expect(list.map(({ subject, recipients }) => [subject, recipients])).toEqual([
      ['New', ''],
      ['Old', 'Ann <ann@example.com> and 2 more'],
    ]);
  });

  it('shows how far an upload has come, by what Google has acknowledged', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world, { text: LONG_TEXT });
    const hold = world.router.faults.hold({ match: BYTES, nth: 2 });
    const worker = world.worker();
    await worker.send(id);
    const running = worker.run();
    await hold.arrived;
    const [view] = await worker.list();
    expect(view?.state).toMatchObject({
      kind: 'sending',
      attempt: 1,
      acknowledgedBytes: 1024 * 1024,
    });
    expect(view?.sizeBytes).toBeGreaterThan(1024 * 1024);
    hold.release();
    await running;
    expect((await viewOf(world, id)).state.kind).toBe('sent');
  });

  it('loses a receipt that is dismissed, and nothing that is not one', async () => {
    const world = createMailWorld();
    const [sent, draft] = [await writeDraft(world), await writeDraft(world)];
    await send(world, sent);
    await world.worker().dismiss(sent);
    await world.worker().dismiss(draft);
    expect((await world.worker().list()).map(({ id }) => id)).toEqual([draft]);
  });

  it('forgets receipts after 30 days', async () => {
    const world = createMailWorld();
    await send(world, await writeDraft(world));
    world.clock.jump(29 * 24 * 60 * 60 * 1000);
    await liveOn(world);
    await expect(world.worker().list()).resolves.toHaveLength(1);
    world.clock.jump(2 * 24 * 60 * 60 * 1000);
    await liveOn(world);
    await expect(world.worker().list()).resolves.toEqual([]);
  });
});
