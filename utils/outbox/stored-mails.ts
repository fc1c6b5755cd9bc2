import { createMailDatabase, type MailDatabase } from './mail-database.ts';
import { countedMails, listedMails, mailsInLane, readableOnes } from './mail-listing.ts';
import { readRecord } from './mail-record.ts';
import type { MailStore } from './mail-store.ts';
import { createPieceStore, keepFilesOf, wipeFilesOf } from './stored-pieces.ts';
import { beforeInLane } from './turn-in-lane.ts';

// Enough to choose the next from, and not the whole of a large merge.
const CHOICE = 32;

/** The outbox on the disk; its database is made when first needed. */
export function createMailStore(name = 'outbox'): MailStore {
  const database = createMailDatabase(name);
  return {
    ...singleMails(database),
    ...lanes(database),
    ...manyMails(database),
    ...createPieceStore(database),
  };
}

function singleMails(
  database: MailDatabase,
): Pick<MailStore, 'add' | 'find' | 'change' | 'remove'> {
  return {
    add: ({ record, content }) =>
      database.write(async (tables) => {
        await tables.mails.add(record);
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
        await mails.put(record);
        if (keepFiles) await keepFilesOf(tables, id, keepFiles);
        if (content === null) {
          await contents.delete(id);
          await wipeFilesOf(tables, id);
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
        return true;
      }),
  };
}

function lanes(
  database: MailDatabase,
): Pick<MailStore, 'lanes' | 'waiting' | 'nextDue' | 'wakeAt' | 'heldUntil' | 'release'> {
  return {
    lanes: () =>
      database.read(async (tables) => {
        const found: string[] = [];
        const index = tables.transaction('mails').store.index('lane');
        for (
          let cursor = await index.openKeyCursor(null, 'nextunique');
          cursor;
          cursor = await cursor.continue()
        ) {
          found.push(cursor.key);
        }
        return found;
      }),
    waiting: (lane) =>
      database.read(async (tables) =>
        readableOnes(await tables.getAllFromIndex('mails', 'lane', lane)).filter(
          ({ dueAt }) => dueAt === null,
        ),
      ),
    nextDue: async (lane, now, except) => {
      const due = await database.read((tables) =>
        mailsInLane(tables, { lane, until: now, except, most: CHOICE }),
      );
      return due.sort(beforeInLane)[0] ?? null;
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
  };
}

function manyMails(
  database: MailDatabase,
): Pick<MailStore, 'list' | 'stock' | 'prune' | 'removeAccount' | 'clear'> {
  return {
    list: (receipts) => database.read((tables) => listedMails(tables, receipts)),
    stock: () => database.read(countedMails),
    async prune(sentBefore) {
      const old = IDBKeyRange.upperBound(sentBefore, true);
      // Nearly always there is nothing to do, and a strict write waits for the disk.
      const any = await database.read((tables) => tables.countFromIndex('mails', 'sent-at', old));
      if (any === 0) return;
      await database.write(async ({ mails }) => {
        for (const id of await mails.index('sent-at').getAllKeys(old)) await mails.delete(id);
      });
    },
    removeAccount: (accountId) =>
      database.write(async (tables) => {
        const { mails, contents, holds } = tables;
        for (const id of await mails.index('account').getAllKeys(accountId)) {
          await mails.delete(id);
          await contents.delete(id);
          await wipeFilesOf(tables, id);
        }
        await holds.delete(accountId);
      }),
    clear: () =>
      database.write(async ({ mails, contents, holds, files, pieces }) => {
        await mails.clear();
        await contents.clear();
        await holds.clear();
        await files.clear();
        await pieces.clear();
      }),
  };
}
