import type { Delivery } from './delivery.ts';
import { isLate } from './departure.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { askedAbout, waitingFromNow } from '../moves/timed-moves.ts';

/** What a clock does to mails that have a time to go. */

/** Asks about every mail of a lane that is later than the person allows, also while nothing can be sent. */
export async function askAboutLate(deps: Delivery, lane: string): Promise<void> {
  const lateToleranceMs = await toleranceMs(deps);
  const before = deps.clock.now() - lateToleranceMs;
  for (const record of await deps.store.scheduledBefore(lane, before)) {
    await askedIfLate(deps, record);
  }
}

/** True when the mail is later than the person allows: then it waits for their answer. */
export async function askedIfLate(deps: Delivery, record: MailRecord): Promise<boolean> {
  if (record.schedule === null) return false;
  const lateToleranceMs = await toleranceMs(deps);
  const now = deps.clock.now();
  if (!isLate(record, now, lateToleranceMs)) return false;
  await deps.store.change(record.id, (current) => {
    const next = askedAbout(current, now, lateToleranceMs);
    return next && { record: next };
  });
  deps.onChange();
  return true;
}

/**
 * What had to wait when the clock went back to before it was stored waits as long from now. Nobody
 * knows how much of the account's pause is left then: at worst the provider asks for another.
 */
export async function waitFromNow(deps: Delivery, lane: string): Promise<void> {
  const now = deps.clock.now();
  const ahead = await deps.store.storedAfter(lane, now);
  for (const { id } of ahead) {
    await deps.store.change(id, (current) => {
      const next = waitingFromNow(current, now);
      return next && { record: next };
    });
  }
  if (ahead.length > 0) await deps.store.release(lane);
}

async function toleranceMs(deps: Delivery): Promise<number> {
  return (await deps.choices()).lateToleranceMinutes * 60_000;
}
