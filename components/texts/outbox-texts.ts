import type { GroupCounts } from '../../utils/messaging/messaging.ts';

/** What a part of the outbox is called, and what is said when nothing is in it. */
export interface GroupText {
  readonly name: string;
  readonly lead: string;
  readonly empty: string;
}

/** Every part of the outbox, the most urgent first. */
export const GROUP_TEXTS: Readonly<Record<keyof GroupCounts, GroupText>> = {
  'needs-you': {
    name: 'Needs you',
    lead: 'These wait for an answer that only you can give. None of them is sent again by itself.',
    empty: 'Nothing needs you.',
  },
  failed: {
    name: 'Failed',
    lead: 'These were not sent. Each is kept here, with the reason and what you can do.',
    empty: 'Nothing has failed.',
  },
  waiting: {
    name: 'Waiting',
    lead: 'These go out by themselves, each at its time.',
    empty: 'Nothing waits.',
  },
  sending: {
    name: 'Sending',
    lead: 'These are on their way to your provider.',
    empty: 'Nothing is being sent.',
  },
  drafts: {
    name: 'Drafts',
    lead: 'Not sent yet; kept sealed on this device.',
    empty: 'There are no drafts.',
  },
  sent: {
    name: 'Sent',
    lead: 'Receipts only: when, and from which account. The mails lie in your mailbox’s Sent folder.',
    empty: 'There are no receipts.',
  },
};
