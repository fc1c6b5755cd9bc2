import { describe, expect, it } from 'vitest';
import {
  createLockWorld,
  fill,
  NEW,
  OLD,
  readAll,
  WHOLE,
  workerOf,
  type LockWorker,
  type LockWorld,
  type Through,
} from './lock-world.ts';

/*
 * The worker ends, or the disk refuses, at every call that a change of the lock makes to a store,
 * before it and after it. What calls there are is counted in a run that lives.
 */

interface Change {
  readonly title: string;
  readonly before: (worker: LockWorker) => Promise<unknown>;
  readonly change: (worker: LockWorker) => Promise<unknown>;
}

const on = (worker: LockWorker): Promise<void> => worker.vault.lock.turnOn(OLD);

const CHANGES: readonly Change[] = [
  {
    title: 'switching it on',
    before: () => Promise.resolve(),
    change: async (worker) => {
      await on(worker);
      await worker.vault.finishChange(worker.holders);
    },
  },
  {
    title: 'sealing anew in the next worker',
    before: on,
    change: async (worker) => {
      await readAll(worker);
      await worker.vault.finishChange(worker.holders);
    },
  },
  {
    title: 'changing the passphrase',
    before: on,
    change: ({ vault }) => vault.lock.changePassphrase(OLD, NEW),
  },
  {
    title: 'switching it off',
    before: on,
    change: ({ vault }) => vault.lock.turnOff(OLD),
  },
  {
    title: 'unlocking',
    before: async (worker) => {
      await on(worker);
      await worker.vault.lock.beginClosing();
      worker.vault.lock.close();
    },
    change: async (worker) => {
      await worker.vault.lock.unlock(OLD);
      await worker.vault.finishChange(worker.holders);
    },
  },
];

type When = 'before' | 'after' | 'refused';

/** Ends at the call with this number; `refused` rejects instead and lets the worker live. */
function ending(at: { readonly call: number; readonly when: When } | null): {
  readonly through: Through;
  readonly calls: readonly string[];
  readonly ended: Promise<undefined>;
} {
  const calls: string[] = [];
  const ended = Promise.withResolvers<undefined>();
  let dead = false;
  const forever = (): Promise<never> => {
    dead = true;
    ended.resolve(undefined);
    return new Promise<never>(() => undefined);
  };
  const through: Through = async (name, call) => {
    if (dead) return forever();
    const mine = at?.call === calls.push(name) - 1 ? at.when : null;
    if (mine === 'before') return forever();
    if (mine === 'refused') throw new DOMException('', 'QuotaExceededError');
    const answer = await call();
    return mine === 'after' ? forever() : answer;
  };
  return { through, calls, ended: ended.promise };
}

/** Plays a change with an ending, and gives the calls that it made. */
async function play(
  { before, change }: Change,
  at: { readonly call: number; readonly when: When } | null,
): Promise<{ readonly world: LockWorld; readonly calls: readonly string[] }> {
  const world = createLockWorld();
  const first = workerOf(world);
  await fill(first);
  await before(first);
  const { through, calls, ended } = ending(at);
  const worker = workerOf(world, through);
  await Promise.race([change(worker).catch(() => undefined), ended]);
  return { world, calls };
}

/** A worker that opens everything, by the device or by one of the passphrases. */
async function opened(world: LockWorld): Promise<LockWorker> {
  const worker = workerOf(world);
  if ((await worker.vault.lock.state()) !== 'locked') return worker;
  const kinds: string[] = [];
  for (const passphrase of [OLD, NEW]) {
    const { kind } = await worker.vault.lock.unlock(passphrase);
    if (kind === 'done') return worker;
    kinds.push(kind);
  }
  throw new Error(`nothing opens it: ${kinds.join()}`);
}

describe.each(CHANGES)('$title', (plan) => {
  it('loses nothing wherever the worker ends or the disk refuses, and the next one finishes it', async () => {
    const { calls } = await play(plan, null);
    expect(calls.length).toBeGreaterThan(2);
    for (const [call, name] of calls.entries()) {
      for (const when of ['before', 'after', 'refused'] as const) {
        const where = `${when} call ${call}, ${name}`;
        const { world } = await play(plan, { call, when });
        const next = await opened(world);
        expect(await readAll(next), where).toEqual(WHOLE);
        expect(await next.vault.finishChange(next.holders), where).toBe(true);
        expect((await next.vault.inventory())!.retired, where).toBe(0);
        const after = await opened(world);
        expect(await readAll(after), where).toEqual(WHOLE);
      }
    }
  });

  it('loses nothing when the browser ends with it: memory is empty, the disk is whole', async () => {
    const { calls } = await play(plan, null);
    for (const [call, name] of calls.entries()) {
      for (const when of ['before', 'after'] as const) {
        const where = `${when} call ${call}, ${name}`;
        const { world } = await play(plan, { call, when });
        await world.session.clear();
        const next = await opened(world);
        expect(await readAll(next), where).toEqual({ ...WHOLE, token: null });
        expect(await next.vault.finishChange(next.holders), where).toBe(true);
      }
    }
  });
});
