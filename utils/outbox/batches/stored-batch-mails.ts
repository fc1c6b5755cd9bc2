import { wipeFilesOf } from '../files/stored-pieces.ts';
import type { WritableTables } from '../store/mail-database.ts';
import { readableOnes, type MailRecord } from '../store/mail-record.ts';

/** The mails of a merge that are there and can be read, in no order. */
export async function mailsIn({ mails }: WritableTables, batchId: string): Promise<MailRecord[]> {
  return readableOnes(await mails.index('batch').getAll(batchId));
}

/** Wipes a mail with its content and its files. */
export async function wipeMail(tables: WritableTables, id: string): Promise<void> {
  await tables.mails.delete(id);
  await tables.contents.delete(id);
  await wipeFilesOf(tables, id);
}
