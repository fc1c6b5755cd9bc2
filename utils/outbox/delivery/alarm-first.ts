import type { Alarms } from '../../platform/platform.ts';
import type { Turns } from './alarm-turns.ts';
import type { Delivery } from './delivery.ts';
import { OUTBOX_ALARM } from './run-outbox.ts';

/** A worker that ends between a step and what follows from it is woken after this long. */
const WAKE_MS = 30 * 1000;

/** What a step needs that makes a mail due. */
export interface QueueParts {
  readonly deps: Delivery;
  readonly alarms: Alarms;
  readonly alarmTurns: Turns;
}

/** Sets the alarm that will wake a worker for a mail, and only then takes the step that makes it due. */
export function alarmFirst<T>(parts: QueueParts, step: () => Promise<T>): Promise<T> {
  const { deps, alarms, alarmTurns } = parts;
  return alarmTurns(async () => {
    await alarms.setAt(OUTBOX_ALARM, deps.clock.now() + WAKE_MS);
    return step();
  });
}
