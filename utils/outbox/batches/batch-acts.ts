import { addressKey } from '../../mail/mail.ts';
import { planDays } from '../../merge/merge.ts';
import { VaultError } from '../../vault/vault.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Merges } from './merges.ts';
import { alarmFirst, type QueueParts } from '../delivery/alarm-first.ts';
import { clearLeftovers } from '../delivery/leftovers.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { cancelling, decidingAll, dropping, isOver, pausing, resuming } from './batch-moves.ts';
import { createWayBack } from './back-to-draft.ts';
import { openBatch, type BatchRecord } from './batch-record.ts';
import type { BatchStep } from './batch-store.ts';
import { countNeedingPerson, listBatches, showBatch } from './batch-views.ts';
import { retryRejected } from './retry-rejected.ts';
import { sendTest } from './send-test.ts';
import { roomToday, startBatch } from './start-batch.ts';

/** What a person does with merges. `wake` sends what became due, and sets the alarm for the rest. */
export function createMerges(parts: QueueParts, wake: () => void): Omit<Merges, 'unfinished'> {
  const { deps } = parts;

  async function waking<T>(act: Promise<T>): Promise<T> {
    const outcome = await act;
    deps.onChange();
    wake();
    return outcome;
  }
  const step = (id: string, next: BatchStep): Promise<boolean> => waking(takeStep(parts, id, next));

  return {
    start: (start) => waking(startBatch(parts, start)),
    test: (test) => waking(sendTest(parts, test)),
    list: () => listBatches(deps),
    needingPerson: () => countNeedingPerson(deps),
    show: (id) => showBatch(deps, id),
    pause: (id) => step(id, pausing(deps.clock.now())),
    async resume(id) {
      const delayOf = await planAnew(deps, await deps.store.findBatch(id));
      return step(id, resuming(deps.clock.now(), delayOf));
    },
    cancel: (id) => step(id, cancelling(deps.clock.now())),
    ...createWayBack(parts, wake),
    retryRejected: async (id) => (await waking(retryRejected(parts, id))) > 0,
    decideAll: (id, decision) => step(id, decidingAll(decision, deps.clock.now())),
    async dismiss(id) {
      const removed = await deps.store.removeBatch(id, isOver);
      deps.onChange();
      return removed;
    },
    async drop(addresses) {
      const keys = new Set(addresses.map(addressKey));
      for (const batch of await deps.store.batches()) {
        const ids = await mailsTo(deps, batch, keys);
        if (ids.size > 0) await step(batch.id, dropping(ids, deps.clock.now()));
      }
    },
  };
}

/** Any change may make something due, so the alarm that wakes a worker for it is set first. */
async function takeStep(parts: QueueParts, id: string, next: BatchStep): Promise<boolean> {
  const { deps } = parts;
  let wiped: readonly MailRecord[] = [];
  const done = await alarmFirst(parts, () =>
    deps.store.changeBatch(id, (batch, mails) => {
      const change = next(batch, mails);
      wiped = mails.filter((mail) => change?.mails.get(mail.id) === null);
      return change;
    }),
  );
  if (done !== null) void clearLeftovers(deps, wiped);
  return done !== null;
}

/** How the rest of a merge is spread when it goes on: from today's room, as if it began now. */
async function planAnew(
  deps: Delivery,
  batch: BatchRecord | null,
): Promise<(nth: number) => number> {
  const account = batch?.spread ? await deps.accounts.get(batch.accountId) : null;
  const provider = account && deps.accounts.provider(account.providerId);
  const room = account && provider ? await roomToday(deps, account, provider.declaration) : null;
  if (!batch || !room) return () => 0;
  const delays = planDays(batch.total, room);
  return (nth) => delays[nth] ?? 0;
}

async function mailsTo(
  deps: Delivery,
  batch: BatchRecord,
  keys: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  try {
    const { people } = await openBatch(deps.vault, batch);
    return new Set(
      people.filter(({ address }) => keys.has(addressKey(address))).map(({ mailId }) => mailId),
    );
  } catch (error) {
    // A merge that can't be opened can't be sent either.
    if (!(error instanceof VaultError)) throw error;
    deps.log.report('outbox', error);
    return new Set();
  }
}
