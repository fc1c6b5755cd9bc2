import type { MailRecord } from '../store/mail-record.ts';

/** A mail that failed this often yields to the others. */
const YIELDS_AFTER = 2;

/**
 * Whose turn it is among the mails of an account that are due: first what an ended worker left in
 * the middle, then the others in the order of sending; a mail with setbacks comes last, so that one
 * on which worker after worker ends does not take the others with it. For Array.sort.
 */
export function beforeInLane(a: MailRecord, b: MailRecord): number {
  return turn(a) - turn(b) || (a.queuedAt ?? 0) - (b.queuedAt ?? 0) || (a.id < b.id ? -1 : 1);
}

function turn({ state, failures }: MailRecord): number {
  if (failures > YIELDS_AFTER) return 1 + failures;
  return state.kind === 'sending' ? 0 : 1;
}
