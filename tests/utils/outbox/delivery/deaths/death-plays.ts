import { expect } from 'vitest';
import { certainlyNotSent } from '../../../../../utils/outbox/moves/mail-moves.ts';
import { OutboxError, type MailState, type Outbox } from '../../../../../utils/outbox/outbox.ts';
import {
  createDyingWorker,
  type BreakInside,
  type Death,
  type DyingWorker,
} from '../../../../harness/dying-dependencies.ts';
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
} from '../../../../harness/mail-world.ts';
import { VaultError } from '../../../../../utils/vault/vault.ts';
import { SCENARIOS, type Scenario } from './death-scenarios.ts';
import type { Strike } from '../fault-matrix/faults-of-delivery.ts';

/** More than goes in one slice. */
const LONG_TEXT = 'A line of a long letter about fences, posts and gates.\n'.repeat(20_000);

/** A little more than two pieces on the disk. */
const FILE = fileBytes(1_060_000);
/** Large enough for an upload of its own at Outlook: a little more than 3 MiB, six pieces. */
const LARGE_FILE = fileBytes(3_150_000);

/** How a mail ended. */
export interface Ending {
  readonly state: MailState['kind'];
  readonly accepted: number;
  /** Requests that were made before the mail's time, or of a mail that was taken back. */
  readonly early: number;
  /** Bytes of content, handle and files that are still stored. */
  readonly kept: number;
  /** What lies in the mailbox and will not be sent. */
  readonly litter: number;
  /** What the person was told on the way and was not so; null when all was. */
  readonly toldWrongly: string | null;
}

/** A mail's life. */
export interface Life {
  readonly ending: Ending;
  /** The calls of the last worker of `deaths`. */
  readonly calls: readonly string[];
}

/**
 * Presses Send in workers that die there, one after the other, and lives on as a browser does.
 * `strike` is what goes wrong in the first of them beside its death.
 */
export async function live(
  scenario: Scenario,
  deaths: readonly (Death | null)[],
  strike: Strike | null = null,
): Promise<Life> {
  const world = createMailWorld(scenario.outlook ? { outlook: scenario.outlook } : {});
  const id = await begin(world, scenario);
  world.choices = { ...world.choices, undoSeconds: scenario.undoSeconds ?? 0 };
  await scenario.before?.(world);
  if (scenario.woken) await queueOffline({ world, id, scenario });
  let calls: readonly string[] = [];
  let toldWrongly: string | null = null;
  for (const [nth, death] of deaths.entries()) {
    const woken = nth > 0 || scenario.woken === true;
    // If no alarm is set, nobody wakes the next one.
    if (woken && !(await alarmRings(world))) break;
    const blow = nth === 0 ? strike : null;
    ({ calls } = await playWorker({ world, id, scenario }, { woken, death, blow }));
    toldWrongly ??= await wronglyTold(world, id);
  }
  world.endWorkers();
  // A worker that died before the mail was queued left a draft: the person presses Send again.
  let early = await requestsBeforeItsTime(world, id);
  const again = world.worker();
  // What a press begins is waited for: the next alarm would end it wherever it had come to by then.
  if (scenario.undone) {
    if (await again.backToDraft(id)) await again.run();
  } else if ((await viewOf(world, id)).state.kind === 'draft') {
    await depart(again, { world, id, scenario });
    await again.run();
    early += await requestsBeforeItsTime(world, id);
  }
  await liveByAlarms(world);
  if (scenario.undone && !scenario.handedOver) early += world.router.log.requests().length;
  if (scenario.person) {
    scenario.person(world);
    await liveOn(world);
  }
  expect(world.router.failures.filter((failure) => !isOurBreak(failure))).toEqual([]);
  toldWrongly ??= await wronglyTold(world, id);
  return { calls, ending: { ...(await endingOf(world, id)), early, toldWrongly } };
}

/** One worker, in which Send is pressed or which the alarm woke, until it ends or has nothing to do. */
async function playWorker(
  of: Parameters<typeof depart>[1],
  how: { readonly woken: boolean; readonly death: Death | null; readonly blow: Strike | null },
): Promise<DyingWorker> {
  const { world, id, scenario } = of;
  const { woken, death, blow } = how;
  const meanwhile: { worker: Outbox | null } = { worker: null };
  const struck = blow?.begin({ world, id, worker: () => meanwhile.worker ?? world.worker() });
  const dying = createDyingWorker(death, struck?.breakInside ?? breakIn(world), struck?.meanwhile);
  const worker = world.worker(dying);
  meanwhile.worker = worker;
  const work = async (): Promise<void> => {
    if (!woken) await depart(worker, of);
    await worker.run();
    if (scenario.undone) await worker.backToDraft(id);
  };
  // What the browser's storage refused, the person is told at the press, and presses again.
  await Promise.race([blow ? work().catch(ifRefused) : work(), dying.ended]);
  await struck?.end();
  return dying;
}

function ifRefused(error: unknown): void {
  if (!(error instanceof OutboxError) && !(error instanceof VaultError)) throw error;
}

