import type { Delivery } from './delivery.ts';
import { decided, takenBack } from './mail-moves.ts';
import type { MailRecord } from './mail-record.ts';
import type { Outbox } from './outbox.ts';
import { openContent } from './sealed-mail.ts';
import { sentNow } from './timed-moves.ts';
import { VaultError } from '../vault/vault.ts';

/** What a person does with a mail that is not a draft any more. `wake` sends what became due. */
export function createPersonActs(
  deps: Delivery,
  wake: () => void,
): Pick<Outbox, 'retry' | 'backToDraft' | 'decide' | 'dismiss'> {
  const { store, clock } = deps;

  async function step(
    id: string,
    next: (record: MailRecord) => MailRecord | null,
    content?: null,
  ): Promise<MailRecord | null> {
    const record = await store.change(id, (current) => {
      const changed = next(current);
      return changed && { record: changed, ...(content === undefined ? {} : { content }) };
    });
    deps.onChange();
    return record;
  }

  return {
    async retry(id) {
      const record = await step(id, (current) => sentNow(current, clock.now()));
      if (record === null) return false;
      if (record.accountId !== null) await store.release(record.accountId);
      wake();
      return true;
    },
    async backToDraft(id) {
      return (await step(id, (current) => takenBack(current, clock.now()))) !== null;
    },
    async decide(id, decision) {
      const wipe = decision === 'arrived' ? null : undefined;
      const record = await step(id, (current) => decided(current, decision, clock.now()), wipe);
      if (record !== null && decision === 'send-again') wake();
      return record !== null;
    },
    async dismiss(id) {
      const stuck = await cannotBeOpened(deps, id);
      await store.remove(
        id,
        (found) => !found.readable || stuck || found.record.state.kind === 'sent',
      );
      deps.onChange();
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
