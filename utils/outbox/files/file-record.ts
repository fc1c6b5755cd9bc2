import * as z from 'zod/mini';
import { once } from '../../once/once.ts';
import type { EpochMs } from '../../platform/platform.ts';

/** A file of a mail as it lies in IndexedDB: ids, size and times. Its name and type lie in the mail's sealed content. */
const fileRecord = once(() =>
  z.object({
    recordVersion: z.literal(1),
    id: z.string(),
    /** The mail that it belongs to. */
    mailId: z.string(),
    /** Of the file itself, in clear. */
    sizeBytes: z.number(),
    /** Every piece is stored. Only then may a mail be sent with it. */
    complete: z.boolean(),
    createdAt: z.number(),
    /** When its last piece came. */
    touchedAt: z.number(),
  }),
);

/** A file of a mail, without its bytes. */
export type FileRecord = z.infer<ReturnType<typeof fileRecord>>;

/** Null for what can't be read: it is left as it is. */
export function readFileRecord(stored: unknown): FileRecord | null {
  const parsed = fileRecord().safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** A file of which nothing has come yet. */
export function newFile(
  file: Pick<FileRecord, 'id' | 'mailId' | 'sizeBytes'>,
  now: EpochMs,
): FileRecord {
  const { id, mailId, sizeBytes } = file;
  return {
    recordVersion: 1,
    id,
    mailId,
    sizeBytes,
    complete: false,
    createdAt: now,
    touchedAt: now,
  };
}
