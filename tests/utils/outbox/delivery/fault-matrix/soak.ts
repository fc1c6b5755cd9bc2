import type { MailState } from '../../../../../utils/outbox/outbox.ts';
import { createDyingWorker, type Death } from '../../../../harness/dying-dependencies.ts';
import {
  alarmRings,
  createMailWorld,
  fileBytes,
  liveOn,
  writeDraft,
  writeDraftWithFile,
  type MailWorld,
} from '../../../../harness/mail-world.ts';
import { oneOf, seededNumbers } from '../../../../harness/seeded-numbers.ts';
import { breakIn, EVERY_WAY } from '../deaths/death-plays.ts';
import type { Scenario } from '../deaths/death-scenarios.ts';
import { FAULTS, LOCK_FALLS } from './faults-of-delivery.ts';

/** A device that is used for a long time, with everything going wrong that can. */
export interface Soak {
  readonly outlook?: Scenario['outlook'];
  readonly mails: number;
  readonly seed: number;
}

/** How its mails ended, as the person is told, and everything that is not as it should be. */
export interface Soaked {
  readonly told: Readonly<Record<'sent' | 'unconfirmed', number>>;
  readonly wrong: readonly string[];
}

const LINE = 'A line of a letter about fences, posts and gates.\n';
const LENGTHS = [1, 50, 20_000];
/** More calls than one worker makes for one mail: some faults strike the next one, or nothing. */
const CALLS = 60;
/** A device that is left alone: alarms and the person's own acts until nothing moves any more. */
const REST_ROUNDS = 12;
const HOUR_MS = 3_600_000;

/** Writes mail after mail on one device; workers die and are struck, and leave the rest to the next. */
export async function soak({ outlook, mails, seed }: Soak): Promise<Soaked> {
  const random = seededNumbers(seed);
  const world = createMailWorld(outlook ? { outlook } : {});
  const written = new Map<string, string>();
  for (let nth = 0; nth < mails; nth += 1) {
    const to = `soak-${nth}@example.com`;
    const id = await write(world, to, random);
    written.set(id, to);
    await sendBadly(world, id, random);
    world.router.faults.clear();
    for (let alarms = Math.floor(random() * 3); alarms > 0; alarms -= 1) {
      if (await alarmRings(world)) await world.worker().run();
    }
  }
  await rest(world, written.keys());
  return count(world, written);
}

function write(world: MailWorld, to: string, random: () => number): Promise<string> {
  const text = LINE.repeat(oneOf(LENGTHS, random()));
  const content = { to: [{ name: '', address: to }], text };
  if (random() < 0.9) return writeDraft(world, content);
  return writeDraftWithFile(world, fileBytes(Math.floor(random() * 1_000_000)), content);
}

async function sendBadly(world: MailWorld, id: string, random: () => number): Promise<void> {
  const call = Math.floor(random() * CALLS);
  const possible = FAULTS.filter((fault) => fault !== LOCK_FALLS);
  const fault = oneOf(possible, random());
  const when = oneOf(EVERY_WAY, random());
  const death: Death | null = random() < 0.5 ? { call: Math.floor(random() * CALLS), when } : null;
  const strike = fault.at?.(call) ?? null;
  world.endWorkers();
  const struck = strike?.begin({ world, id, worker: () => worker });
  const end = fault.death ? { call, when: fault.death } : death;
  const dying = createDyingWorker(end, struck?.breakInside ?? breakIn(world), struck?.meanwhile);
  const worker = world.worker(dying);
  const work = async (): Promise<void> => {
    await worker.send(id);
    await worker.run();
  };
  // What was refused at the press the person sees, and presses again when the device rests.
  await Promise.race([work().catch(() => undefined), dying.ended]);
  // What was asked of a worker that died is never answered.
  await Promise.race([struck?.end(), dying.ended]);
  world.endWorkers();
}

/** Drafts are sent again by the person, hosts allowed, and time passes. */
async function rest(world: MailWorld, ids: Iterable<string>): Promise<void> {
  const all = [...ids];
  world.allowedHosts.add('gmail.googleapis.com');
  world.allowedHosts.add('graph.microsoft.com');
  world.accounts.health = { kind: 'works' };
  for (let round = 0; round < REST_ROUNDS; round += 1) {
    const list = await world.worker().list();
    const drafts = list.filter(({ id, state }) => state.kind === 'draft' && all.includes(id));
    for (const { id } of drafts) await world.worker().send(id);
    await liveOn(world, 200);
    world.clock.jump(HOUR_MS);
  }
}

async function count(world: MailWorld, written: ReadonlyMap<string, string>): Promise<Soaked> {
  const told = { sent: 0, unconfirmed: 0 };
  const wrong: string[] = [];
  const deliveries = (world.outlook?.microsoft ?? world.google).deliveries;
  for (const [id, to] of written) {
    const kind: MailState['kind'] | undefined = (await world.store.find(id))?.record.state.kind;
    const arrived = deliveries.filter(({ envelope }) => envelope.to.includes(to)).length;
    if (kind === 'sent' || kind === 'unconfirmed') told[kind] += 1;
    const right = (kind === 'sent' && arrived === 1) || (kind === 'unconfirmed' && arrived <= 1);
    if (!right) wrong.push(`${to} is told as ${kind ?? 'gone'} and arrived ${arrived} times`);
  }
  if ((await world.store.files()).length > 0 && told.unconfirmed === 0) {
    wrong.push('files of mails that were sent are still stored');
  }
  return { told, wrong };
}
