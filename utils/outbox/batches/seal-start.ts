import type { AccountView } from '../../accounts/accounts.ts';
import type { EpochMs } from '../../platform/platform.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { fileOwner } from '../delivery/ready-mail.ts';
import { copyFiles } from '../files/copy-files.ts';
import { madeQueued } from '../queue-mail.ts';
import { sealContent, type MailContent } from '../sealed-mail.ts';
import type { MailRecord } from '../store/mail-record.ts';
import type { StoredMail } from '../store/mail-store.ts';
import { sealBatch } from './batch-record.ts';
import type { BatchStart } from './batch-store.ts';
import type { StartMerge } from './merges.ts';

type Files = MailContent['content']['attachments'];

/** One mail of a merge, filled in for its recipient. */
export interface MadeMail {
  readonly id: string;
  readonly content: MailContent;
  readonly sizeBytes: number;
}

/** A merge that is to be stored. */
export interface PlannedMerge {
  readonly start: StartMerge;
  /** Of the draft. */
  readonly record: MailRecord;
  readonly draft: MailContent;
  readonly account: AccountView;
  readonly made: readonly MadeMail[];
  readonly delays: readonly number[];
}

/**
 * Everything that the one transaction stores.
 * @throws OutboxError `no-bytes` when a file that has to be copied for it is not there as a whole
 */
export async function sealStart(deps: Delivery, batch: PlannedMerge): Promise<BatchStart> {
  const { start, draft, account, made } = batch;
  const files = await ownFiles(deps, draft, batch.record);
  const now = deps.clock.now();
  const people = made.map(({ id, content }) => {
    const [to = { name: '', address: '' }] = content.content.to;
    return { mailId: id, ...to };
  });
  return {
    batch: {
      recordVersion: 1,
      id: start.draftId,
      accountId: account.id,
      control: 'running',
      spread: start.spread,
      total: made.length,
      draftRevision: start.revision,
      createdAt: now,
      updatedAt: now,
      sealed: await sealBatch(deps.vault, start.draftId, {
        subject: draft.content.subject,
        people,
      }),
    },
    mails: await sealMails(deps, batch, { files, now }),
    draft: await sealContent(deps.vault, start.draftId, {
      ...withFiles(draft, files),
      mergePlan: start.plan,
    }),
    revision: start.revision,
    files,
  };
}

function sealMails(
  { vault }: Delivery,
  { start, account, made, delays }: PlannedMerge,
  { files, now }: { readonly files: Files; readonly now: EpochMs },
): Promise<StoredMail[]> {
  const sharedFiles = files.map(({ id }) => id);
  return Promise.all(
    made.map(async (mail, index) => ({
      record: recordOf(mail, {
        batchId: start.draftId,
        account,
        now,
        delayMs: delays[index] ?? 0,
      }),
      content: await sealContent(vault, mail.id, {
        ...withFiles(mail.content, files),
        sharedFiles,
      }),
    })),
  );
}

function withFiles(mail: MailContent, attachments: Files): MailContent {
  return { ...mail, content: { ...mail.content, attachments }, sharedFiles: [] };
}

function recordOf(
  { id, sizeBytes }: MadeMail,
  about: {
    readonly batchId: string;
    readonly account: AccountView;
    readonly now: EpochMs;
    readonly delayMs: number;
  },
): StoredMail['record'] {
  const { batchId, account, now, delayMs } = about;
  const record = madeQueued(id, account.id, { sizeBytes, now, departure: { kind: 'at-once' } });
  const freeAt = now + delayMs;
  return { ...record, batchId, dueAt: freeAt, freeAt };
}

/** The draft's files as its own: those of another merge, from which it was taken out, go with that one. */
async function ownFiles(deps: Delivery, draft: MailContent, record: MailRecord): Promise<Files> {
  const { id } = record;
  const ownerOf = (file: Files[number]): string => fileOwner(record, draft, file.id);
  const files = draft.content.attachments;
  const foreign = files.filter((file) => ownerOf(file) !== id);
  const copies = await copyFiles(deps, foreign, { ownerOf, to: id });
  return files.map((file) => copies[foreign.indexOf(file)] ?? file);
}
