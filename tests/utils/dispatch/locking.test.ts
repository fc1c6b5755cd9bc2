import { describe, expect, it } from 'vitest';
import { createLocking, type LockingParts } from '../../../utils/dispatch/locking.ts';
import { secret, type Presence } from '../../../utils/platform/platform.ts';
import { createSettings } from '../../../utils/settings/settings.ts';
import { createLockWorld, workerOf } from '../vault/lock-world.ts';

const PASSPHRASE = secret('four words that nobody guesses');

/** A lock that is on and open, and what the rest of the house hears of it. */
async function openLock(lockIdleMinutes: number | null = 15) {
  const world = createLockWorld();
  const worker = workerOf(world);
  await worker.vault.lock.turnOn(PASSPHRASE);
  const settings = createSettings({ area: world.local });
  await settings.patch({ lockIdleMinutes });
  const told: number[] = [];
  const heard: string[] = [];
  const attempts = Promise.withResolvers<undefined>();
  let presence: Presence = 'idle';
  const parts: LockingParts = {
    vault: worker.vault,
    outbox: {
      settled: async () => {
        await attempts.promise;
      },
      run: async () => {
        await Promise.resolve(heard.push('run'));
      },
    },
    holders: worker.holders,
    settings,
    clock: world.clock,
    keepAlive: { during: (work) => work() },
    idle: {
      tellAfter: (delayMs) => void told.push(delayMs),
      presence: () => Promise.resolve(presence),
    },
    log: { report: (_where, error) => heard.push(String(error)) },
    changed: (change) => heard.push(change),
  };
  return {
    world,
    vault: worker.vault,
    locking: createLocking(parts),
    told,
    heard,
    attempts,
    is: (now: Presence) => void (presence = now),
  };
}

describe('a lock that falls', () => {
  it('tells windows first, gives them time to save, lets attempts end, and only then lets the key go', async () => {
    const { world, vault, locking, heard, attempts } = await openLock();
    expect(await locking.fall()).toBe(true);
    expect(heard).toEqual(['lock']);
    expect(await vault.lock.state()).toBe('closing');
    await world.clock.advance(3_000);
    expect(await vault.lock.state()).toBe('closing');
    attempts.resolve(undefined);
    await expect.poll(() => vault.lock.state()).toBe('locked');
    expect(heard).toEqual(['lock', 'lock']);
  });

  it('is no news where there was nothing to lock', async () => {
    const { vault, locking, heard } = await openLock();
    await vault.lock.turnOff(PASSPHRASE);
    expect(await locking.fall()).toBe(false);
    expect(heard).toEqual([]);
  });
});

describe('somebody who is away', () => {
  it('is locked out when the screen locks', async () => {
    const { vault, locking } = await openLock(null);
    await locking.presence('locked');
    expect(vault.lock.isClosing()).toBe(true);
  });

  it('is locked out after the minutes that they chose', async () => {
    const { vault, locking } = await openLock();
    await locking.presence('idle');
    expect(vault.lock.isClosing()).toBe(true);
  });

  it('is not locked out for as long as they chose', async () => {
    const { vault, locking, told, is } = await openLock(20);
    is('active');
    await locking.presence('idle');
    expect(vault.lock.isClosing()).toBe(false);
    expect(told).toEqual([20 * 60_000]);
  });

  it('is never locked out for being idle when they chose never', async () => {
    const { vault, locking } = await openLock(null);
    await locking.presence('idle');
    await locking.presence('active');
    expect(vault.lock.isClosing()).toBe(false);
  });
});

describe('a lock that opens', () => {
  it('tells the pages, sends what waited, and asks the browser to tell when nobody is there', async () => {
    const { locking, heard, told } = await openLock(5);
    locking.opened();
    await expect.poll(() => told).toEqual([5 * 60_000]);
    expect(heard).toEqual(['lock', 'run']);
  });
});
