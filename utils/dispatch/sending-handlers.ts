import type { Handlers } from './dispatch.ts';
import type { Rooms } from './rooms.ts';

type SendingHandlers = Pick<
  Handlers,
  | 'sending.choices'
  | 'sending.choose'
  | 'outbox.schedule'
  | 'outbox.schedule-place'
  | 'outbox.reschedule'
>;

/** What pages may do about when mails go. */
export function sendingHandlers({ settings, outbox }: Rooms): SendingHandlers {
  return {
    'sending.choices': async () => {
      const { undoSeconds, lateToleranceMinutes, receiptRetentionDays } = await settings.get();
      return { undoSeconds, lateToleranceMinutes, receiptRetentionDays };
    },
    'sending.choose': async (choices) => {
      await settings.patch(choices);
      // Receipts that are older now are wiped; a mail that was late enough to ask about may not be any more, and the other way round.
      void outbox.run();
      return { done: true };
    },
    'outbox.schedule': ({ id, ...schedule }) => outbox.schedule(id, schedule),
    'outbox.schedule-place': ({ id }) => outbox.schedulePlace(id),
    'outbox.reschedule': async ({ id, ...schedule }) => ({
      done: await outbox.reschedule(id, schedule),
    }),
  };
}
