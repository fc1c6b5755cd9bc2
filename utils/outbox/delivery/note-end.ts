import type { StoredHealth } from '../../accounts/accounts.ts';
import type {
  CancelOutcome,
  ScheduleOutcome,
  ScheduleSettled,
  SendOutcome,
  Settled,
} from '../../providers/providers.ts';
import type { Delivery, MailEvent } from './delivery.ts';
import type { ReadyMail } from './ready-mail.ts';

type Ending =
  | SendOutcome
  | ScheduleOutcome
  | CancelOutcome
  | Exclude<Settled | ScheduleSettled, { kind: 'resume' }>;

/**
 * Tells accounts and the activity log how an attempt ended, after it was stored. What goes wrong
 * here is reported and changes nothing for the mail.
 */
export async function noteEnd(deps: Delivery, mail: ReadyMail, ending: Ending): Promise<void> {
  const event = eventOf(ending);
  if (event) {
    const since = mail.record.freeAt ?? mail.record.queuedAt;
    // What the provider sends by its own clock may have left a moment before its hour by ours.
    const durationMs = since === null ? null : Math.max(0, deps.clock.now() - since);
    deps.recordEvent({ ...event, accountId: mail.accountId, durationMs });
  }
  try {
    if (ending.kind === 'sent') await deps.accounts.markUsed(mail.accountId);
    const health = healthOf(ending);
    if (health && !(health.kind === 'works' && mail.account.health.kind === 'works')) {
      await deps.accounts.noteHealth(mail.accountId, health);
    }
  } catch (error) {
    deps.log.report('outbox', error);
  }
}

function healthOf(ending: Ending): StoredHealth | null {
  switch (ending.kind) {
    case 'sent':
      return { kind: 'works' };
    case 'needs-sign-in':
      return { kind: 'needs-sign-in', why: ending.why };
    case 'refused':
      return { kind: 'refused', code: ending.code, detail: ending.detail };
    default:
      return null;
  }
}

function eventOf(ending: Ending): Pick<MailEvent, 'kind' | 'code'> | null {
  switch (ending.kind) {
    case 'sent':
      return { kind: 'mail-sent', code: null };
    case 'rejected':
      return { kind: 'mail-rejected', code: ending.code };
    case 'unknowable':
      return { kind: 'mail-unconfirmed', code: null };
    case 'needs-sign-in':
      return { kind: 'mail-waits', code: ending.why };
    case 'needs-host':
    case 'missing-right':
    case 'refused':
      return { kind: 'mail-waits', code: ending.kind };
    default:
      return null;
  }
}
