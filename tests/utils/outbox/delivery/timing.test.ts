import { describe, expect, it } from 'vitest';
import {
  alarmRings,
  createMailWorld,
  liveByAlarms,
  liveOn,
  viewOf,
  writeDraft,
  type MailWorld,
} from '../../../harness/mail-world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = 'Europe/Berlin';

async function stateOf(world: MailWorld, id: string) {
  return (await viewOf(world, id)).state;
}

const requests = (world: MailWorld): number => world.router.log.requests().length;

/** A mail in its undo window, and the worker that holds it. */
async function held(undoSeconds = 10) {
  const world = createMailWorld();
  world.choices = { ...world.choices, undoSeconds };
  const id = await writeDraft(world);
  const worker = world.worker();
  const until = world.clock.now() + undoSeconds * SECOND;
  await expect(worker.send(id)).resolves.toEqual({ kind: 'held', until });
  await worker.run();
  return { world, worker, id, until };
}

/** A mail with a time to go. */
async function scheduled(inMs: number) {
  const world = createMailWorld();
  const id = await writeDraft(world);
  const worker = world.worker();
  const at = world.clock.now() + inMs;
  const outcome = await worker.schedule(id, { at, zone: ZONE });
  expect(outcome).toEqual({ kind: 'scheduled', at });
  await worker.run();
  return { world, worker, id, at };
}

