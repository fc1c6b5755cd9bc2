import { sameBytes } from '../../vault/vault.ts';
import { placed } from '../store/mail-groups.ts';
import type { MailDatabase, WritableTables } from '../store/mail-database.ts';
import { readableOnes, readRecord, type MailRecord } from '../store/mail-record.ts';
import { keepFilesOf, wipeFilesWhenDone } from '../files/stored-pieces.ts';
import { mailsIn, wipeMail } from './stored-batch-mails.ts';
import { storedDrafts, wipeDraftWhenDone } from './stored-batch-drafts.ts';
import { readBatch, type BatchRecord } from './batch-record.ts';
import type { BatchChange, BatchStart, BatchStore } from './batch-store.ts';

/** The merges of the outbox on the disk. */
export function createBatchStore(database: MailDatabase): BatchStore {
  return { ...writing(database), ...reading(database), ...storedDrafts(database) };
}

function writing(
  database: MailDatabase,
): Pick<BatchStore, 'startBatch' | 'changeBatch' | 'removeBatch' | 'exchangeBatch'> {
  return {
    startBatch: (start) => database.write((tables) => storeStart(tables, start)),
    changeBatch: (id, step) =>
      database.write(async (tables) => {
        const batch = readBatch(await tables.batches.get(id));
        if (!batch) return null;
        const change = step(batch, await mailsIn(tables, id));
        if (!change) return null;
        await storeChange(tables, change);
        await wipeDraftWhenDone(tables, change.batch);
        await wipeFilesWhenDone(tables, id);
        return change.batch;
      }),
    removeBatch: (id, when) =>
      database.write(async (tables) => {
        // Under the id of a draft there are content and files as well: they are not a result's.
        if ((await tables.batches.count(id)) === 0) return false;
        const mails = await mailsIn(tables, id);
        if (!when(mails)) return false;
        for (const mail of mails) {
          // What the person took out stays theirs, with the files that it names.
          if (!mail.apart || mail.state.kind === 'sent') await wipeMail(tables, mail.id);
        }
        await tables.batches.delete(id);
        await tables.contents.delete(id);
        await wipeFilesWhenDone(tables, id);
        return true;
      }),
    exchangeBatch: (id, before, after) =>
      database.write(async ({ batches }) => {
        const batch = readBatch(await batches.get(id));
        if (batch && sameBytes(batch.sealed, before))
          await batches.put({ ...batch, sealed: after });
      }),
  };
}

function reading(
  database: MailDatabase,
): Pick<
  BatchStore,
  | 'findBatch'
  | 'batches'
  | 'countBatches'
  | 'mailsOfBatch'
  | 'unsentOfBatch'
  | 'batchMailsInState'
  | 'sendsOf'
> {
  return {
    findBatch: (id) => database.read(async (tables) => readBatch(await tables.get('batches', id))),
    countBatches: () => database.read((tables) => tables.count('batches')),
    batches: () =>
      database.read(async (tables) =>
        (await tables.getAll('batches')).flatMap((stored) => readBatch(stored) ?? []),
      ),
    mailsOfBatch: (id) =>
      database.read(async (tables) =>
        readableOnes(await tables.getAllFromIndex('mails', 'batch', id)),
      ),
    unsentOfBatch: (id) =>
      database.read(async (tables) => {
        const [all, sent] = await Promise.all([
          tables.countFromIndex('mails', 'batch', id),
          tables.countFromIndex('mails', 'batch-state', [id, 'sent']),
        ]);
        return all - sent;
      }),
    batchMailsInState: (id, kinds) =>
      database.read(async (tables) => {
        const each = await Promise.all(
          kinds.map((kind) => tables.getAllFromIndex('mails', 'batch-state', [id, kind])),
        );
        return readableOnes(each.flat());
      }),
    sendsOf: (accountId, since) =>
      database.read(async (tables) => {
        const recent = await tables.getAllFromIndex(
          'mails',
          'sent-at',
          IDBKeyRange.lowerBound(since),
        );
        const sent = recent.filter((mail) => mail.accountId === accountId).length;
        return sent + (await tables.countFromIndex('mails', 'lane', accountId));
      }),
  };
}

async function storeStart(
  tables: WritableTables,
  { batch, mails, draft, revision, files }: BatchStart,
): Promise<'started' | 'changed' | 'gone'> {
  const found = readRecord(await tables.mails.get(batch.id));
  if (!found.readable || found.record.state.kind !== 'draft') return 'gone';
  if (found.record.revision !== revision) return 'changed';
  await keepFilesOf(tables, batch.id, files);
  await tables.mails.delete(batch.id);
  const { batchId } = found.record;
  if (batchId !== null) await wipeFilesWhenDone(tables, batchId);
  await tables.contents.put(draft, batch.id);
  await tables.batches.add(batch);
  // Asked for one after the other without waiting: the transaction waits for all of them.
  await Promise.all(
    mails.flatMap(({ record, content }) => [
      tables.mails.add(placed(record)),
      ...(content ? [tables.contents.add(content, record.id)] : []),
    ]),
  );
  return 'started';
}

async function storeChange(
  tables: WritableTables,
  { batch, mails, contents }: BatchChange,
): Promise<void> {
  await tables.batches.put(batch);
  await Promise.all(
    [...mails].map(([id, mail]) =>
      mail === null ? wipeMail(tables, id) : tables.mails.put(placed(mail)),
    ),
  );
  for (const [id, sealed] of contents ?? []) {
    await (sealed === null ? tables.contents.delete(id) : tables.contents.put(sealed, id));
  }
}

/** Wipes the merges of an account; their mails are wiped as the account's, and files when nobody needs them. */
export async function wipeBatchesOf(tables: WritableTables, accountId: string): Promise<void> {
  for (const id of await tables.batches.index('account').getAllKeys(accountId)) {
    await tables.batches.delete(id);
    await tables.contents.delete(id);
  }
}

/** Whether a merge still has its result to show: then its receipts are kept with it. */
export function belongsToBatch(mail: MailRecord, batches: ReadonlySet<BatchRecord['id']>): boolean {
  return mail.batchId !== null && batches.has(mail.batchId);
}
