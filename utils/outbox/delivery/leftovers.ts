import type { Delivery } from './delivery.ts';
import { handleOf } from './handle-of.ts';
import { certainlyNotSent } from '../moves/mail-moves.ts';
import type { MailRecord } from '../store/mail-record.ts';

/**
 * Clears away what attempts have left in the person's mailbox, of mails that were taken back or
 * wiped, as they were before. Called after that is stored, so nothing goes on from there any more.
 *
 * It is a courtesy: what fails is reported and changes nothing, and what a worker that ends now
 * leaves there stays a draft that nobody sends. It never rejects.
 */
export async function clearLeftovers(deps: Delivery, before: readonly MailRecord[]): Promise<void> {
  for (const record of before) {
    try {
      await clearLeftover(deps, record);
    } catch (error) {
      deps.log.report('outbox', error);
    }
  }
}

async function clearLeftover(deps: Delivery, record: MailRecord): Promise<void> {
  const { accountId, earlier } = record;
  if (accountId === null || !earlier?.handle || !certainlyNotSent(record)) return;
  const account = await deps.accounts.get(accountId);
  const provider = account && deps.accounts.provider(account.providerId);
  if (!provider?.abandon) return;
  const handle = await handleOf(deps, record);
  if (handle === null) return;
  await provider.abandon(accountId, handle, {
    token: ({ rung = 'send', rejected = false } = {}) =>
      deps.accounts.token(accountId, rung, { rejected }),
    // Each call has its own end in time.
    signal: new AbortController().signal,
  });
}
