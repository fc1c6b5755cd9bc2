import { OutboxError, type Outbox } from '../../../../../utils/outbox/outbox.ts';
import { secret } from '../../../../../utils/platform/platform.ts';
import { VaultError } from '../../../../../utils/vault/vault.ts';
import type { BreakInside, Death } from '../../../../harness/dying-dependencies.ts';
import type { MailWorld } from '../../../../harness/mail-world.ts';
import type { Fault as PeerFault } from '../../../../peers/faults.ts';
import { peerFetch } from '../../../../peers/peer-fetch.ts';
import type { Scenario } from '../deaths/death-scenarios.ts';

/** Where a fault finds the worker. */
export interface Scene {
  readonly world: MailWorld;
  readonly id: string;
  /** The worker that is struck. */
  readonly worker: () => Outbox;
}

/** One life's share of a fault. */
interface Struck {
  readonly meanwhile?: (call: number, name: string) => Promise<void>;
  readonly breakInside?: BreakInside;
  /** After the worker has ended or has nothing more to do: the trouble is over. */
  end(): Promise<void>;
}

/** A fault at one call. */
export interface Strike {
  begin(scene: Scene): Struck;
}

/** Something that can go wrong at any call of delivery to the world. */
export interface Fault {
  readonly title: string;
  /** The calls at which it can. */
  readonly strikes: (name: string) => boolean;
  /** The worker ends there as well. */
  readonly death?: Death['when'];
  readonly before?: Scenario['before'];
  /** True where nobody can know in the end: not even the provider remembers. */
  readonly forgets?: true;
  readonly mayLeaveDraft?: true;
  readonly at?: (call: number) => Strike;
}

const PASSPHRASE = secret('four words that nobody guesses');
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Chromium itself repeats a request once whose connection died (docs/decisions/0004). */
const TWICE = 2;

const anywhere = (): boolean => true;
const requests = (name: string): boolean => name.startsWith('fetch ');
const uploads = (name: string): boolean => name === 'fetch PUT' || name === 'fetch POST';
const storing = (name: string): boolean => name.startsWith('store.') || name.startsWith('vault.s');

/** Happens once, before that call; what it throws, the call throws. */
function once(
  act: (scene: Scene, name: string) => void | Promise<void>,
  end: (scene: Scene) => void | Promise<void> = () => undefined,
) {
  return (at: number): Strike => ({
    begin: (scene) => ({
      meanwhile: async (call, name) => {
        if (call === at) await act(scene, name);
      },
      end: async () => end(scene),
    }),
  });
}

function onTheWire(title: string, fault: PeerFault, times = 1): Fault {
  return {
    title,
    strikes: requests,
    at: once(({ world }, name) => {
      const match = { method: name.slice('fetch '.length) };
      world.router.faults.add({ match, fault, times });
    }),
  };
}

/** The browser refuses to store, from that call on or there alone, and says why. */
function refused(
  title: string,
  how: { readonly code: 'storage' | 'storage-full'; readonly lasting: boolean },
): Fault {
  return {
    title,
    strikes: storing,
    at: (at) => ({
      begin: () => ({
        meanwhile: async (call, name) => {
          const struck = how.lasting ? call >= at && storing(name) : call === at;
          if (!struck) return Promise.resolve();
          throw name.startsWith('vault.') ? new VaultError('storage') : new OutboxError(how.code);
        },
        end: () => Promise.resolve(),
      }),
    }),
  };
}

/** What the provider holds of a mail that is not sent yet is gone: a session, a draft with its upload. */
async function forget({ world }: Scene, name: string): Promise<void> {
  const { outlook, router } = world;
  if (name === 'fetch PUT') {
    const fault = { kind: 'forget-session', status: 404 } as const;
    router.faults.add({ match: { method: 'PUT' }, fault });
  }
  if (!outlook?.microsoft.messages(outlook.person.email).some(({ isDraft }) => isDraft)) return;
  const authorization = `Bearer ${outlook.grant('drafts')}`;
  for (const { id, isDraft } of outlook.microsoft.messages(outlook.person.email)) {
    const url = `https://graph.microsoft.com/v1.0/me/messages/${encodeURIComponent(id)}`;
    if (isDraft) await peerFetch(router)(url, { method: 'DELETE', headers: { authorization } });
  }
}

function pressedTwice(): Fault {
  return {
    title: 'Send is pressed in a second window',
    strikes: anywhere,
    at: (at) => ({
      begin: (scene) => {
        const presses: Promise<unknown>[] = [];
        return {
          // Not waited for: the first press may hold what the second one needs.
          meanwhile: (call) => {
            if (call === at) presses.push(scene.worker().send(scene.id));
            return Promise.resolve();
          },
          end: async () => {
            await Promise.all(presses);
            await scene.worker().settled();
          },
        };
      },
    }),
  };
}

