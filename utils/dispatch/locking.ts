import type { Change } from '../messaging/messaging.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Clock, Idle, KeepAlive, Log, Presence } from '../platform/platform.ts';
import type { Settings } from '../settings/settings.ts';
import type { SealedHolder, Vault } from '../vault/vault.ts';

/** So long may open windows take to save once more. */
const SAVING_MS = 3_000;
const MINUTE_MS = 60_000;

/** When the lock falls and when it opens: what the other rooms have to do then. Never rejects but for `fall`. */
export interface Locking {
  /**
   * Lets the lock fall. Windows save and hide; attempts that are under way end and are stored; then
   * the key is let go. Resolves once nothing new can begin; false when it was not open.
   * @throws VaultError `storage` when the key could not be taken out of memory: it is still open
   */
  fall(): Promise<boolean>;
  /** It was unlocked, or turned on or off: pages look again, and what waited is sent. */
  opened(): void;
  /** What the browser says of the person. */
  presence(presence: Presence): Promise<void>;
  /** Tells the browser after how long it should say `idle`. */
  watch(): Promise<void>;
  /** Goes on with a change of the data key; see `Vault.finishChange`. */
  finishChange(): Promise<void>;
}

/** What the lock sets going. */
export interface LockingParts {
  readonly vault: Pick<Vault, 'lock' | 'finishChange'>;
  readonly outbox: Pick<Outbox, 'settled' | 'run'>;
  /** Everything that was ever sealed. */
  readonly holders: readonly SealedHolder[];
  readonly settings: Pick<Settings, 'get'>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly keepAlive: KeepAlive;
  readonly idle: Idle;
  readonly log: Log;
  readonly changed: (change: Change) => void;
}

/** Reads nothing before something happens. */
export function createLocking(parts: LockingParts): Locking {
  const { vault, outbox, changed, log } = parts;
  const reported = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.report('lock', error);
    }
  };

  async function fall(): Promise<boolean> {
    if (!(await vault.lock.beginClosing())) return false;
    changed('lock');
    void reported(() =>
      parts.keepAlive.during(async () => {
        await parts.clock.sleep(SAVING_MS);
        await outbox.settled();
        vault.lock.close();
        changed('lock');
      }),
    );
    return true;
  }
  const watch = async (): Promise<void> => {
    const { lockIdleMinutes } = await parts.settings.get();
    if (lockIdleMinutes !== null) parts.idle.tellAfter(lockIdleMinutes * MINUTE_MS);
  };

  return {
    fall,
    opened() {
      changed('lock');
      void outbox.run();
      void reported(watch);
    },
    presence: (presence) =>
      reported(async () => {
        if (presence === 'active' || (await vault.lock.state()) !== 'open') return;
        const { lockIdleMinutes } = await parts.settings.get();
        if (presence === 'locked') await fall();
        else if (lockIdleMinutes !== null) await fallWhenIdle(parts, lockIdleMinutes, fall);
      }),
    watch: () => reported(watch),
    finishChange: () => reported(() => vault.finishChange(parts.holders)),
  };
}

/** The browser may have forgotten after how long it was to tell: it is asked, and told again. */
async function fallWhenIdle(
  { idle }: LockingParts,
  minutes: number,
  fall: () => Promise<boolean>,
): Promise<void> {
  const untouchedMs = minutes * MINUTE_MS;
  if ((await idle.presence(untouchedMs)) === 'active') idle.tellAfter(untouchedMs);
  else await fall();
}
