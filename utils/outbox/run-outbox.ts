import type { Alarms, EpochMs, KeepAlive } from '../platform/platform.ts';
import type { Turns } from './alarm-turns.ts';
import { deliverLane } from './deliver-lane.ts';
import type { Delivery } from './delivery.ts';
import { createLanes } from './lanes.ts';
import { sweepFiles } from './sweep-files.ts';

/** The alarm that wakes the worker when a mail is due. The composition root calls `run` on it. */
export const OUTBOX_ALARM = 'outbox';

/** While anything is under way an alarm stands ready, should the worker end. */
const SAFETY_MS = 60 * 1000;
const RECEIPTS_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Runs the lanes of all accounts side by side, each by one context at a time. */
export interface Runner {
  /** Resolves when nothing is due any more. Never rejects: what breaks is reported, and tried again by the alarm. */
  run(): Promise<void>;
  /** Resolves when the lane (null: every lane) is not under way in this worker. */
  idle(lane: string | null): Promise<void>;
}

/** What the runner needs beside the delivery itself. */
export interface RunnerParts {
  readonly deps: Delivery;
  readonly alarms: Alarms;
  readonly keepAlive: KeepAlive;
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  readonly alarmTurns: Turns;
}

/** Builds the runner. */
export function createRunner(parts: RunnerParts): Runner {
  const { deps, alarms, keepAlive } = parts;
  const lanes = createLanes((name) =>
    parts.exclusively(`send/${name}`, () => deliverLane(deps, name)),
  );

  async function work(): Promise<void> {
    const now = deps.clock.now();
    deps.aside.clear();
    const names = await deps.store.lanes();
    if (names.length > 0) await alarms.setAt(OUTBOX_ALARM, now + SAFETY_MS);
    const report = (error: unknown): void => deps.log.report('outbox', error);
    await Promise.all(names.map((name) => lanes.start(name).catch(report)));
    await deps.store.prune(now - RECEIPTS_KEPT_MS);
    await sweepFiles(deps).catch(report);
    await parts.alarmTurns(async () => {
      const at = await nextAlarm(deps, lanes.underWay());
      await (at === null ? alarms.clear(OUTBOX_ALARM) : alarms.setAt(OUTBOX_ALARM, at));
    });
  }

  return {
    async run() {
      try {
        await keepAlive.during(work);
      } catch (error) {
        deps.log.report('outbox', error);
        await alarms
          .setAt(OUTBOX_ALARM, deps.clock.now() + SAFETY_MS)
          .catch((cause: unknown) => deps.log.report('outbox', cause));
      }
    },
    idle: (lane) => lanes.idle(lane),
  };
}

/** When the worker has to be woken; null for never. */
async function nextAlarm(deps: Delivery, underWay: ReadonlySet<string>): Promise<EpochMs | null> {
  const soon = deps.clock.now() + SAFETY_MS;
  const times: EpochMs[] = [...deps.aside.values()];
  if (underWay.size > 0) times.push(soon);
  for (const lane of await deps.store.lanes()) {
    if (underWay.has(lane)) continue;
    const wakeAt = await deps.store.wakeAt(lane, new Set(deps.aside.keys()));
    if (wakeAt === null) continue;
    const at = Math.max(wakeAt, (await deps.store.heldUntil(lane)) ?? 0);
    // What is due and was not done waits for the network, or for storage that works again.
    times.push(at > deps.clock.now() ? at : soon);
  }
  return times.length === 0 ? null : Math.min(...times);
}
