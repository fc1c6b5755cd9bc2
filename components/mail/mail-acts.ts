import type { GroupCounts, MailView } from '../../utils/messaging/messaging.ts';
import { assertNever } from '../../utils/result/result.ts';

/** What a person can do about a mail in the outbox. */
export type MailAct =
  | 'open'
  | 'discard'
  | 'undo'
  | 'send-now'
  | 'reschedule'
  | 'take-back'
  | 'edit'
  | 'pause'
  | 'go-on'
  | 'retry'
  | 'sign-in'
  | 'give-right'
  | 'allow-host'
  | 'arrived'
  | 'send-again'
  | 'to-draft'
  | 'dismiss';

const DECISIONS = ['arrived', 'send-again', 'to-draft'] as const;

/** The acts that a mail's state allows, the likeliest first. */
export function actsFor(mail: MailView): readonly MailAct[] {
  const { state } = mail;
  if (mail.unreadable !== null && state.kind !== 'sent') return ['discard'];
  const back: readonly MailAct[] = mail.mayHaveArrived ? DECISIONS : ['edit'];
  switch (state.kind) {
    case 'draft':
      return ['open', 'discard'];
    case 'held':
      return ['undo', 'send-now'];
    case 'scheduled':
      return ['reschedule', 'send-now', 'edit'];
    case 'at-provider':
      return ['take-back'];
    case 'overdue':
      return ['send-now', 'reschedule', 'edit'];
    case 'queued':
    case 'paused':
      return ['edit'];
    case 'locked':
    case 'taking-back':
      return [];
    case 'sending':
      // Once its last bytes may have left, nothing can be taken back.
      if (mail.mayHaveArrived) return [];
      return state.settling ? ['edit'] : ['pause', 'edit'];
    case 'halted':
      return ['go-on', 'edit'];
    case 'retry':
      return ['retry', 'edit'];
    case 'refused':
      return ['retry', ...back];
    case 'waiting-for-sign-in':
      return mail.accountId === null ? back : ['sign-in', ...back];
    case 'waiting-for-right':
      if (mail.accountId === null) return back;
      // Signing in asks for the right to send, and for no other that was never given.
      return [state.rung === 'send' ? 'sign-in' : 'give-right', ...back];
    case 'waiting-for-host':
      return ['allow-host', ...back];
    case 'unconfirmed':
      return DECISIONS;
    case 'sent':
      return ['dismiss'];
    default:
      return assertNever(state);
  }
}

/** Which part of the outbox a mail is in. */
export type MailGroup = keyof GroupCounts;

/** Where a mail belongs by its state, as the worker counts it. */
export function groupOf({ state, unreadable }: MailView): MailGroup {
  switch (state.kind) {
    case 'draft':
      return state.reason === null ? 'drafts' : 'failed';
    case 'sent':
    case 'sending':
      return state.kind;
    case 'held':
    case 'scheduled':
    case 'at-provider':
    case 'taking-back':
    case 'queued':
    case 'locked':
    case 'halted':
    case 'retry':
    case 'paused':
      return 'waiting';
    case 'refused':
      // A record that can't be read at all is shown as refused.
      return unreadable === null ? 'failed' : 'needs-you';
    case 'overdue':
    case 'waiting-for-sign-in':
    case 'waiting-for-host':
    case 'waiting-for-right':
    case 'unconfirmed':
      return 'needs-you';
    default:
      return assertNever(state);
  }
}
