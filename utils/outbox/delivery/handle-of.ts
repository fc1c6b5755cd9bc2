import type { ResumeHandle } from '../../providers/providers.ts';
import { VaultError } from '../../vault/vault.ts';
import type { Delivery } from './delivery.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { openHandle } from '../sealed-mail.ts';

/** The handle of the earlier attempt; null when none was written down, or when it can't be opened any more. */
export async function handleOf(deps: Delivery, record: MailRecord): Promise<ResumeHandle | null> {
  const { earlier, id } = record;
  if (!earlier?.handle) return null;
  try {
    const of = { mailId: id, attempt: earlier.attempt };
    return await openHandle(deps.vault, of, earlier.handle);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    if (error.code === 'locked' || error.code === 'storage') throw error;
    deps.log.report('outbox', error);
    return null;
  }
}
