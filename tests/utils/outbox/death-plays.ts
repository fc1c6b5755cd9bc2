import { expect } from 'vitest';
import type { MailState } from '../../../utils/outbox/outbox.ts';
import {
  createDyingWorker,
  type BreakInside,
  type Death,
} from '../../harness/dying-dependencies.ts';
import {
  alarmRings,
  createMailWorld,
  fileBytes,
  liveByAlarms,
  liveOn,
  viewOf,
  writeDraft,
  writeDraftWithFile,
  type MailWorld,
} from '../../harness/mail-world.ts';
import { SCENARIOS, type Scenario } from './death-scenarios.ts';

/** More than goes in one slice. */
const LONG_TEXT = 'A line of a long letter about fences, posts and gates.\n'.repeat(20_000);

const FILE = fileBytes(1_200_000);

/** How a mail ended. */
export interface Ending {
  readonly state: MailState['kind'];
  readonly accepted: number;
  /** Bytes of content, handle and files that are still stored. */
  readonly kept: number;
}

/** A mail's life. */
export interface Life {
  readonly ending: Ending;
  /** The calls of the last worker of `deaths`. */
  readonly calls: readonly string[];
}

/** Presses Send in workers that die there, one after the other, and lives on as a browser does. */
export async function live(scenario: Scenario, deaths: readonly (Death | null)[]): Promise<Life> {
  const world = createMailWorld();
  const id = await begin(world, scenario);
  scenario.before?.(world);
  if (scenario.woken) await queueOffline(world, id);
  let calls: readonly string[] = [];
  for (const [nth, death] of deaths.entries()) {
    const woken = nth > 0 || scenario.woken === true;
    // If no alarm is set, nobody wakes the next one.
    if (woken && !(await alarmRings(world))) break;
    const dying = createDyingWorker(death, breakIn(world));
    const worker = world.worker(dying);
    const work = async (): Promise<void> => {
      if (!woken) await worker.send(id);
      await worker.run();
    };
    await Promise.race([work(), dying.ended]);
    ({ calls } = dying);
  }
  // A worker that died before the mail was queued left a draft: the person presses Send again.
  if ((await viewOf(world, id)).state.kind === 'draft') await world.worker().send(id);
  await liveByAlarms(world);
  if (scenario.person) {
    scenario.person(world);
    await liveOn(world);
  }
  expect(world.router.failures.filter((failure) => !isOurBreak(failure))).toEqual([]);
  const { state } = await viewOf(world, id);
  const stored = await world.store.find(id);
  const sealed = (stored?.content?.length ?? 0) + (stored?.record.earlier?.handle?.length ?? 0);
  const files = (await world.store.files()).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const kept = sealed + files;
  await world.store.clear();
  return { calls, ending: { state: state.kind, accepted: world.accepted(), kept } };
}

function begin(world: MailWorld, { long, withFile }: Scenario): Promise<string> {
  if (withFile) return writeDraftWithFile(world, FILE);
  return writeDraft(world, long ? { text: LONG_TEXT } : {});
}

async function queueOffline(world: MailWorld, id: string): Promise<void> {
  world.online = false;
  const worker = world.worker();
  await worker.send(id);
  await worker.run();
  world.online = true;
}

function breakIn({ router }: MailWorld): BreakInside {
  return async (request) => {
    const hold = router.faults.hold({ match: { method: 'PUT' }, at: { afterBytes: 300 } });
    const line = new AbortController();
    const broken = request(line.signal).catch(() => null);
    await Promise.race([hold.arrived, broken]);
    line.abort();
    hold.release();
    await broken;
  };
}

/** The peer's side of a connection that a dying worker broke. */
function isOurBreak(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && failure.code === 'ECONNRESET';
}

/** Once, and told as it is. */
export function wrongWith({ state, accepted, kept }: Ending, scenario: Scenario): string | null {
  if (accepted > 1) return `it arrived ${accepted} times`;
  if (state === 'sent') {
    if (accepted === 0) return 'it is said to be sent and is lost';
    return kept > 0 ? 'it was sent and something is kept' : null;
  }
  if (state === 'draft' && scenario.ends === 'draft') {
    return accepted > 0 ? 'it was sent and came back' : null;
  }
  if (state !== 'unconfirmed') return `it is stuck as ${state}`;
  return scenario.mayEndUnconfirmed ? null : 'it is unconfirmed though the session could tell';
}

const AROUND = ['before', 'after'] as const;
/** Bytes on their way can also be cut. */
export const EVERY_WAY = ['before', 'during', 'after'] as const;

/**
 * Plays a scenario with a death at every `step`th of its calls, in each way, and gives what went
 * wrong. Queueing is the same everywhere: the first scenario dies there, the others from the
 * attempt on.
 */
export async function everyDeath(scenario: Scenario, step: number): Promise<readonly string[]> {
  const clean = await live(scenario, [null]);
  expect(clean.ending.state).toBe(scenario.ends ?? 'sent');
  const complaint = wrongWith(clean.ending, scenario);
  const wrong = complaint === null ? [] : [`without a death: ${complaint}`];
  const first =
    scenario === SCENARIOS[0] || scenario.woken ? 0 : clean.calls.indexOf('accounts.token') - 1;
  for (let call = first; call < clean.calls.length; call += step) {
    const name = clean.calls[call] ?? '';
    for (const when of name === 'fetch PUT' ? EVERY_WAY : AROUND) {
      const { ending } = await live(scenario, [{ call, when }]);
      const found = wrongWith(ending, scenario);
      if (found !== null) wrong.push(`${when} call ${call}, ${name}: ${found}`);
    }
  }
  return wrong;
}