describe('the undo window', () => {
  it('asks nothing of anybody until it is over, and then the mail goes by itself', async () => {
    const { world, worker, id, until } = await held();
    expect(await stateOf(world, id)).toEqual({ kind: 'held', until });
    await world.clock.advance(10 * SECOND - 1);
    await worker.run();
    expect(requests(world)).toBe(0);
    // The worker stayed awake for it: no alarm has to ring.
    await world.clock.advance(1);
    await worker.run();
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent', sentAt: until });
    expect(world.accepted()).toBe(1);
  });

  it('gives the mail back as the draft it was, and nothing was ever requested', async () => {
    const { world, worker, id } = await held();
    await world.clock.advance(9 * SECOND);
    await expect(worker.backToDraft(id)).resolves.toBe(true);
    await expect(world.worker().openDraft(id)).resolves.toMatchObject({
      content: { subject: 'A fence of larch' },
    });
    await world.clock.advance(DAY);
    await liveOn(world);
    expect(requests(world)).toBe(0);
  });

  it('is over when the mail is under way', async () => {
    const { world, worker, id } = await held();
    await world.clock.advance(10 * SECOND);
    await worker.run();
    await expect(worker.backToDraft(id)).resolves.toBe(false);
    expect(world.accepted()).toBe(1);
  });

  it('is ended early by the person who does not need it', async () => {
    const { world, worker, id } = await held(60);
    await expect(worker.retry(id)).resolves.toBe(true);
    await worker.run();
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
  });

  it('outlives the worker: an alarm wakes the next one, late and never early', async () => {
    const { world, id, until } = await held(60);
    expect([...world.alarms.values()]).toEqual([until]);
    world.clock.jump(20 * SECOND);
    await world.worker().run();
    expect(requests(world)).toBe(0);
    expect([...world.alarms.values()]).toEqual([until]);
    await alarmRings(world);
    await world.worker().run();
    expect(world.clock.now()).toBeGreaterThanOrEqual(until);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
  });

  it('is no longer than it was when the clock goes back, and no shorter', async () => {
    const { world, worker, id } = await held();
    world.clock.jump(-3 * HOUR);
    const back = world.clock.now();
    await worker.run();
    expect(await stateOf(world, id)).toEqual({ kind: 'held', until: back + 10 * SECOND });
    await world.clock.advance(9 * SECOND);
    expect(requests(world)).toBe(0);
    await liveByAlarms(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
  });

  it('also holds a mail for as long as the browser was closed, which then goes once', async () => {
    const { world, id } = await held();
    world.clock.jump(7 * DAY);
    await liveOn(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
    expect(world.accepted()).toBe(1);
  });

  it('of nothing sends at once', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const worker = world.worker();
    await expect(worker.send(id)).resolves.toEqual({ kind: 'queued' });
    await worker.run();
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
  });
});

describe('a scheduled mail', () => {
  it('goes at its time, by an alarm, with its Date from then', async () => {
    const { world, id, at } = await scheduled(17 * HOUR);
    expect(await stateOf(world, id)).toEqual({ kind: 'scheduled', at, zone: ZONE });
    expect([...world.alarms.values()]).toEqual([at]);
    await liveByAlarms(world);
    expect(await stateOf(world, id)).toEqual({ kind: 'sent', sentAt: at });
    const sent = new TextDecoder().decode(world.google.deliveries[0]?.accepted);
    expect(sent).toMatch(/^Date: Tue, 0?6 Jan 2026 02:00:00 \+0000\r$/m);
  });

  it('does not go earlier, however often a worker looks and whatever the clock does', async () => {
    const { world, at } = await scheduled(2 * HOUR);
    for (const jump of [HOUR, -30 * MINUTE, HOUR, -5 * HOUR, 4 * HOUR]) {
      world.clock.jump(jump);
      await world.worker().run();
      expect(world.clock.now()).toBeLessThan(at);
      expect(requests(world)).toBe(0);
    }
    await liveByAlarms(world);
    expect(world.accepted()).toBe(1);
  });

  it('goes late without a question within what the person allows', async () => {
    const { world, id } = await scheduled(HOUR);
    world.clock.jump(2 * HOUR);
    await liveOn(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
  });

  it('is asked about when it is later than that: a laptop that slept for a week sends nothing silently', async () => {
    const { world, id, at } = await scheduled(HOUR);
    world.clock.jump(7 * DAY);
    await liveOn(world);
    expect(await stateOf(world, id)).toEqual({ kind: 'overdue', at, zone: ZONE });
    expect(requests(world)).toBe(0);
    expect([...world.alarms]).toEqual([]);
  });

  it('is asked about also when the network came too late, or while it is not there', async () => {
    const { world, id } = await scheduled(HOUR);
    world.online = false;
    await liveByAlarms(world, 70);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'overdue' });
    world.online = true;
    await liveOn(world);
    expect(requests(world)).toBe(0);
  });

  it('is asked about when the sign-in that it waited for came too late', async () => {
    const { world, id } = await scheduled(HOUR);
    world.accounts.instead = { kind: 'needs-sign-in', why: 'invalid_grant' };
    await liveByAlarms(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'waiting-for-sign-in' });
    world.clock.jump(9 * HOUR);
    world.accounts.instead = null;
    world.accounts.health = { kind: 'works' };
    await liveOn(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'overdue' });
    expect(world.accepted()).toBe(0);
  });

  it('goes late as long as its first attempt was on time and nobody can know what became of it', async () => {
    const { world, id } = await scheduled(HOUR);
    const bytes = { method: 'PUT', contentRange: /^bytes \d/ };
    world.router.faults.add({ match: bytes, fault: { kind: 'cut-after-accept' } });
    const question = { method: 'PUT', contentRange: /^bytes \*/ };
    const fault = { kind: 'refuse', status: 503 } as const;
    const plan = world.router.faults.add({ match: question, fault, times: Infinity });
    await liveByAlarms(world, 3);
    world.clock.jump(DAY);
    plan.remove();
    await liveOn(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
    expect(world.accepted()).toBe(1);
  });

  it('that is late goes now, at another time, or back to a draft, as the person says', async () => {
    const late = async () => {
      const { world, id } = await scheduled(HOUR);
      world.clock.jump(DAY);
      await liveOn(world);
      return { world, id, worker: world.worker() };
    };
    const now = await late();
    await expect(now.worker.retry(now.id)).resolves.toBe(true);
    await now.worker.run();
    expect(await stateOf(now.world, now.id)).toMatchObject({ kind: 'sent' });

    const later = await late();
    const at = later.world.clock.now() + HOUR;
    await expect(later.worker.reschedule(later.id, { at, zone: 'UTC' })).resolves.toBe(true);
    await later.worker.run();
    expect(await stateOf(later.world, later.id)).toEqual({ kind: 'scheduled', at, zone: 'UTC' });
    await liveByAlarms(later.world);
    expect(await stateOf(later.world, later.id)).toEqual({ kind: 'sent', sentAt: at });

    const never = await late();
    await expect(never.worker.backToDraft(never.id)).resolves.toBe(true);
    await liveOn(never.world);
    expect(requests(never.world)).toBe(0);
    expect(await stateOf(never.world, never.id)).toEqual({ kind: 'draft', reason: null });
  });

  it('is not scheduled for a time that has passed', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const schedule = { at: world.clock.now(), zone: ZONE };
    await expect(world.worker().schedule(id, schedule)).resolves.toEqual({
      kind: 'time-has-passed',
    });
    expect(await stateOf(world, id)).toEqual({ kind: 'draft', reason: null });
    await expect(world.worker().reschedule(id, schedule)).resolves.toBe(false);
  });

  it('can be taken back at any time before it goes', async () => {
    const { world, worker, id } = await scheduled(HOUR);
    await expect(worker.backToDraft(id)).resolves.toBe(true);
    world.clock.jump(HOUR);
    await liveOn(world);
    expect(requests(world)).toBe(0);
    await expect(worker.send(id)).resolves.toEqual({ kind: 'queued' });
    await worker.run();
    expect(world.accepted()).toBe(1);
  });
});
