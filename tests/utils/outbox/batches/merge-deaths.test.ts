import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outbox } from '../../../../utils/outbox/outbox.ts';
import { createDyingWorker, type Death } from '../../../harness/dying-dependencies.ts';
import {
  alarmRings,
  createMailWorld,
  liveByAlarms,
  liveOn,
  type MailWorld,
} from '../../../harness/mail-world.ts';
import { arrivedAt, people, planMerge, resultOf } from './merge-world.ts';

const COUNT = 3;

/** Starts a merge in workers that die there, one after the other; then life goes on. */
async function live(deaths: readonly (Death | null)[]): Promise<{
  readonly calls: readonly string[];
  readonly wrong: string | null;
}> {
  const world = createMailWorld();
  const plan = await planMerge(world, COUNT);
  let calls: readonly string[] = [];
  for (const [nth, death] of deaths.entries()) {
    if (nth > 0 && !(await alarmRings(world))) break;
    const dying = createDyingWorker(death, () => Promise.resolve());
    const worker = world.worker(dying);
    const work = async (): Promise<void> => {
      if (nth === 0) await worker.merges.start(plan);
      await worker.run();
    };
    await Promise.race([work(), dying.ended]);
    ({ calls } = dying);
  }
  const wrong = await halfOf(world, plan.draftId);
  if (wrong !== null) return { calls, wrong };
  // A worker that died before anything was stored left the draft: the person presses again.
  const again = world.worker();
  const { kind } = await again.merges.start(plan);
  if (kind === 'started') await again.run();
  await liveByAlarms(world);
  const arrived = arrivedAt(world);
  const { counts } = await resultOf(world, plan.draftId);
  await world.store.clear();
  if (
    arrived.join() !==
    people(COUNT)
      .map(({ address }) => address)
      .join()
  ) {
    return { calls, wrong: `arrived: ${arrived.join()}` };
  }
  return { calls, wrong: counts.sent === COUNT ? null : `told: ${JSON.stringify(counts)}` };
}

/** All of a merge is there, or the draft as it was. */
async function halfOf(world: MailWorld, id: string): Promise<string | null> {
  const batch = await world.store.findBatch(id);
  const draft = await world.worker().openDraft(id);
  const mails = await world.store.mailsOfBatch(id);
  if (batch === null) return draft && mails.length === 0 ? null : 'a half merge';
  return draft === null && mails.length === COUNT ? null : 'a merge and its draft';
}

