import type { Browser, Protocol } from 'puppeteer';
import { eventually } from './eventually.ts';

/**
 * The worker's life, watched and ended from the browser's side. Nothing here attaches to the
 * worker: an attached debugger keeps it alive and hides its death (PROVIDERS.md I).
 */
export interface WorkerLife {
  isAlive(): Promise<boolean>;
  /** Ends it at once, in the middle of whatever it does. False when none was running. */
  kill(): Promise<boolean>;
  /** Resolves with the time it took when the worker has died of itself. */
  diesWithin(withinMs: number): Promise<number>;
  /** Resolves when one is running. */
  starts(withinMs?: number): Promise<void>;
}

/** Watches the worker of the extension at `origin`. */
export function workerLife(browser: Browser, origin: string): WorkerLife {
  const session = browser.target().createCDPSession();

  const workers = async (): Promise<Protocol.Target.TargetInfo[]> => {
    const { targetInfos } = await (await session).send('Target.getTargets');
    return targetInfos.filter(
      ({ type, url }) => type === 'service_worker' && url.startsWith(`${origin}/`),
    );
  };
  const isAlive = async (): Promise<boolean> => (await workers()).length > 0;

  return {
    isAlive,
    kill: async () => {
      const [worker] = await workers();
      if (!worker) return false;
      const { targetId } = worker;
      await (await session).send('Target.closeTarget', { targetId });
      // Another one may start in the same moment: this one has to be gone.
      await eventually(async () => (await workers()).every((one) => one.targetId !== targetId), {
        what: "the worker's end",
      });
      return true;
    },
    diesWithin: async (withinMs) => {
      const beganAt = performance.now();
      await eventually(async () => !(await isAlive()), {
        withinMs,
        everyMs: 250,
        what: "the idle worker's death",
      });
      return performance.now() - beganAt;
    },
    starts: async (withinMs = 10_000) => {
      await eventually(isAlive, { withinMs, what: 'a worker to start' });
    },
  };
}
