import type { Alarms, Clock, KeepAlive, Log, Random } from '../platform/platform.ts';
import { withLate } from '../once/once.ts';
import { createTurns } from './delivery/alarm-turns.ts';
import { createAttachments } from './files/attachments.ts';
import { createMerges } from './batches/batch-acts.ts';
import { listUnfinished } from './batches/batch-views.ts';
import type { Merges } from './batches/merges.ts';
import { sealBatchesAnew } from './batches/seal-batches-anew.ts';
import type { Delivery, MailEvent, SendingAccounts, SendingChoices } from './delivery/delivery.ts';
import { createDepartures } from './delivery/departures.ts';
import { createDrafts } from './drafts.ts';
import { createInFlight } from './delivery/in-flight.ts';
import type { MailStore } from './store/mail-store.ts';
import { listNewest, showGroup, showMail } from './mail-views.ts';
import type { Outbox } from './outbox.ts';
import { createPersonActs } from './person-acts.ts';
import { createRunner } from './delivery/run-outbox.ts';
import { sealMailsAnew } from './seal-mails-anew.ts';
import { sealPiecesAnew } from './files/seal-pieces-anew.ts';
import type { Seal } from './sealed-mail.ts';

/** Everything that the outbox works with. */
export interface OutboxParts {
  readonly store: MailStore;
  readonly vault: Seal;
  readonly accounts: SendingAccounts;
  readonly clock: Clock;
  readonly random: Random;
  readonly alarms: Alarms;
  readonly keepAlive: KeepAlive;
  readonly log: Log;
  /** One holder of a name at a time, in all contexts; let go when its context ends (Web Locks). */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  readonly isOnline: () => boolean;
  /** True when the host permission makes every header of the host's answers readable. */
  readonly canReadAllHeaders: (host: string) => Promise<boolean>;
  /** Must not throw. */
  readonly recordEvent: (event: MailEvent) => void;
  /** The list has changed, or a mail's progress. Must not throw. */
  readonly onChange: () => void;
  /** What the person chose about sending, as it is now. */
  readonly choices: () => Promise<SendingChoices>;
}

/** What is asked for without anybody writing: the rest is made when it is first used. */
type Standing = Pick<
  Outbox,
  | 'list'
  | 'page'
  | 'show'
  | 'counts'
  | 'inventory'
  | 'run'
  | 'settled'
  | 'merges'
  | 'sealAnew'
  | 'forgetAccount'
  | 'wipe'
>;

/** Builds the outbox. It holds no mail in memory: another worker may go on at any time. */
export function createOutbox(parts: OutboxParts): Outbox {
  const { store, onChange } = parts;
  const inFlight = createInFlight(onChange);
  const deps: Delivery = { ...parts, inFlight, aside: new Map() };
  const alarmTurns = createTurns();
  const runner = createRunner({ ...parts, deps, alarmTurns });
  const queueParts = { deps, alarms: parts.alarms, alarmTurns };
  const wake = (): void => void runner.run();

  return withLate<Standing, Omit<Outbox, keyof Standing>>(
    {
      list: (most) => listNewest(deps, most),
      page: (page) => showGroup(deps, page),
      show: (id) => showMail(deps, id),
      counts: () => store.counts(),
      inventory: () => store.stock(),
      run: () => runner.run(),
      settled: () => runner.idle(null),
      merges: withLate<Pick<Merges, 'unfinished'>, Omit<Merges, 'unfinished'>>(
        { unfinished: () => listUnfinished(deps) },
        () => createMerges(queueParts, wake),
      ),
      sealAnew: async (anew) =>
        // Merges first: one that becomes a draft meanwhile is then found among the mails.
        (await sealBatchesAnew(store, anew)) +
        (await sealMailsAnew(store, anew)) +
        (await sealPiecesAnew(store, anew)),
      async forgetAccount(accountId) {
        inFlight.stop(accountId);
        await store.removeAccount(accountId);
        await runner.idle(accountId);
        onChange();
      },
      async wipe() {
        inFlight.stop(null);
        await store.clear();
        await runner.idle(null);
        onChange();
      },
    },
    () => ({
      ...createDrafts(deps),
      ...createAttachments(deps),
      ...createPersonActs(queueParts, wake),
      ...createDepartures(queueParts, wake),
    }),
  );
}
