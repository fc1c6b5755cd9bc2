import { reading, type EpochMs } from '../../platform/platform.ts';
import { readBatch } from '../batches/batch-record.ts';
import { readFileRecord } from '../files/file-record.ts';
import type { MailTables } from './mail-database.ts';
import { readRecord } from './mail-record.ts';
import type { MailStock } from './mail-store.ts';

/** What there is, counted. Records that can't be read count as mails. */
export async function countedMails(tables: MailTables): Promise<readonly MailStock[]> {
  const transaction = reading(tables, 'mails', 'contents', 'files', 'batches');
  const stock: Record<MailStock['kind'], MailStock[]> = {
    drafts: [],
    mails: [],
    receipts: [],
    files: [],
    merges: [],
  };
  for (const stored of await transaction.objectStore('mails').getAll()) {
    const found = readRecord(stored);
    const state = found.readable ? found.record.state.kind : 'queued';
    const kind = state === 'draft' ? 'drafts' : state === 'sent' ? 'receipts' : 'mails';
    const content = await transaction.objectStore('contents').get(stored.id);
    const sizeBytes = content?.byteLength ?? 0;
    const oldestAt = found.readable ? found.record.createdAt : null;
    stock[kind].push({ kind, count: 1, sizeBytes, oldestAt });
  }
  for (const stored of await transaction.objectStore('files').getAll()) {
    const { sizeBytes = 0, createdAt = null } = readFileRecord(stored) ?? {};
    stock.files.push({ kind: 'files', count: 1, sizeBytes, oldestAt: createdAt });
  }
  for (const stored of await transaction.objectStore('batches').getAll()) {
    const { sealed, createdAt = null } = readBatch(stored) ?? {};
    const draft = await transaction.objectStore('contents').get(stored.id);
    const sizeBytes = (sealed?.byteLength ?? 0) + (draft?.byteLength ?? 0);
    stock.merges.push({ kind: 'merges', count: 1, sizeBytes, oldestAt: createdAt });
  }
  return Object.entries(stock).map(([kind, each]) => ({
    kind: kind as MailStock['kind'],
    count: each.length,
    sizeBytes: each.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    oldestAt: each.reduce<EpochMs | null>(
      (oldest, { oldestAt }) =>
        oldestAt === null ? oldest : Math.min(oldest ?? oldestAt, oldestAt),
      null,
    ),
  }));
}
