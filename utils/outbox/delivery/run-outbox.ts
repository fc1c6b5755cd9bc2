import type { Alarms, EpochMs, KeepAlive } from '../../platform/platform.ts';
import type { Turns } from './alarm-turns.ts';
import { deliverLane } from './deliver-lane.ts';
import type { Delivery } from './delivery.ts';
import { createLanes } from './lanes.ts';
import { sweepFiles } from '../files/sweep-files.ts';

/** The alarm that wakes the worker when a mail is due. The composition root calls `run` on it. */
export const OUTBOX_ALARM = 'outbox';

/** While anything is under way an alarm stands ready, should the worker end. */
const SAFETY_MS = 60 * 1000;
/** What is due within this time is worth staying awake for: an undo window, or the pace of an account. */
const AWAKE_MS = 65 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

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
  let waiting: AbortController | null = null;
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
    const { receiptRetentionDays } = await deps.choices();
    await deps.store.prune(now - receiptRetentionDays * DAY_MS);
    await sweepFiles(deps).catch(report);
    await parts.alarmTurns(async () => {
      const { at, dueAt } = await nextAlarm(deps, lanes.underWay(), now);
      // Unlocking runs the outbox: until then no alarm could do anything.
      const inVain = at !== null && lanes.underWay().size === 0 && !(await deps.vault.isOpen());
      await (at === null || inVain ? alarms.clear(OUTBOX_ALARM) : alarms.setAt(OUTBOX_ALARM, at));
      stayAwake(inVain ? null : dueAt);
    });
  }

  /** An alarm may come half a minute late. What is due soon is waited for; the alarm is there should the worker end. */
  function stayAwake(dueAt: EpochMs | null): void {
    waiting?.abort();
    waiting = null;
    const delayMs = dueAt === null ? null : dueAt - deps.clock.now();
    if (delayMs === null || delayMs > AWAKE_MS) return;
    const mine = new AbortController();
    waiting = mine;
    keepAlive
      .during(() => deps.clock.sleep(Math.max(0, delayMs), mine.signal))
      .then(() => (mine.signal.aborted ? undefined : run()))
      .catch((error: unknown) => deps.log.report('outbox', error));
  }

  async function run(): Promise<void> {
    try {
      await keepAlive.during(work);
    } catch (error) {
      deps.log.report('outbox', error);
      await alarms
        .setAt(OUTBOX_ALARM, deps.clock.now() + SAFETY_MS)
        .catch((cause: unknown) => deps.log.report('outbox', cause));
    }
  }

  return {
    run,
    idle: (lane) => lanes.idle(lane),
  };
}

/** When the worker has to be woken, and when something is due; null for never. */
async function nextAlarm(
  deps: Delivery,
  underWay: ReadonlySet<string>,
  beganAt: EpochMs,
): Promise<{ readonly at: EpochMs | null; readonly dueAt: EpochMs | null }> {
  const now = deps.clock.now();
  const soon = now + SAFETY_MS;
  const times: EpochMs[] = [...deps.aside.values()];
  const due: EpochMs[] = [];
  if (underWay.size > 0) times.push(soon);
  for (const lane of await deps.store.lanes()) {
    if (underWay.has(lane)) continue;
    const wakeAt = await deps.store.wakeAt(lane, new Set(deps.aside.keys()));
    if (wakeAt === null) continue;
    const heldUntil = (await deps.store.heldUntil(lane)) ?? 0;
    const at = Math.max(wakeAt, heldUntil, await deps.store.readyAt(lane, now));
    // What was due and was not done waits for the network, or for storage that works again; what
    // became due while this run was at work (a token of the pace came back) may go at once.
    if (at > beganAt) due.push(Math.max(at, now));
    else times.push(soon);
  }
  const earliest = (all: readonly EpochMs[]): EpochMs | null =>
    all.length === 0 ? null : Math.min(...all);
  return { at: earliest([...times, ...due]), dueAt: earliest(due) };
}
