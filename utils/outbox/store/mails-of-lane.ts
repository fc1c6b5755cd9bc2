import { reading, type EpochMs } from '../../platform/platform.ts';
import type { MailDatabase, MailTables } from './mail-database.ts';
import type { MailPlace } from './mail-groups.ts';
import { readableOnes, readRecord, type MailRecord } from './mail-record.ts';
import type { MailStore } from './mail-store.ts';
import { readyAt } from '../delivery/pace.ts';
import { beforeInLane } from '../delivery/turn-in-lane.ts';

// Enough to choose the next from, and not the whole of a large merge.
const CHOICE = 32;

/** Where mails lie that may move by themselves. */
const MOVING_PLACES: readonly MailPlace[] = ['waiting', 'sending', 'merge'];

type LaneQueries = Pick<
  MailStore,
  | 'lanes'
  | 'inState'
  | 'scheduledBefore'
  | 'storedAfter'
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
        const index = mailsOf(tables).index('lane-state');
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
    storedAfter: (lane, now) =>
      database.read(async (tables) => {
        const index = mailsOf(tables).index('place');
        const each = await Promise.all(
          MOVING_PLACES.map((place) =>
            index.getAll(IDBKeyRange.bound([place, now], [place, Infinity], true)),
          ),
        );
        return readableOnes(each.flat()).filter((mail) => mail.lane === lane);
      }),
    ...dueQueries(database),
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

function dueQueries(database: MailDatabase): Pick<LaneQueries, 'nextDue' | 'wakeAt'> {
  const passedOver = new Map<string, Set<string>>();
  /** What of a lane was found not to be readable. It stays as it is, so it is read once. */
  const unreadableIn = (lane: string): Set<string> => {
    const known = passedOver.get(lane) ?? new Set<string>();
    passedOver.set(lane, known);
    return known;
  };
  return {
    nextDue: async (lane, now, except) => {
      const look = { lane, until: now, except, unreadable: unreadableIn(lane) };
      const found = await database.read(async (tables) => [
        ...(await leftInTheMiddle(tables, look)),
        ...(await mailsInLane(tables, { ...look, most: CHOICE })),
      ]);
      return found.sort(beforeInLane)[0] ?? null;
    },
    wakeAt: async (lane, except) => {
      const [first] = await database.read((tables) =>
        mailsInLane(tables, {
          lane,
          until: Infinity,
          except,
          unreadable: unreadableIn(lane),
          most: 1,
        }),
      );
      return first?.dueAt ?? null;
    },
  };
}

async function lanesOf(tables: MailTables): Promise<string[]> {
  const found: string[] = [];
  const index = mailsOf(tables).index('lane');
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
  /** Added to by whoever looks. */
  readonly unreadable: Set<string>;
}

/** What an ended worker was sending: it stands behind everything that was queued before it began. */
async function leftInTheMiddle(tables: MailTables, look: Look): Promise<MailRecord[]> {
  const mails = mailsOf(tables);
  const range = IDBKeyRange.only([look.lane, 'sending']);
  const keys = await mails.index('lane-state').getAllKeys(range);
  const left = await readAmong(mails, keys, look);
  return left.filter(({ dueAt }) => dueAt !== null && dueAt <= look.until);
}

/**
 * Up to `most` mails of a lane that are due by `until`, the longest due first. Keys are asked for
 * first, and only as many as there must be among them: what can't be read is not read again.
 */
async function mailsInLane(
  tables: MailTables,
  look: Look & { readonly most: number },
): Promise<MailRecord[]> {
  const mails = mailsOf(tables);
  const range = IDBKeyRange.bound([look.lane, -Infinity], [look.lane, look.until]);
  let wanted = look.most + look.except.size + look.unreadable.size;
  for (;;) {
    const keys = await mails.index('lane-due').getAllKeys(range, wanted);
    const found = await readAmong(mails, keys, look);
    if (found.length >= look.most || keys.length < wanted) return found.slice(0, look.most);
    // Some of them can't be read. Twice as many each time: then all of this stays linear.
    wanted *= 2;
  }
}

type Mails = ReturnType<typeof mailsOf>;

async function readAmong(
  mails: Mails,
  keys: readonly string[],
  { except, unreadable }: Look,
): Promise<MailRecord[]> {
  const ids = keys.filter((id) => !except.has(id) && !unreadable.has(id));
  const stored = await Promise.all(ids.map((id) => mails.get(id)));
  return stored.flatMap((value, at) => {
    const one = readRecord(value);
    if (one.readable) return [one.record];
    const id = ids[at];
    if (id !== undefined) unreadable.add(id);
    return [];
  });
}

function mailsOf(tables: MailTables) {
  return reading(tables, 'mails').objectStore('mails');
}
