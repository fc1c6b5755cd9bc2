import { alarmFirst, type QueueParts } from './delivery/alarm-first.ts';
import type { Delivery } from './delivery/delivery.ts';
import { takingBack } from './moves/handed-over-moves.ts';
import { clearLeftovers } from './delivery/leftovers.ts';
import { decided, halted, takenBack } from './moves/mail-moves.ts';
import type { MailRecord } from './store/mail-record.ts';
import type { Outbox } from './outbox.ts';
import { openContent } from './sealed-mail.ts';
import { sentNow } from './moves/timed-moves.ts';
import { VaultError } from '../vault/vault.ts';

/** Takes a step and stores it; null when it is not allowed. */
type Step = (
  id: string,
  next: (record: MailRecord) => MailRecord | null,
  content?: null,
) => Promise<MailRecord | null>;

/** What a person does with a mail that is not a draft any more. `wake` sends what became due. */
export function createPersonActs(
  parts: QueueParts,
  wake: () => void,
): Pick<Outbox, 'retry' | 'pause' | 'backToDraft' | 'decide' | 'dismiss'> {
  const { deps } = parts;
  const { store, clock } = deps;

  const step: Step = async (id, next, content) => {
    const record = await alarmFirst(parts, () =>
      store.change(id, (current) => {
        const changed = next(current);
        return changed && { record: changed, ...(content === undefined ? {} : { content }) };
      }),
    );
    deps.onChange();
    return record;
  };

  return {
    async retry(id) {
      const record = await step(id, (current) => sentNow(current, clock.now()));
      if (record !== null && record.accountId !== null) await store.release(record.accountId);
      wake();
      return record !== null;
    },
    ...stoppingActs({ deps, wake }, step),
    async decide(id, decision) {
      const wipe = decision === 'arrived' ? null : undefined;
      const record = await step(id, (current) => decided(current, decision, clock.now()), wipe);
      wake();
      return record !== null;
    },
    dismiss: (id) => dismissMail(deps, id),
  };
}

async function dismissMail(deps: Delivery, id: string): Promise<void> {
  const stuck = await cannotBeOpened(deps, id);
  await deps.store.remove(
    id,
    (found) => !found.readable || stuck || found.record.state.kind === 'sent',
  );
  deps.onChange();
}

/** First it is written down, then stopped: what is stopped must know that it is not to go on. */
function stoppingActs(
  { deps, wake }: { readonly deps: Delivery; readonly wake: () => void },
  step: Step,
): Pick<Outbox, 'pause' | 'backToDraft'> {
  const { clock, inFlight } = deps;
  return {
    async pause(id) {
      const acknowledgedBytes = inFlight.acknowledgedBytes(id);
      const record = await step(id, (current) =>
        halted(current, { now: clock.now(), acknowledgedBytes }),
      );
      if (record !== null) inFlight.stopMail(id);
      return record !== null;
    },
    async backToDraft(id) {
      const now = clock.now();
      const before: MailRecord[] = [];
      const record = await step(id, (current) => {
        before.splice(0, 1, current);
        return takingBack(current, now) ?? takenBack(current, now);
      });
      if (record?.state.kind === 'draft') {
        inFlight.stopMail(id);
        void clearLeftovers(deps, before);
      }
      wake();
      return record !== null;
    },
  };
}

/** True for a mail whose content nobody will ever open here: the person may remove it. */
async function cannotBeOpened(deps: Delivery, id: string): Promise<boolean> {
  const stored = await deps.store.find(id);
  if (!stored?.content) return false;
  try {
    await openContent(deps.vault, id, stored.content);
    return false;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return error.code === 'wrong-key' || error.code === 'corrupt';
  }
}