describe('a merge', () => {
  it(
    'is there as a whole or not at all, and goes to each once, wherever the worker dies',
    {
      timeout: 120_000,
    },
    async () => {
      const clean = await live([null]);
      expect(clean.wrong).toBeNull();
      const found: string[] = [];
      for (let call = 0; call < clean.calls.length; call += 1) {
        for (const when of ['before', 'after'] as const) {
          const { wrong } = await live([{ call, when }]);
          if (wrong !== null)
            found.push(`${when} call ${call}, ${clean.calls[call] ?? ''}: ${wrong}`);
        }
      }
      expect(found).toEqual([]);
    },
  );

  it('goes to each once when workers die again and again', { timeout: 120_000 }, async () => {
    const death = fc.record({
      call: fc.integer({ min: 0, max: 90 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(death, { minLength: 2, maxLength: 5 }), async (deaths) => {
        expect((await live(deaths)).wrong).toBeNull();
      }),
      { numRuns: 40 },
    );
  });
});

interface TakenBack {
  readonly calls: readonly string[];
  readonly isDraft: boolean;
  readonly wrong: string | null;
}

/** Takes a merge back in a worker that dies there; then life goes on. */
async function takeBack(death: Death | null, alreadyDue: boolean): Promise<TakenBack> {
  const world = createMailWorld();
  world.choices = { ...world.choices, undoSeconds: 10 };
  const plan = await planMerge(world, COUNT, { plan: 'the table' });
  const id = plan.draftId;
  await world.worker().merges.start(plan);
  if (alreadyDue) await world.clock.advance(10_000);
  const dying = createDyingWorker(death, () => Promise.resolve());
  const worker = world.worker(dying);
  const work = async (): Promise<void> => {
    if (alreadyDue) void worker.run();
    await worker.merges.backToDraft(id);
    await worker.run();
  };
  await Promise.race([work(), dying.ended]);
  const half = await halfOf(world, id);
  const isDraft = (await world.store.findBatch(id)) === null;
  await world.clock.advance(10_000);
  await liveOn(world);
  await liveByAlarms(world);
  const arrived = arrivedAt(world).length;
  const kept = isDraft ? await world.worker().merges.planOf(id) : 'the table';
  const contents = await Promise.all(
    (await world.store.ids()).map((mail) => world.store.sealedContent(mail)),
  );
  await world.store.clear();
  const told = { calls: dying.calls, isDraft };
  if (half !== null) return { ...told, wrong: half };
  if (arrived !== (isDraft ? 0 : COUNT)) return { ...told, wrong: `${arrived} arrived` };
  if (contents.filter((content) => content !== null).length !== (isDraft ? 1 : 0))
    return { ...told, wrong: 'content is left' };
  return { ...told, wrong: kept === 'the table' ? null : 'the table is gone' };
}

describe('a merge that is taken back into its draft', () => {
  it.each([false, true])(
    'is the whole merge or the whole draft, wherever the worker dies (due already: %s)',
    { timeout: 120_000 },
    async (alreadyDue) => {
      const clean = await takeBack(null, alreadyDue);
      expect(clean.wrong).toBeNull();
      const found: string[] = [];
      const ends = new Set<boolean>();
      for (let call = 0; call < clean.calls.length; call += 1) {
        for (const when of ['before', 'after'] as const) {
          const { wrong, isDraft } = await takeBack({ call, when }, alreadyDue);
          ends.add(isDraft);
          if (wrong !== null)
            found.push(`${when} call ${call}, ${clean.calls[call] ?? ''}: ${wrong}`);
        }
      }
      expect(found).toEqual([]);
      expect(ends.has(false)).toBe(true);
      if (!alreadyDue) expect(ends.has(true)).toBe(true);
    },
  );
});

/** Asks in a worker, and lets what it began in the background end before another worker dies. */
async function asked<T>(world: MailWorld, act: (worker: Outbox) => Promise<T>): Promise<T> {
  const worker = world.worker();
  const answer = await act(worker);
  await worker.run();
  return answer;
}

type Act = 'pause' | 'resume' | 'cancel' | 'drop' | 'back' | 'run' | { readonly dies: Death };

/** What the person asked for last is what counts; the reference knows no more than that. */
describe('any order of pause, resume, cancel, drop, taking back, running and deaths', () => {
  it(
    'sends to nobody twice, after a cancel to nobody new, and accounts for each',
    {
      timeout: 120_000,
    },
    async () => {
      const act: fc.Arbitrary<Act> = fc.oneof(
        fc.constantFrom<Act>('pause', 'resume', 'cancel', 'drop', 'back', 'run', 'run'),
        fc.record({
          dies: fc.record({
            call: fc.integer({ min: 0, max: 40 }),
            when: fc.constantFrom('before' as const, 'after' as const),
          }),
        }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
          const world = createMailWorld();
          world.online = false;
          const plan = await planMerge(world, COUNT);
          const id = plan.draftId;
          await asked(world, (worker) => worker.merges.start(plan));
          let cancelledWith: number | null = null;
          let pausedWith: number | null = null;
          let dropped = false;
          for (const one of acts) {
            world.online = one === 'run' || typeof one === 'object';
            if (typeof one === 'object') {
              const dying = createDyingWorker(one.dies, () => Promise.resolve());
              await Promise.race([world.worker(dying).run(), dying.ended]);
            } else if (one === 'run') await liveOn(world);
            else if (one === 'back') {
              if (!(await asked(world, (worker) => worker.merges.backToDraft(id)))) continue;
              expect([arrivedAt(world), cancelledWith]).toEqual([[], null]);
              const draft = await world.worker().openDraft(id);
              const again = { ...plan, revision: draft?.revision ?? 0 };
              const { kind } = await asked(world, (worker) => worker.merges.start(again));
              expect(kind).toBe('started');
              [pausedWith, dropped] = [null, false];
            } else if (one === 'drop') {
              const before = arrivedAt(world).includes('person.1@example.com');
              await asked(world, (worker) => worker.merges.drop(['person.1@example.com']));
              dropped = !before;
            } else {
              const done = await asked(world, (worker) => worker.merges[one](id));
              if (!done) continue;
              // What had begun when they asked may come to its end.
              const begun = (await world.store.mailsOfBatch(id)).filter(
                ({ earlier }) => earlier !== null,
              ).length;
              const most = world.accepted() + begun;
              cancelledWith =
                one === 'cancel' ? Math.min(cancelledWith ?? most, most) : cancelledWith;
              pausedWith = one === 'pause' ? most : null;
            }
            if (pausedWith !== null) expect(world.accepted()).toBeLessThanOrEqual(pausedWith);
            if (cancelledWith !== null) expect(world.accepted()).toBeLessThanOrEqual(cancelledWith);
          }
          world.online = true;
          await liveOn(world);
          await world.worker().merges.resume(id);
          await liveOn(world);
          const arrived = arrivedAt(world);
          expect(new Set(arrived).size).toBe(arrived.length);
          const { counts, total, rows } = await resultOf(world, id);
          expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(total);
          expect(counts).toMatchObject({ sent: arrived.length, waiting: 0 });
          if (cancelledWith === null && !dropped) expect(arrived).toHaveLength(COUNT);
          const told = rows
            .filter(({ outcome }) => outcome.kind === 'sent')
            .map((row) => row.address);
          expect(told.sort()).toEqual([...arrived]);
          await world.store.clear();
        }),
        { numRuns: 120 },
      );
    },
  );
});
