import type { Departure } from './departure.ts';
import type { Outbox, QueueOutcome } from './outbox.ts';
import { queueMail, type QueueParts } from './queue-mail.ts';
import { rescheduled } from './timed-moves.ts';

/** Sending, now or later. `wake` sends what became due, and sets the alarm for what is due later. */
export function createDepartures(
  parts: QueueParts,
  wake: () => void,
): Pick<Outbox, 'send' | 'schedule' | 'reschedule'> {
  const { deps } = parts;

  async function depart(id: string, departure: Departure): Promise<QueueOutcome> {
    const outcome = await queueMail(parts, id, departure);
    if (outcome.kind === 'queued' || outcome.kind === 'held' || outcome.kind === 'scheduled') {
      deps.onChange();
      wake();
    }
    return outcome;
  }

  return {
    async send(id) {
      const undoMs = (await deps.choices()).undoSeconds * 1000;
      return depart(id, undoMs > 0 ? { kind: 'after-undo', undoMs } : { kind: 'at-once' });
    },
    async schedule(id, schedule) {
      if (schedule.at <= deps.clock.now()) return { kind: 'time-has-passed' };
      return depart(id, { kind: 'at', schedule });
    },
    async reschedule(id, schedule) {
      const record = await deps.store.change(id, (current) => {
        const next = rescheduled(current, schedule, deps.clock.now());
        return next && { record: next };
      });
      deps.onChange();
      wake();
      return record !== null;
    },
  };
}
