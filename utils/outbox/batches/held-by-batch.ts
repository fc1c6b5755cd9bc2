import type { Delivery } from '../delivery/delivery.ts';
import { clearLeftovers } from '../delivery/leftovers.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { canBeCancelled, paused } from './batch-moves.ts';

/**
 * True when the mail belongs to a merge that was paused or cancelled, or was dropped from it, while under way:
 * now that it would begin anew, it is held back, or wiped, as the others were.
 */
export async function heldByBatch(deps: Delivery, record: MailRecord): Promise<boolean> {
  if (record.batchId === null || record.apart || !canBeCancelled(record)) return false;
  const batch = await deps.store.findBatch(record.batchId);
  const isWiped = batch?.control === 'cancelled' || record.dropped;
  if (!isWiped && batch?.control !== 'paused') return false;
  const now = deps.clock.now();
  if (isWiped) {
    const wiped: MailRecord[] = [];
    const removed = await deps.store.remove(record.id, (found) => {
      if (!found.readable || !canBeCancelled(found.record)) return false;
      wiped.splice(0, 1, found.record);
      return true;
    });
    if (removed) await clearLeftovers(deps, wiped);
    return removed;
  }
  const held = await deps.store.change(record.id, (current) => {
    const next = paused(current, now);
    return next && { record: next };
  });
  return held !== null;
}
