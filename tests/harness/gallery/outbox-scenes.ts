import type { AnswerOf, MailView } from '../../../utils/messaging/messaging.ts';
import type { Script } from '../fake-client.ts';
import { groupOf, type MailGroup } from '../../../components/mail/mail-acts.ts';
import { account, accountsAnswer, countsOf, EVERY_STATE, idOf, mail } from './sample-records.ts';
import type { Scene } from './scene.ts';

const done = (): { done: boolean } => ({ done: true });

/** A worker whose outbox has these mails, answered piece by piece as it does. */
export function pagedOutbox(mails: readonly MailView[]): Script {
  const counts = countsOf(mails);
  const page = ({ group, offset, limit }: { group: MailGroup; offset: number; limit: number }) => {
    const ofGroup = mails.filter((one) => groupOf(one) === group);
    return { mails: ofGroup.slice(offset, offset + limit), counts };
  };
  return {
    'accounts.list': () =>
      accountsAnswer([
        account(1, { address: 'jonas@larch-fences.example' }),
        account(2, { address: 'office@larch-fences.example' }),
      ]),
    'outbox.page': page,
    'merges.list': () => ({ merges: [] }),
    'outbox.retry': done,
    'outbox.edit': done,
    'outbox.decide': done,
    'outbox.dismiss': done,
    'compose.show': done,
    'drafts.discard': done,
  };
}

/** Every state, from two accounts. */
const everyMail = EVERY_STATE.map((state, index) =>
  mail(index, state, { accountId: idOf(1 + (index % 2)) }),
);

const manyMails = Array.from({ length: 10_000 }, (_, index) =>
  mail(index, { kind: 'queued' }, { subject: `Quote ${index + 1}` }),
);

const merge: AnswerOf<'merges.list'>['merges'][number] = {
  id: idOf(300),
  accountId: idOf(1),
  subject: 'New prices for {{company|you}}',
  control: 'running',
  createdAt: 0,
  total: 240,
  counts: { sent: 100, waiting: 139, unconfirmed: 0, rejected: 1, needsYou: 0, notSent: 0 },
  nextAt: null,
  lastAt: null,
  unreadable: null,
};

const inGroup = (group: MailGroup): Scene => ({
  page: 'outbox',
  name: group,
  hash: `#${group}`,
  script: pagedOutbox(everyMail),
});

/** The page of the outbox in each of its states. */
export const outboxScenes: readonly Scene[] = [
  { page: 'outbox', name: 'empty', hash: '#', script: pagedOutbox([]) },
  inGroup('needs-you'),
  inGroup('failed'),
  inGroup('waiting'),
  inGroup('sending'),
  inGroup('drafts'),
  inGroup('sent'),
  {
    page: 'outbox',
    name: 'merge-waiting',
    hash: '#waiting',
    script: { ...pagedOutbox(everyMail), 'merges.list': () => ({ merges: [merge] }) },
  },
  { page: 'outbox', name: 'ten-thousand', hash: '#waiting', script: pagedOutbox(manyMails) },
  {
    page: 'outbox',
    name: 'error',
    hash: '#waiting',
    script: {
      ...pagedOutbox([]),
      'outbox.page': () => ({
        code: 'storage',
        userText: 'The browser does not give Postern its storage at the moment.',
      }),
    },
  },
  {
    page: 'outbox',
    name: 'asking',
    hash: '#waiting',
    script: { ...pagedOutbox([]), 'outbox.page': () => new Promise(() => {}) },
  },
];
