import { reading, type EpochMs } from '../../platform/platform.ts';
import type { MailDatabase, MailTables } from './mail-database.ts';
import { readableOnes, readRecord, type MailRecord } from './mail-record.ts';
import type { MailStore } from './mail-store.ts';
import { readyAt } from '../delivery/pace.ts';
import { beforeInLane } from '../delivery/turn-in-lane.ts';

// Enough to choose the next from, and not the whole of a large merge.
const CHOICE = 32;

type LaneQueries = Pick<
  MailStore,
  | 'lanes'
  | 'inState'
  | 'scheduledBefore'
  | 'nextDue'
  | 'wakeAt'
  | 'heldUntil'
  | 'release'
  | 'readyAt'
>;

/** What is asked of the mails of one account. Each by an index: a merge of thousands is never read as a whole. */
export function createLaneQueries(database: MailDatabase): LaneQueries {
  return {
    lanes: () => database.read(lanesOf),
    inState: (lane, kinds) =>
      database.read(async (tables) => {
        const index = reading(tables, 'mails').objectStore('mails').index('lane-state');
        const each = await Promise.all(
          kinds.map((kind) => index.getAll(IDBKeyRange.only([lane, kind]))),
        );
        return readableOnes(each.flat());
      }),
    scheduledBefore: (lane, before) =>
      database.read(async (tables) => {
        const range = IDBKeyRange.bound([lane, -Infinity], [lane, before], false, true);
        return readableOnes(await tables.getAllFromIndex('mails', 'lane-schedule', range));
      }),
    nextDue: async (lane, now, except) => {
      const found = await database.read(async (tables) => [
        ...(await leftInTheMiddle(tables, { lane, until: now, except })),
        ...(await mailsInLane(tables, { lane, until: now, except, most: CHOICE })),
      ]);
      return found.sort(beforeInLane)[0] ?? null;
    },
    wakeAt: async (lane, except) => {
      const [first] = await database.read((tables) =>
        mailsInLane(tables, { lane, until: Infinity, except, most: 1 }),
      );
      return first?.dueAt ?? null;
    },
    heldUntil: (lane) =>
      database.read(async (tables) => (await tables.get('holds', lane))?.until ?? null),
    release: (lane) => database.write(({ holds }) => holds.delete(lane)),
    readyAt: (lane, now) =>
      database.read(async (tables) => {
        const pace = await tables.get('paces', lane);
        return pace ? readyAt(pace, now) : now;
      }),
  };
}

async function lanesOf(tables: MailTables): Promise<string[]> {
  const found: string[] = [];
  const index = reading(tables, 'mails').objectStore('mails').index('lane');
  for (
    let cursor = await index.openKeyCursor(null, 'nextunique');
    cursor;
    cursor = await cursor.continue()
  ) {
    found.push(cursor.key);
  }
  return found;
}

interface Look {
  readonly lane: string;
  readonly until: EpochMs;
  readonly except: ReadonlySet<string>;
}

/** What an ended worker was sending: it stands behind everything that was queued before it began. */
async function leftInTheMiddle(tables: MailTables, look: Look): Promise<MailRecord[]> {
  const range = IDBKeyRange.only([look.lane, 'sending']);
  const left = readableOnes(await tables.getAllFromIndex('mails', 'lane-state', range));
  return left.filter(
    ({ id, dueAt }) => dueAt !== null && dueAt <= look.until && !look.except.has(id),
  );
}

/** Up to `most` mails of a lane that are due by `until`, the longest due first. */
async function mailsInLane(
  tables: MailTables,
  look: Look & { readonly most: number },
): Promise<MailRecord[]> {
  const range = IDBKeyRange.bound([look.lane, -Infinity], [look.lane, look.until]);
  const index = reading(tables, 'mails').objectStore('mails').index('lane-due');
  const found: MailRecord[] = [];
  for (let cursor = await index.openCursor(range); cursor; cursor = await cursor.continue()) {
    const one = readRecord(cursor.value);
    if (one.readable && !look.except.has(one.record.id)) found.push(one.record);
    if (found.length >= look.most) break;
  }
  return found;
}
