import { sameBytes } from '../../vault/vault.ts';
import { belongsToBatch, createBatchStore, wipeBatchesOf } from '../batches/stored-batches.ts';
import { wipeDraftOnceLeft } from '../batches/stored-batch-drafts.ts';
import { createMailDatabase, type MailDatabase, type WritableTables } from './mail-database.ts';
import { placed } from './mail-groups.ts';
import { countedGroups, listedGroup } from './mail-groups-listing.ts';
import { countedMails } from './mail-listing.ts';
import { createLaneQueries } from './mails-of-lane.ts';
import { readableOnes, readRecord } from './mail-record.ts';
import type { Change, MailStore } from './mail-store.ts';
import { withStart } from '../delivery/pace.ts';
import {
  createPieceStore,
  keepFilesOf,
  wipeFilesOf,
  wipeFilesOfNobody,
  wipeFilesWhenDone,
} from '../files/stored-pieces.ts';

/** The outbox on the disk; its database is made when first needed. */
export function createMailStore(name = 'outbox'): MailStore {
  const database = createMailDatabase(name);
  return {
    ...singleMails(database),
    ...sealedMails(database),
    ...createLaneQueries(database),
    ...manyMails(database),
    ...createPieceStore(database),
    ...createBatchStore(database),
  };
}

function singleMails(
  database: MailDatabase,
): Pick<MailStore, 'add' | 'find' | 'change' | 'remove'> {
  return {
    add: ({ record, content, keepFiles }) =>
      database.write(async (tables) => {
        await tables.mails.add(placed(record));
        if (keepFiles) await keepFilesOf(tables, record.id, keepFiles);
        if (content) await tables.contents.add(content, record.id);
      }),
    find: (id) =>
      database.read(async (tables) => {
        const found = readRecord(await tables.get('mails', id));
        if (!found.readable) return null;
        return { record: found.record, content: (await tables.get('contents', id)) ?? null };
      }),
    change: (id, step) =>
      database.write(async (tables) => {
        const { mails, contents, holds } = tables;
        const found = readRecord(await mails.get(id));
        const change = found.readable ? step(found.record) : null;
        if (!change) return null;
        const { record, content, holdUntil, keepFiles } = change;
        if (!(await hasRoom(tables, change))) return null;
        await mails.put(placed(record));
        await wipeDraftOnceLeft(tables, record);
        if (keepFiles) await keepFilesOf(tables, id, keepFiles);
        if (content === null) {
          await contents.delete(id);
          await wipeFilesOf(tables, id);
          if (record.batchId !== null) await wipeFilesWhenDone(tables, record.batchId);
        } else if (content) await contents.put(content, id);
        if (holdUntil !== undefined && record.accountId !== null) {
          await holds.put({ lane: record.accountId, until: holdUntil });
        }
        return record;
      }),
    remove: (id, when) =>
      database.write(async (tables) => {
        const stored = await tables.mails.get(id);
        if (!stored || !when(readRecord(stored))) return false;
        await tables.mails.delete(id);
        await tables.contents.delete(id);
        await wipeFilesOf(tables, id);
        if (stored.batchId) await wipeFilesWhenDone(tables, stored.batchId);
        return true;
      }),
  };
}

function sealedMails(
  database: MailDatabase,
): Pick<MailStore, 'ids' | 'record' | 'sealedContent' | 'exchangeContent'> {
  return {
    ids: () => database.read((tables) => tables.getAllKeys('mails')),
    record: (id) =>
      database.read(async (tables) => {
        const stored = await tables.get('mails', id);
        return stored === undefined ? null : readRecord(stored);
      }),
    sealedContent: (id) =>
      database.read(async (tables) => (await tables.get('contents', id)) ?? null),
    exchangeContent: (id, before, after) =>
      database.write(async ({ contents }) => {
        const there = await contents.get(id);
        if (!there || !sameBytes(there, before)) return false;
        await contents.put(after, id);
        return true;
      }),
  };
}

/** Takes a token of the account's pace where the change is a start. False when there is none. */
async function hasRoom({ paces }: WritableTables, { record, starts }: Change): Promise<boolean> {
  const lane = record.accountId;
  if (!starts || lane === null) return true;
  const { startedAt = [] } = (await paces.get(lane)) ?? {};
  const pace = withStart({ sendsPerMinute: starts.sendsPerMinute, startedAt }, starts.now);
  if (pace === null) return false;
  await paces.put({ ...pace, lane });
  return true;
}

function manyMails(
  database: MailDatabase,
): Pick<MailStore, 'counts' | 'page' | 'listed' | 'stock' | 'prune' | 'removeAccount' | 'clear'> {
  return {
    counts: () => database.read(countedGroups),
    page: (page) => database.read((tables) => listedGroup(tables, page)),
    listed: (id) =>
      database.read(async (tables) => {
        const stored = await tables.get('mails', id);
        if (stored === undefined) return null;
        return { found: readRecord(stored), content: (await tables.get('contents', id)) ?? null };
      }),
    stock: () => database.read(countedMails),
    async prune(sentBefore) {
      const old = IDBKeyRange.upperBound(sentBefore, true);
      // Nearly always there is nothing to do, and a strict write waits for the disk.
      const ids = await database.read(async (tables) => {
        const kept = new Set(await tables.getAllKeys('batches'));
        return readableOnes(await tables.getAllFromIndex('mails', 'sent-at', old))
          .filter((mail) => !belongsToBatch(mail, kept))
          .map(({ id }) => id);
      });
      if (ids.length === 0) return;
      await database.write(async ({ mails }) => {
        for (const id of ids) await mails.delete(id);
      });
    },
    removeAccount: (accountId) =>
      database.write(async (tables) => {
        const { mails, contents, holds, paces } = tables;
        for (const id of await mails.index('account').getAllKeys(accountId)) {
          await mails.delete(id);
          await contents.delete(id);
        }
        await wipeBatchesOf(tables, accountId);
        await wipeFilesOfNobody(tables);
        await holds.delete(accountId);
        await paces.delete(accountId);
      }),
    clear: () => database.empty(),
  };
}