/** Said to be sent, or to be safe to take back: then it has to be so. */
async function wronglyTold(world: MailWorld, id: string): Promise<string | null> {
  const { record } = (await world.store.find(id)) ?? {};
  if (!record) return 'it is gone';
  const { kind } = record.state;
  const accepted = world.accepted();
  if (kind === 'sent') return accepted > 0 ? null : 'it was said to be sent before it was';
  if (kind === 'unconfirmed' || accepted === 0) return null;
  return certainlyNotSent(record) ? `it had arrived and was said to be ${kind}, safely here` : null;
}

async function endingOf(
  world: MailWorld,
  id: string,
): Promise<Omit<Ending, 'early' | 'toldWrongly'>> {
  const { state } = await viewOf(world, id);
  const stored = await world.store.find(id);
  const sealed = (stored?.content?.length ?? 0) + (stored?.record.earlier?.handle?.length ?? 0);
  const files = (await world.store.files()).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const kept = sealed + files;
  await world.forget();
  const stays = world.outlook?.microsoft.messages(world.outlook.person.email) ?? [];
  const litter = stays.filter(({ folder }) => folder === 'drafts').length;
  return { state: state.kind, accepted: world.accepted(), kept, litter };
}

function begin(
  world: MailWorld,
  { long, withFile, outlook, fromShared }: Scenario,
): Promise<string> {
  if (fromShared !== undefined) {
    const shared = { kind: 'shared-mailbox', name: 'Office', address: fromShared } as const;
    world.accounts.otherSenders = [shared];
    return writeDraft(world, { fromAlias: fromShared });
  }
  const largest = outlook?.includes('drafts') ? LARGE_FILE : FILE;
  if (withFile) return writeDraftWithFile(world, largest);
  return writeDraft(world, long ? { text: LONG_TEXT } : {});
}

/** Presses Send, or schedules. */
async function depart(
  worker: Outbox,
  of: { readonly world: MailWorld; readonly id: string; readonly scenario: Scenario },
): Promise<void> {
  const { world, id, scenario } = of;
  const { scheduledInMs } = scenario;
  if (scheduledInMs === undefined) await worker.send(id);
  else await worker.schedule(id, { at: world.clock.now() + scheduledInMs, zone: 'UTC' });
}

/** While a mail is held or scheduled, nobody has been asked anything. */
async function requestsBeforeItsTime(world: MailWorld, id: string): Promise<number> {
  const { state } = await viewOf(world, id);
  const waits = state.kind === 'held' || state.kind === 'scheduled';
  const wait = waits ? (state.kind === 'held' ? state.until : state.at) - world.clock.now() : 0;
  if (wait <= 0) return 0;
  // A moment before its time everything wakes that can wake.
  await world.clock.advance(wait - 1);
  await world.worker().run();
  return world.router.log.requests().length;
}

async function queueOffline(of: Parameters<typeof depart>[1]): Promise<void> {
  const { world } = of;
  world.online = false;
  const worker = world.worker();
  await depart(worker, of);
  await worker.run();
  world.online = true;
}

/** Breaks a request in the middle of its body. */
export function breakIn({ router }: MailWorld): BreakInside {
  return async (request, method) => {
    const hold = router.faults.hold({ match: { method }, at: { afterBytes: 300 } });
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
export function wrongWith(ending: Ending, scenario: Scenario): string | null {
  const { state, accepted, early, kept, litter, toldWrongly } = ending;
  if (toldWrongly !== null) return toldWrongly;
  if (early > 0) return `${early} requests were made before its time`;
  if (accepted > 1) return `it arrived ${accepted} times`;
  if (state === 'sent') {
    if (accepted === 0) return 'it is said to be sent and is lost';
    if (litter > 0 && !scenario.mayLeaveDraft) return `it was sent and left ${litter} drafts`;
    return kept > 0 ? 'it was sent and something is kept' : null;
  }
  if (state === 'draft' && scenario.ends === 'draft') {
    return accepted > 0 ? 'it was sent and came back' : null;
  }
  if (state !== 'unconfirmed') return `it is stuck as ${state}`;
  return scenario.mayEndUnconfirmed ? null : 'it is unconfirmed though the session could tell';
}

function isTimed({ undoSeconds, scheduledInMs }: Scenario): boolean {
  return undoSeconds !== undefined || scheduledInMs !== undefined;
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
    scenario === SCENARIOS[0] || scenario.woken === true || isTimed(scenario)
      ? 0
      : clean.calls.indexOf('accounts.token') - 1;
  for (let call = first; call < clean.calls.length; call += step) {
    const name = clean.calls[call] ?? '';
    const carries = name === 'fetch PUT' || (scenario.outlook && name === 'fetch POST');
    for (const when of carries ? EVERY_WAY : AROUND) {
      const { ending } = await live(scenario, [{ call, when }]);
      const found = wrongWith(ending, scenario);
      if (found !== null) wrong.push(`${when} call ${call}, ${name}: ${found}`);
    }
  }
  return wrong;
}