/** Another worker goes on at once, as after an update; no clock moves. */
function replaced(title: string, when: Death['when'], strikes: Fault['strikes']): Fault {
  return {
    title,
    strikes,
    death: when,
    at: once(
      () => undefined,
      ({ world }) => world.worker().run(),
    ),
  };
}

/** The request of the ended worker reaches the provider when the next worker has already looked. */
const LATE: Fault = {
  title: 'the worker is replaced, and its last request arrives late',
  strikes: uploads,
  death: 'during',
  mayLeaveDraft: true,
  at: () => ({
    begin: ({ world }) => {
      let arrive = (): Promise<unknown> => Promise.resolve();
      return {
        breakInside: async (request, method) => {
          const hold = world.router.faults.hold({ match: { method }, at: 'arrived' });
          const left = request(new AbortController().signal).catch(() => null);
          await Promise.race([hold.arrived, left]);
          arrive = async () => {
            hold.release();
            return left;
          };
        },
        end: async () => {
          await world.worker().run();
          await arrive();
        },
      };
    },
  }),
};

/** The lock is on; it falls, and the person opens it again. */
export const LOCK_FALLS: Fault = {
  title: 'the lock falls',
  strikes: anywhere,
  before: ({ vault }) => vault.lock.turnOn(PASSPHRASE),
  at: once(
    async ({ world }) => {
      await world.vault.lock.beginClosing();
    },
    async ({ world }) => {
      world.vault.lock.close();
      const before = world.router.log.requests().length;
      await world.worker().run();
      if ((await world.vault.isOpen()) || world.router.log.requests().length > before) {
        throw new Error('a worker went on behind the lock');
      }
      await world.vault.lock.unlock(PASSPHRASE);
      await world.worker().run();
    },
  ),
};

/** Everything that is played at every call of delivery where it can happen. */
export const FAULTS: readonly Fault[] = [
  { title: 'the worker is killed before', strikes: anywhere, death: 'before' },
  { title: 'the worker is killed in the middle of the bytes', strikes: uploads, death: 'during' },
  { title: 'the worker is killed after', strikes: anywhere, death: 'after' },
  replaced('the extension is updated before', 'before', anywhere),
  replaced('the extension is updated in the middle of the bytes', 'during', uploads),
  replaced('the extension is updated after', 'after', anywhere),
  LATE,
  onTheWire('the connection breaks before the bytes', { kind: 'cut-before-body' }, TWICE),
  onTheWire('the connection breaks in the bytes', { kind: 'cut-mid-body', afterBytes: 300 }, TWICE),
  onTheWire('the answer is lost', { kind: 'cut-after-accept' }, TWICE),
  onTheWire('the answer breaks off', { kind: 'cut-mid-answer', afterBytes: 5 }),
  onTheWire('503 although it was done', { kind: 'fail-after-accept', status: 503 }),
  onTheWire('504 although it was done, for a while', { kind: 'fail-after-accept', status: 504 }, 4),
  onTheWire('500 and nothing was done', { kind: 'refuse', status: 500 }),
  onTheWire('429', { kind: 'too-many-requests', retryAfterSeconds: 90 }),
  onTheWire('429 without a time', { kind: 'too-many-requests' }),
  onTheWire('401 mid-way', { kind: 'unauthorized' }),
  {
    title: 'no network from there on, for a while',
    strikes: anywhere,
    at: once(
      ({ world }) => void (world.online = false),
      ({ world }) => void (world.online = true),
    ),
  },
  {
    title: 'the session, or the draft, is forgotten',
    strikes: requests,
    forgets: true,
    at: once(forget),
  },
  {
    title: 'the clock jumps three hours forward',
    strikes: anywhere,
    at: once(({ world }) => world.clock.jump(3 * HOUR_MS)),
  },
  {
    title: 'the clock jumps three hours back',
    strikes: anywhere,
    at: once(({ world }) => world.clock.jump(-3 * HOUR_MS)),
  },
  {
    title: 'the machine sleeps for a week',
    strikes: anywhere,
    // A session lives for a week (PROVIDERS.md A).
    forgets: true,
    at: once(({ world }) => world.clock.jump(WEEK_MS + HOUR_MS)),
  },
  refused('the disk is full, once', { code: 'storage-full', lasting: false }),
  refused('the disk is full, until it is freed', { code: 'storage-full', lasting: true }),
  refused('the browser closes the database', { code: 'storage', lasting: true }),
  pressedTwice(),
  LOCK_FALLS,
];
