import type { AccountView } from '../../accounts/accounts.ts';
import { sameAddress } from '../../mail/mail.ts';
import type {
  EarlierAttempt,
  HeldMail,
  ScheduleOutcome,
  ScheduleSettled,
  SendContext,
  SendJob,
  SendOutcome,
  ServerSchedule,
  Settled,
} from '../../providers/providers.ts';
import type { Delivery } from './delivery.ts';
import { afterCancel } from '../moves/handed-over-moves.ts';
import { handleOf } from './handle-of.ts';
import { noteEnd } from './note-end.ts';
import type { ReadyMail } from './ready-mail.ts';
import { retryDelayMs } from './retry-schedule.ts';
import { sendContext } from './send-context.ts';

/** Mails that the provider sends at their hour: which way each call of delivery goes. */

/**
 * Sends, or hands over what the provider is to send later. A mail that can't be handed over any more
 * (the right is gone, or it is from a shared mailbox) is never sent instead: its hour has not come.
 */
export function sendOrHandOver(
  { provider, account, record, content }: ReadyMail,
  job: SendJob,
  context: SendContext,
): Promise<SendOutcome | ScheduleOutcome> {
  const { scheduling } = provider;
  if (record.schedule?.by !== 'provider') return provider.send(job, context);
  if (!scheduling || !canHandOver(scheduling, account, content.content.fromAlias)) {
    return Promise.resolve({ kind: 'too-soon' });
  }
  return scheduling.schedule(job, { sendAt: record.schedule.at }, context);
}

/** Whether the provider can be given a mail of this account to send later, from this other sender of it. */
export function canHandOver(
  { rung, takesSharedMailboxes }: ServerSchedule,
  { grantedRungs, otherSenders }: Pick<AccountView, 'grantedRungs' | 'otherSenders'>,
  fromAlias: string | null,
): boolean {
  if (!grantedRungs.includes(rung)) return false;
  if (takesSharedMailboxes || fromAlias === null) return true;
  const noted = otherSenders.find(({ address }) => sameAddress(address, fromAlias));
  // Taken off the account since: it may have been either.
  return noted?.kind === 'alias';
}

/** Asks what became of an attempt, or of a mail that was handed over. */
export function settleEither(
  { provider, record }: ReadyMail,
  about: { readonly job: SendJob; readonly earlier: EarlierAttempt },
  context: SendContext,
): Promise<Settled | ScheduleSettled> {
  const { job, earlier } = about;
  const held = heldMail(record, earlier);
  if (!provider.scheduling || held === null) return provider.settle(job, earlier, context);
  return provider.scheduling.settle(job, held, context);
}

/** Takes a mail back that was handed over. The worker may end anywhere: asking twice is safe. */
export async function takeBack(deps: Delivery, mail: ReadyMail): Promise<void> {
  const { record, provider } = mail;
  const { scheduling } = provider;
  const handle = await handleOf(deps, record);
  const finalSliceAt = record.earlier?.finalSliceAt ?? null;
  const held = heldMail(record, { handle, finalSliceAt, setbacks: record.failures });
  if (!scheduling || held === null || record.dateAt === null) return;
  const context = sendContext(deps, { mail, attempt: record.attempts, resume: null });
  try {
    const outcome = await scheduling.cancel(mail.jobAt(record.dateAt), held, context);
    const now = deps.clock.now();
    const asked =
      outcome.kind === 'ask-again' ? outcome : ({ reason: 'network', retryAfterMs: null } as const);
    const setback = { ...asked, failures: record.failures + 1 };
    const delayMs = retryDelayMs(setback, deps.random.fraction());
    const stored = await deps.store.change(record.id, (current) => {
      const next = afterCancel(current, { outcome, delayMs, now });
      if (next === null) return null;
      return outcome.kind === 'sent' ? { record: next, content: null } : { record: next };
    });
    if (stored !== null) await noteEnd(deps, mail, outcome);
  } finally {
    deps.inFlight.end(record.id, context.signal);
  }
}

function heldMail({ schedule }: ReadyMail['record'], earlier: EarlierAttempt): HeldMail | null {
  if (schedule?.by !== 'provider') return null;
  return { sendAt: schedule.at, earlier, confirmed: schedule.confirmed };
}
