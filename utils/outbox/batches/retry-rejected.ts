import type { Delivery } from '../delivery/delivery.ts';
import { queued } from '../moves/mail-moves.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { prepared } from '../look-over.ts';
import { alarmFirst, type QueueParts } from '../delivery/alarm-first.ts';
import { openContent, sealContent } from '../sealed-mail.ts';
import { goingAgain, isRejected } from './batch-moves.ts';

/**
 * Queues what the provider refused once more, as new mails with ids of their own: a refusal is proof
 * that nothing arrived. Those of a paused merge go with the others of it. How many; 0 when there is no such merge or none was refused.
 */
export async function retryRejected(parts: QueueParts, batchId: string): Promise<number> {
  const { deps } = parts;
  const batch = await deps.store.findBatch(batchId);
  if (batch === null) return 0;
  const anew = new Map<string, Anew>();
  for (const mail of await deps.store.mailsOfBatch(batchId)) {
    const made = isRejected(mail) ? await makeAnew(deps, mail) : null;
    if (made) anew.set(mail.id, made);
  }
  if (anew.size === 0) return 0;
  return alarmFirst(parts, async () => {
    const now = deps.clock.now();
    let count = 0;
    await deps.store.changeBatch(batchId, (current, mails) => {
      const again: MailRecord[] = [];
      const contents = new Map<string, Uint8Array<ArrayBuffer>>();
      for (const mail of mails) {
        const made = anew.get(mail.id);
        if (!made || !isRejected(mail) || mail.revision !== made.revision) continue;
        const { sizeBytes, content } = made;
        const next = queued(mail, { sizeBytes, now, departure: { kind: 'at-once' } });
        if (!next) continue;
        again.push(next);
        contents.set(mail.id, content);
      }
      count = again.length;
      return count === 0 ? null : { ...goingAgain(current, again, now), contents };
    });
    return count;
  });
}

interface Anew {
  readonly revision: number;
  readonly sizeBytes: number;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** Null when it can't be sent as it is; it stays where it is, with its reason. */
async function makeAnew(
  deps: Delivery,
  { id, accountId, revision }: MailRecord,
): Promise<Anew | null> {
  const stored = await deps.store.find(id);
  if (!stored?.content) return null;
  const mail = await openContent(deps.vault, id, stored.content);
  const ready = await prepared(deps, accountId, mail);
  if (ready.kind !== 'ready') return null;
  const { fixed, sizeBytes } = ready;
  const content = await sealContent(deps.vault, id, { ...mail, rejection: null, fixed });
  return { revision, sizeBytes, content };
}
