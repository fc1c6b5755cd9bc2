import type { PeerClock } from '../clock.ts';
import type { Mailboxes } from './mailbox.ts';

/** Looks after mail that waits for its hour, so that it leaves although nobody asks. */
export interface DueMailWatch {
  /** To be called when something may have been held: looks again and again until nothing is. */
  start(): void;
  stop(): void;
}

/** The clock may be moved by hand at any time, so no single timer would do. */
const LOOK_EVERY_MS = 200;

/** Real time, but the peer's clock decides. It keeps no process alive. */
export function watchForDueMail(
  mailboxes: Pick<Mailboxes, 'sendDue' | 'nextDueAt'>,
  clock: PeerClock,
): DueMailWatch {
  let timer: NodeJS.Timeout | null = null;
  const stop = (): void => {
    if (timer) clearIntervalUnfaked(timer);
    timer = null;
  };
  return {
    stop,
    start: () => {
      if (timer || mailboxes.nextDueAt() === null) return;
      timer = setIntervalUnfaked(() => {
        if ((mailboxes.nextDueAt() ?? Infinity) <= clock.now()) mailboxes.sendDue();
        if (mailboxes.nextDueAt() === null) stop();
      }, LOOK_EVERY_MS);
      timer.unref();
    },
  };
}

// Taken at load, so that a test with fake timers does not stop the post.
const setIntervalUnfaked = setInterval;
const clearIntervalUnfaked = clearInterval;
