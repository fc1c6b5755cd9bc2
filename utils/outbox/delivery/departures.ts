import { alarmFirst, type QueueParts } from './alarm-first.ts';
import type { Delivery } from './delivery.ts';
import { goingNow, type Departure } from './departure.ts';
import { canHandOver } from './hand-over.ts';
import { openContent } from '../sealed-mail.ts';
import type { ChosenTime, Outbox, QueueOutcome, SchedulePlace } from '../outbox.ts';
import { queueMail } from '../queue-mail.ts';
import { rescheduled } from '../moves/timed-moves.ts';

/** Sending, now or later. `wake` sends what became due, and sets the alarm for what is due later. */
export function createDepartures(
  parts: QueueParts,
  wake: () => void,
): Pick<Outbox, 'send' | 'schedule' | 'reschedule' | 'schedulePlace'> {
  const { deps } = parts;

  async function depart(id: string, departure: Departure): Promise<QueueOutcome> {
    const outcome = await queueMail(parts, id, departure);
    if (outcome.kind === 'queued' || outcome.kind === 'held' || outcome.kind === 'scheduled') {
      deps.onChange();
      wake();
    }
    return outcome;
  }

  const scheduleFor = async (id: string, { at, zone }: ChosenTime) => {
    const { by } = await placeOf(deps, id);
    return { at, zone, by, confirmed: false };
  };

  return {
    async send(id) {
      return depart(id, goingNow((await deps.choices()).undoSeconds));
    },
    async schedule(id, when) {
      if (when.at <= deps.clock.now()) return { kind: 'time-has-passed' };
      return depart(id, { kind: 'at', schedule: await scheduleFor(id, when) });
    },
    async reschedule(id, when) {
      const schedule = await scheduleFor(id, when);
      const record = await alarmFirst(parts, () =>
        deps.store.change(id, (current) => {
          const next = rescheduled(current, schedule, deps.clock.now());
          return next && { record: next };
        }),
      );
      deps.onChange();
      wake();
      return record !== null;
    },
    schedulePlace: (id) => placeOf(deps, id),
  };
}

/** The provider sends it where it can and the person gave the right that it takes; else this device does. */
async function placeOf(deps: Delivery, id: string): Promise<SchedulePlace> {
  const stored = await deps.store.find(id);
  const accountId = stored?.record.accountId ?? null;
  const account = accountId === null ? null : await deps.accounts.get(accountId);
  const scheduling = account && deps.accounts.provider(account.providerId)?.scheduling;
  const from =
    account && scheduling ? await chosenAddress(deps, id, stored?.content ?? null) : null;
  return account && scheduling && canHandOver(scheduling, account, from)
    ? { by: 'provider', providerName: account.providerName }
    : { by: 'device', providerName: null };
}

/** The other sender that was chosen; null for none, or while nobody can look: handing over looks again. */
async function chosenAddress(
  { vault }: Delivery,
  id: string,
  sealed: Uint8Array | null,
): Promise<string | null> {
  if (sealed === null || !(await vault.isOpen())) return null;
  return (await openContent(vault, id, sealed)).content.fromAlias;
}
