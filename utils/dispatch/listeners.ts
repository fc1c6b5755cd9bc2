import { OUTBOX_ALARM } from '../outbox/outbox.ts';
import type { Log, Presence, Surface } from '../platform/platform.ts';
import type { Rooms } from './rooms.ts';

/** What the browser tells without a page. */
export interface Listeners {
  readonly alarm: (name: string) => void;
  readonly started: () => void;
  readonly installed: () => void;
  readonly online: () => void;
  readonly hostAllowed: () => void;
  /** Something in storage.sync changed, here or in another browser. */
  readonly synced: () => void;
  readonly presence: (presence: Presence) => void;
}

/** What each of the browser's events sets going. None of them throws. */
export function createListeners(
  rooms: Rooms,
  { surface, log }: { readonly surface: Pick<Surface, 'setMenu'>; readonly log: Log },
): Listeners {
  const run = (): void => void rooms.outbox.run();
  const report =
    (where: string) =>
    (error: unknown): void =>
      log.report(where, error);
  const takeOver = (): void => {
    rooms.settings.takeOver().catch(report('settings'));
  };
  return {
    alarm: (name) => {
      if (name === OUTBOX_ALARM) run();
    },
    started: () => {
      rooms.changed('accounts');
      rooms.activity.prune().catch(report('activity'));
      takeOver();
    },
    installed: () => {
      rooms.changed('accounts');
      surface.setMenu('Write to …').catch(report('menu'));
    },
    online: run,
    hostAllowed: run,
    synced: takeOver,
    presence: (presence) => void rooms.locking.presence(presence),
  };
}
