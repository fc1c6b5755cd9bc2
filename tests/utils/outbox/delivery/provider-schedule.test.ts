import { describe, expect, it } from 'vitest';
import type { Outbox } from '../../../../utils/outbox/outbox.ts';
import { secret } from '../../../../utils/platform/platform.ts';
import type {
  CancelOutcome,
  HeldMail,
  ScheduleOutcome,
  ScheduleSettled,
  ServerSchedule,
} from '../../../../utils/providers/providers.ts';
import { createDyingWorker, type Death } from '../../../harness/dying-dependencies.ts';
import {
  alarmRings,
  createMailWorld,
  liveByAlarms,
  liveOn,
  viewOf,
  writeDraft,
  type MailWorld,
} from '../../../harness/mail-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEAR_MS = 5 * MINUTE;

/** A provider that sends by itself at an hour, as far as the outbox can tell. */
interface FarPost {
  readonly scheduling: ServerSchedule;
  /** Sent by the hour of now. */
  sent(): number;
  /** The answer to what is handed over is lost: it was taken all the same. */
  loseAnswers: boolean;
  /** What every question and every cancel gets in place of an answer. */
  instead: Extract<ScheduleSettled, { kind: 'ask-again' | 'needs-sign-in' }> | null;
  /** The person deletes it there. */
  deleteThere(): void;
}

function createFarPost(world: MailWorld): FarPost {
  const drafts = new Map<string, { sendAt: number; handedIn: boolean; gone: boolean }>();
  let last = 0;
  const isSent = (id: string): boolean => {
    const draft = drafts.get(id);
    return draft?.handedIn === true && !draft.gone && world.clock.now() >= draft.sendAt;
  };
  const receipt = () => ({ messageId: 'm', threadId: null, acceptedAt: world.clock.now() });
  const draftAt = ({ earlier }: HeldMail) => earlier.handle?.reveal() ?? '';
  const post: FarPost = {
    loseAnswers: false,
    instead: null,
    sent: () => [...drafts.keys()].filter(isSent).length,
    deleteThere: () => drafts.forEach((draft) => (draft.gone = true)),
    scheduling: {
      rung: 'drafts',
      takesSharedMailboxes: false,
      async schedule(_job, { sendAt }, context): Promise<ScheduleOutcome> {
        if (sendAt - world.clock.now() < NEAR_MS) return { kind: 'too-soon' };
        await context.token({ rung: 'drafts' });
        const id = `draft ${(last += 1)}`;
        drafts.set(id, { sendAt, handedIn: false, gone: false });
        await context.checkpoint(secret(id));
        await context.beforeFinalSlice();
        const draft = drafts.get(id);
        if (draft) draft.handedIn = true;
        if (post.loseAnswers) return { kind: 'unknown', reason: 'network' };
        return { kind: 'scheduled', handle: secret(id) };
      },
      settle(_job, held): Promise<ScheduleSettled> {
        if (post.instead) return Promise.resolve(post.instead);
        const id = draftAt(held);
        const draft = drafts.get(id);
        if (isSent(id)) return Promise.resolve({ kind: 'sent', receipt: receipt() });
        if (!draft || draft.gone) {
          return Promise.resolve({ kind: held.confirmed ? 'withdrawn' : 'not-sent' });
        }
        if (held.confirmed) return Promise.resolve({ kind: 'scheduled', handle: secret(id) });
        // It can't be seen whether it was handed in: taking it away is proof.
        draft.gone = true;
        return Promise.resolve({ kind: 'not-sent' });
      },
      cancel(_job, held): Promise<CancelOutcome> {
        if (post.instead) return Promise.resolve(post.instead);
        const id = draftAt(held);
        const draft = drafts.get(id);
        if (isSent(id)) return Promise.resolve({ kind: 'sent', receipt: receipt() });
        if (draft && draft.sendAt - world.clock.now() < MINUTE) {
          return Promise.resolve({ kind: 'too-late' });
        }
        if (draft) draft.gone = true;
        return Promise.resolve({ kind: 'cancelled' });
      },
    },
  };
  return post;
}

/** A world whose provider can do that, and whose person gave the right for it. */
function farWorld(): { readonly world: MailWorld; readonly post: FarPost } {
  const world = createMailWorld();
  const post = createFarPost(world);
  world.accounts.grantedRungs = ['send', 'drafts'];
  const plain = world.worker.bind(world);
  world.worker = (dying): Outbox => {
    const worker = plain(dying);
    const provider = world.accounts.provider('gmail');
    if (provider) world.accounts.use({ ...provider, scheduling: post.scheduling });
    return worker;
  };
  return { world, post };
}

const stateOf = async (world: MailWorld, id: string) => (await viewOf(world, id)).state;

async function handedOver(inMs = 3 * HOUR) {
  const { world, post } = farWorld();
  const id = await writeDraft(world);
  const worker = world.worker();
  const at = world.clock.now() + inMs;
  await worker.schedule(id, { at, zone: 'UTC' });
  await worker.run();
  return { world, post, worker, id, at };
}

