import type { EpochMs } from '../../platform/platform.ts';
import type { Delivery } from './delivery.ts';
import { waitingLike } from '../moves/mail-moves.ts';
import type { MailRecord, StoredState } from '../store/mail-record.ts';

/** So many mails in a row that wait for the same are about the account, and not about one of them. */
const IN_A_ROW = 3;

/**
 * What the mails of an account ran into, one after the other, in one run of its lane. A merge of
 * thousands must not ask a provider thousands of times what it has just refused: that might cost a
 * sender who was stopped the account.
 */
export interface Wall {
  /** Null when the last mail did not wait for anything of the account's. */
  readonly state: StoredState | null;
  readonly times: number;
}

/** Nothing is known at first: the first mails of each run ask. */
export const NO_WALL: Wall = { state: null, times: 0 };

/** What is known after a mail was worked on. */
export async function wallAfter(
  { store }: Pick<Delivery, 'store'>,
  before: Wall,
  mailId: string,
): Promise<Wall> {
  const found = await store.record(mailId);
  if (found?.readable !== true) return NO_WALL;
  const { state } = found.record;
  if (state.kind !== 'waiting-for-sign-in' && state.kind !== 'refused') return NO_WALL;
  const again = JSON.stringify(state) === JSON.stringify(before.state);
  return { state, times: again ? before.times + 1 : 1 };
}

/** True when the mail would run into the same: then it waits as the others do. */
export async function stoppedBy(
  deps: Pick<Delivery, 'store' | 'onChange'>,
  { state, times }: Wall,
  mail: { readonly record: MailRecord; readonly now: EpochMs },
): Promise<boolean> {
  if (state === null || times < IN_A_ROW) return false;
  const stored = await deps.store.change(mail.record.id, (current) => {
    const next = waitingLike(current, state, mail.now);
    return next && { record: next };
  });
  if (stored !== null) deps.onChange();
  return stored !== null;
}
