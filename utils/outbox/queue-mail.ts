import { alarmFirst, type QueueParts } from './delivery/alarm-first.ts';
import type { Delivery } from './delivery/delivery.ts';
import type { Departure } from './delivery/departure.ts';
import { prepared } from './look-over.ts';
import { queued } from './moves/mail-moves.ts';
import { draftRecord, type MailRecord } from './store/mail-record.ts';
import type { Change, StoredMail } from './store/mail-store.ts';
import { OutboxError } from './outbox-error.ts';
import type { QueueOutcome } from './outbox.ts';
import { fileOwner } from './delivery/ready-mail.ts';
import { openContent, sealContent, type MailContent } from './sealed-mail.ts';

/** Fixes sender, ids and content of a draft as it was last saved, and queues it once. */
export async function queueMail(
  parts: QueueParts,
  id: string,
  departure: Departure,
): Promise<QueueOutcome> {
  const { deps } = parts;
  for (;;) {
    const stored = await deps.store.find(id);
    if (!stored) return { kind: 'gone' };
    const { record } = stored;
    if (record.state.kind !== 'draft' || !stored.content) return { kind: 'already-queued' };
    const mail = await openContent(deps.vault, id, stored.content);
    const ready = await prepared(deps, record.accountId, mail);
    if (ready.kind !== 'ready') return ready;
    const { fixed, sizeBytes } = ready;
    if (!(await haveBytes(deps, record, mail))) return NO_BYTES;
    const content = await sealContent(deps.vault, id, {
      ...mail,
      alsoFound: '',
      mergePlan: '',
      rejection: null,
      fixed,
    });
    const going = { sizeBytes, departure };
    const keepFiles = mail.content.attachments.filter(
      (file) => fileOwner(record, mail, file.id) === id,
    );
    const outcome = await commit(parts, { record, content, keepFiles }, going);
    // Another window saved in between: what it saved is the draft as it was last saved.
    if (outcome.kind !== 'changed') return outcome;
  }
}

/** A file of it is not there as a whole. */
export const NO_BYTES: QueueOutcome = { kind: 'problems', problems: ['attachments: no-bytes'] };

/** What the work gives; `noBytes` when a file that it needs is not there as a whole. */
export async function orNoBytes<T>(noBytes: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OutboxError) || error.code !== 'no-bytes') throw error;
    return noBytes;
  }
}

/** The first record of a mail that is made to be sent. */
export function madeQueued(
  id: string,
  accountId: string,
  going: Parameters<typeof queued>[1],
): MailRecord {
  const record = queued(draftRecord(id, accountId, going.now), going);
  // A draft with an account can always be queued.
  if (record === null) throw new OutboxError('storage');
  return record;
}

/** Looked at before anything is set going; the transaction looks again. */
async function haveBytes(
  { store }: Delivery,
  record: MailRecord,
  mail: MailContent,
): Promise<boolean> {
  for (const { id: fileId, sizeBytes } of mail.content.attachments) {
    const file = await store.findFile({ mailId: fileOwner(record, mail, fileId), fileId });
    if (file?.complete !== true || file.sizeBytes !== sizeBytes) return false;
  }
  return true;
}

/** One transaction, after the alarm is set that will wake the worker for the mail. */
async function commit(
  parts: QueueParts,
  { record: seen, ...kept }: StoredMail & Pick<Change, 'keepFiles'>,
  going: { readonly sizeBytes: number; readonly departure: Departure },
): Promise<QueueOutcome | { readonly kind: 'changed' }> {
  const { id, revision } = seen;
  const { deps } = parts;
  const change = async (): Promise<QueueOutcome | { readonly kind: 'changed' }> => {
    let outcome: QueueOutcome | { readonly kind: 'changed' } = { kind: 'gone' };
    await deps.store.change(id, (current) => {
      const record = queued(current, { ...going, now: deps.clock.now() });
      outcome = { kind: 'already-queued' };
      if (record === null) return null;
      outcome = { kind: 'changed' };
      if (current.revision !== revision) return null;
      outcome = departed(record);
      return { record, ...kept };
    });
    return outcome;
  };
  return alarmFirst(parts, () => orNoBytes(NO_BYTES, change));
}

/** How a mail that was just queued goes. */
export function departed({ state, schedule }: MailRecord): QueueOutcome {
  if (state.kind === 'held') return { kind: 'held', until: state.until };
  return schedule === null ? { kind: 'queued' } : { kind: 'scheduled', at: schedule.at };
}