describe('a mail that its provider sends at an hour', () => {
  it('is handed over at once, goes with every device shut, and is known as sent afterwards', async () => {
    const { world, post, id, at } = await handedOver();
    expect(await stateOf(world, id)).toEqual({
      kind: 'at-provider',
      at,
      zone: 'UTC',
      notBack: null,
    });
    await expect(viewOf(world, id)).resolves.toMatchObject({ mayHaveArrived: false });
    expect([...world.alarms.values()]).toEqual([at + 2 * MINUTE]);
    world.clock.jump(3 * HOUR);
    expect(post.sent()).toBe(1);
    world.clock.jump(7 * 24 * HOUR);
    await liveOn(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
    await expect(world.store.find(id)).resolves.toMatchObject({ content: null });
    expect(post.sent()).toBe(1);
    expect(world.accepted()).toBe(0);
  });

  it('says beforehand who sends it', async () => {
    const { world } = farWorld();
    const id = await writeDraft(world);
    const place = { by: 'provider', providerName: 'Gmail' };
    await expect(world.worker().schedulePlace(id)).resolves.toEqual(place);
    world.accounts.grantedRungs = ['send'];
    const here = { by: 'device', providerName: null };
    await expect(world.worker().schedulePlace(id)).resolves.toEqual(here);
  });

  it('is taken back from there, and then nobody sends it', async () => {
    const { world, post, worker, id } = await handedOver();
    await expect(worker.backToDraft(id)).resolves.toBe(true);
    expect((await stateOf(world, id)).kind).toBe('taking-back');
    await worker.run();
    expect(await stateOf(world, id)).toEqual({ kind: 'draft', reason: null });
    world.clock.jump(24 * HOUR);
    await liveOn(world);
    expect(post.sent()).toBe(0);
  });

  it('is taken back as soon as the provider can be asked', async () => {
    const { world, post, worker, id } = await handedOver();
    post.instead = { kind: 'ask-again', reason: 'network', retryAfterMs: null };
    await worker.backToDraft(id);
    await worker.run();
    expect((await stateOf(world, id)).kind).toBe('taking-back');
    post.instead = null;
    await liveByAlarms(world);
    expect((await stateOf(world, id)).kind).toBe('draft');
    expect(post.sent()).toBe(0);
  });

  it('that is so near its hour that it can not be taken back goes, and is not called a draft', async () => {
    const { world, post, worker, id } = await handedOver(10 * MINUTE);
    world.clock.jump(9.5 * MINUTE);
    await worker.backToDraft(id);
    await worker.run();
    expect(await stateOf(world, id)).toMatchObject({ kind: 'at-provider', notBack: 'too-late' });
    await liveByAlarms(world);
    expect((await stateOf(world, id)).kind).toBe('sent');
    expect(post.sent()).toBe(1);
  });

  it('says that it is not back where nobody may ask for it, until they may', async () => {
    const { world, post, worker, id } = await handedOver();
    post.instead = { kind: 'needs-sign-in', why: 'no_grant' };
    await worker.backToDraft(id);
    await worker.run();
    expect(await stateOf(world, id)).toMatchObject({ kind: 'at-provider', notBack: 'no-access' });
    post.instead = null;
    await worker.backToDraft(id);
    await worker.run();
    expect(await stateOf(world, id)).toEqual({ kind: 'draft', reason: null });
    expect(post.sent()).toBe(0);
  });

  it('is a draft again when the person took it away there', async () => {
    const { world, post, id } = await handedOver();
    post.deleteThere();
    world.clock.jump(4 * HOUR);
    await liveOn(world);
    expect(await stateOf(world, id)).toEqual({ kind: 'draft', reason: null });
    expect(post.sent()).toBe(0);
  });

  it('stays with the provider when it can not be asked about, and is asked about later', async () => {
    const { world, post, id } = await handedOver();
    post.instead = { kind: 'needs-sign-in', why: 'invalid_grant' };
    world.clock.jump(4 * HOUR);
    await world.worker().run();
    expect((await stateOf(world, id)).kind).toBe('at-provider');
    expect(world.accounts.health.kind).toBe('needs-sign-in');
    post.instead = null;
    await liveByAlarms(world);
    expect((await stateOf(world, id)).kind).toBe('sent');
  });

  it('is handed over once although the answer was lost', async () => {
    const { world, post } = farWorld();
    post.loseAnswers = true;
    const id = await writeDraft(world);
    const worker = world.worker();
    await worker.schedule(id, { at: world.clock.now() + 3 * HOUR, zone: 'UTC' });
    world.online = false;
    await worker.run();
    post.loseAnswers = false;
    world.online = true;
    await liveOn(world);
    expect((await stateOf(world, id)).kind).toBe('sent');
    expect(post.sent()).toBe(1);
  });

  it('is sent by this device where the hour is too near, or the right is gone: never early', async () => {
    const near = await handedOver(2 * MINUTE);
    expect((await stateOf(near.world, near.id)).kind).toBe('scheduled');
    await near.world.clock.advance(2 * MINUTE - 1);
    expect(near.world.accepted()).toBe(0);
    await liveByAlarms(near.world);
    expect(near.world.accepted()).toBe(1);

    const { world, post } = farWorld();
    const id = await writeDraft(world);
    world.online = false;
    const worker = world.worker();
    const at = world.clock.now() + 3 * HOUR;
    await worker.schedule(id, { at, zone: 'UTC' });
    await worker.run();
    world.accounts.grantedRungs = ['send'];
    world.online = true;
    await world.worker().run();
    expect(await stateOf(world, id)).toEqual({ kind: 'scheduled', at, zone: 'UTC' });
    expect(world.accepted()).toBe(0);
    await liveByAlarms(world);
    expect([world.accepted(), post.sent()]).toEqual([1, 0]);
  });
});

describe(
  'a worker that dies while a mail is handed over, asked about or taken back',
  { timeout: 60_000 },
  () => {
    const NO_BREAK = () => Promise.resolve();

    async function play(death: Death | null, takenBack: boolean) {
      const { world, post } = farWorld();
      const id = await writeDraft(world);
      const at = world.clock.now() + 3 * HOUR;
      const dying = createDyingWorker(death, NO_BREAK);
      const worker = world.worker(dying);
      const work = async (): Promise<void> => {
        await worker.schedule(id, { at, zone: 'UTC' });
        await worker.run();
        if (takenBack) await worker.backToDraft(id);
        await worker.run();
      };
      await Promise.race([work(), dying.ended]);
      world.endWorkers();
      if ((await stateOf(world, id)).kind === 'draft' && !takenBack) {
        await world.worker().schedule(id, { at, zone: 'UTC' });
      }
      if (takenBack) {
        // The person sees that it is still there, and asks again.
        const next = world.worker();
        await next.run();
        await next.backToDraft(id);
        await next.run();
      }
      for (let woken = 0; woken < 20 && (await alarmRings(world)); woken++) {
        expect(world.accepted()).toBe(0);
        await world.worker().run();
      }
      const { kind } = await stateOf(world, id);
      return { calls: dying.calls, end: { kind, sent: post.sent(), byUs: world.accepted() } };
    }

    it.for([
      [false, { kind: 'sent', sent: 1, byUs: 0 }],
      [true, { kind: 'draft', sent: 0, byUs: 0 }],
    ] as const)('leaves nothing lost or doubled (taken back: %s)', async ([takenBack, goal]) => {
      const clean = await play(null, takenBack);
      expect(clean.end).toEqual(goal);
      expect(clean.calls.length).toBeGreaterThan(10);
      for (let call = 0; call < clean.calls.length; call++) {
        for (const when of ['before', 'after'] as const) {
          const { end } = await play({ call, when }, takenBack);
          expect(end, `${when} ${clean.calls[call] ?? ''} (${call})`).toEqual(goal);
        }
      }
    });
  },
);

describe('a mail for a later hour that is tried again at once', () => {
  it('keeps its hour when the provider could not take it yet', async () => {
    const { world, post } = farWorld();
    const id = await writeDraft(world);
    const at = world.clock.now() + 48 * HOUR;
    const worker = world.worker();
    const taking = post.scheduling.schedule.bind(post.scheduling);
    let tries = 0;
    Object.assign(post.scheduling, {
      schedule: (...of: Parameters<typeof taking>): Promise<ScheduleOutcome> =>
        (tries += 1) === 1
          ? Promise.resolve({ kind: 'refused', code: 'x', detail: '' })
          : taking(...of),
    });
    await worker.schedule(id, { at, zone: 'Europe/Berlin' });
    await worker.run();
    expect((await viewOf(world, id)).state.kind).toBe('refused');
    world.accounts.health = { kind: 'works' };
    expect(await world.worker().retry(id)).toBe(true);
    await world.worker().run();
    expect((await viewOf(world, id)).state).toMatchObject({ kind: 'at-provider', at });
    await liveByAlarms(world);
    expect(world.clock.now()).toBeGreaterThanOrEqual(at);
    expect([world.accepted(), post.sent()]).toEqual([0, 1]);
  });

  it('is asked about where it was handed over, and goes once, when nobody knows whether it was', async () => {
    const { world, post } = farWorld();
    const id = await writeDraft(world);
    const at = world.clock.now() + HOUR;
    post.loseAnswers = true;
    post.instead = { kind: 'needs-sign-in', why: 'invalid_grant' };
    const worker = world.worker();
    await worker.schedule(id, { at, zone: 'Europe/Berlin' });
    await worker.run();
    expect((await viewOf(world, id)).state.kind).toBe('waiting-for-sign-in');
    world.clock.jump(2 * HOUR);
    expect(await world.worker().retry(id)).toBe(true);
    post.instead = null;
    post.loseAnswers = false;
    world.accounts.health = { kind: 'works' };
    await liveOn(world);
    expect((await viewOf(world, id)).state.kind).toBe('sent');
    expect(world.accepted() + post.sent()).toBe(1);
  });
});
