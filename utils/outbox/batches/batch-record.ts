import * as z from 'zod/mini';
import { once } from '../../once/once.ts';
import { VaultError, type RecordLabel } from '../../vault/vault.ts';
import type { Seal } from '../sealed-mail.ts';

/**
 * A merge as it lies in IndexedDB: ids, times, counts. Its id is that of the draft which it was
 * started from, so that the draft's files are its files. Each of its mails is a mail record of its
 * own, which names the batch; who they went to is sealed here until the person dismisses the result.
 */
const batchRecord = once(() =>
  z.object({
    recordVersion: z.literal(1),
    id: z.string(),
    accountId: z.string(),
    /** What the person wants of the mails that have not begun. */
    control: z.enum(['running', 'paused', 'cancelled']),
    /** Spread over days with the account's daily limit. */
    spread: z.boolean(),
    total: z.number(),
    createdAt: z.number(),
    updatedAt: z.number(),
    /** The draft's when it became the merge. 0 in records from before it was kept: those have no draft. */
    draftRevision: z._default(z.number(), 0),
    /** Sealed: `BatchContent`. */
    sealed: z.instanceof(Uint8Array<ArrayBuffer>),
  }),
);

/** One merge as it is stored. */
export type BatchRecord = z.infer<ReturnType<typeof batchRecord>>;

/** Null for what can't be read: it is left as it is. */
export function readBatch(stored: unknown): BatchRecord | null {
  const parsed = batchRecord().safeParse(stored);
  return parsed.success ? parsed.data : null;
}

const batchContent = once(() =>
  z.object({
    /** As it was written, with its fields. */
    subject: z.string(),
    /** In the order of the table. */
    people: z.readonly(
      z.array(z.object({ mailId: z.string(), name: z.string(), address: z.string() })),
    ),
  }),
);

/** What of a merge says something about people or content. */
export type BatchContent = z.infer<ReturnType<typeof batchContent>>;

/** By what a batch's content is sealed. */
export function batchLabel(batchId: string): RecordLabel {
  return { kind: 'batch-content', id: batchId, version: 1 };
}

/** Seals who a merge goes to. @throws VaultError */
export function sealBatch(
  vault: Seal,
  batchId: string,
  content: BatchContent,
): Promise<Uint8Array<ArrayBuffer>> {
  return vault.seal(batchLabel(batchId), new TextEncoder().encode(JSON.stringify(content)));
}

/** Opens who a merge goes to. @throws VaultError */
export async function openBatch(vault: Seal, { id, sealed }: BatchRecord): Promise<BatchContent> {
  const clear = new TextDecoder().decode(await vault.open(batchLabel(id), sealed));
  const parsed = batchContent().safeParse(jsonOf(clear));
  // Without a cause: a parser's message may quote what it read.
  if (!parsed.success) throw new VaultError('corrupt');
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
