import { describe, expect, it } from 'vitest';
import { secret } from '../../../../utils/platform/platform.ts';
import type { Rung } from '../../../../utils/providers/providers.ts';
import {
  createMailWorld,
  liveByAlarms,
  liveOn,
  viewOf,
  writeDraft,
  type MailWorld,
} from '../../../harness/mail-world.ts';

/*
 * What nobody can know is never sent again by itself: not by anything that wakes a worker, and not
 * by anything that sets other mails going. Only the person decides.
 */

const BYTES = { method: 'PUT', contentRange: /^bytes \d/ };
const QUESTION = { method: 'PUT', contentRange: /^bytes \*/ };
const SENDING = { method: 'POST', path: /\/(?:send|sendMail)$/ };
const PASSPHRASE = secret('four words that nobody guesses');
const DAY_MS = 24 * 60 * 60 * 1000;

interface Doubt {
  readonly world: MailWorld;
  readonly id: string;
}

/** A mail of which nobody can know whether it arrived. It did, or not. */
async function inDoubt(home: 'Gmail' | 'Outlook', arrived: boolean): Promise<Doubt> {
  const world = createMailWorld(home === 'Outlook' ? { outlook: ['send'] } : {});
  const kind = arrived ? 'cut-after-accept' : 'cut-before-body';
  world.router.faults.add({ match: home === 'Outlook' ? SENDING : BYTES, fault: { kind } });
  world.router.faults.add({ match: QUESTION, fault: { kind: 'forget-session', status: 404 } });
  const id = await writeDraft(world);
  const worker = world.worker();
  await worker.send(id);
  await worker.run();
  world.router.faults.clear();
  expect((await viewOf(world, id)).state.kind).toBe('unconfirmed');
  expect(world.accepted()).toBe(arrived ? 1 : 0);
  return { world, id };
}

/** The rights that each step of the ladder adds, given later. */
const LADDER: readonly Rung[] = ['send', 'drafts', 'read'];

/** Whatever happens to a browser and its accounts. */
const EVENTS: readonly (readonly [string, (doubt: Doubt) => Promise<unknown>])[] = [
  ['a browser that starts', ({ world }) => world.worker().run()],
  [
    'five days, in each of which workers come and go',
    async ({ world }) => {
      for (let day = 0; day < 5; day += 1) {
        await liveOn(world);
        world.clock.jump(DAY_MS);
      }
    },
  ],
  [
    'an alarm of before',
    async ({ world }) => {
      world.alarms.set('outbox', world.clock.now());
      await liveByAlarms(world);
    },
  ],
  [
    'a network that comes back',
    async ({ world }) => {
      world.online = false;
      await world.worker().run();
      world.online = true;
      await liveOn(world);
    },
  ],
  [
    'a host that is allowed',
    async ({ world }) => {
      for (const host of ['gmail.googleapis.com', 'graph.microsoft.com']) {
        world.allowedHosts.add(host);
      }
      await liveOn(world);
    },
  ],
  [
    'a sign-in after the grant had died',
    async ({ world }) => {
      world.accounts.health = { kind: 'needs-sign-in', why: 'invalid_grant' };
      await liveOn(world);
      world.accounts.health = { kind: 'works' };
      await liveOn(world);
    },
  ],
  [
    'every further right',
    async ({ world }) => {
      world.accounts.grantedRungs = [...LADDER];
      await liveOn(world);
    },
  ],
  [
    'a client that was refused and is put right',
    async ({ world }) => {
      world.accounts.health = { kind: 'refused', code: 'invalid_client', detail: '' };
      await liveOn(world);
      world.accounts.health = { kind: 'works' };
      await liveOn(world);
    },
  ],
  [
    'an account that is gone and is linked again',
    async ({ world }) => {
      world.accounts.linked = false;
      await liveOn(world);
      world.accounts.linked = true;
      await liveOn(world);
    },
  ],
  [
    'a lock that falls and is opened',
    async ({ world }) => {
      const { lock } = world.vault;
      await lock.turnOn(PASSPHRASE);
      await lock.beginClosing();
      lock.close();
      await world.worker().run();
      await lock.unlock(PASSPHRASE);
      await liveOn(world);
    },
  ],
  [
    'an update, with two workers at once for a moment',
    async ({ world }) => {
      world.locks = false;
      await Promise.all([world.worker().run(), world.worker().run()]);
    },
  ],
  ['“Try now”', async ({ world, id }) => expect(await world.worker().retry(id)).toBe(false)],
  [
    'Send, pressed in a window that was still open',
    async ({ world, id }) => {
      expect(await world.worker().send(id)).toEqual({ kind: 'already-queued' });
      await liveOn(world);
    },
  ],
  [
    'a time that is chosen for it',
    async ({ world, id }) => {
      const when = { at: world.clock.now() + DAY_MS, zone: 'Europe/Berlin' };
      expect(await world.worker().reschedule(id, when)).toBe(false);
      expect(await world.worker().schedule(id, when)).toEqual({ kind: 'already-queued' });
      world.clock.jump(2 * DAY_MS);
      await liveOn(world);
    },
  ],
  ['“Pause”', async ({ world, id }) => expect(await world.worker().pause(id)).toBe(false)],
  [
    '“Take it back”',
    async ({ world, id }) => expect(await world.worker().backToDraft(id)).toBe(false),
  ],
];

const HOMES = [
  ['Gmail', true],
  ['Gmail', false],
  ['Outlook', true],
  ['Outlook', false],
] as const;

describe.for(HOMES)('an unconfirmed mail at %s (arrived: %s)', ([home, arrived]) => {
  it.for(EVENTS)('is not touched by %s', async ([, happens]) => {
    const doubt = await inDoubt(home, arrived);
    const { world, id } = doubt;
    const before = await world.store.find(id);
    const requests = world.router.log.requests().length;
    await happens(doubt);
    await liveByAlarms(world);
    expect(world.router.log.requests()).toHaveLength(requests);
    expect((await world.store.find(id))?.record).toEqual(before?.record);
    expect((await viewOf(world, id)).state.kind).toBe('unconfirmed');
    expect(world.events).toMatchObject([{ kind: 'mail-unconfirmed' }]);
  });

  it('stays behind when another mail of the account goes out', async () => {
    const { world, id } = await inDoubt(home, arrived);
    const other = await writeDraft(world, { subject: 'Another' });
    await world.worker().send(other);
    await liveOn(world);
    expect((await viewOf(world, other)).state.kind).toBe('sent');
    expect((await viewOf(world, id)).state.kind).toBe('unconfirmed');
    expect(world.accepted()).toBe(arrived ? 2 : 1);
  });
});
