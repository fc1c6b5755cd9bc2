import type { AccountView, MailView, MergeSummary } from '../../../utils/messaging/messaging.ts';
import type { Script } from '../fake-client.ts';
import {
  account,
  accountsAnswer,
  EVERY_STATE,
  idOf,
  mail,
  outboxAnswer,
  minutesAgo,
  NO_CLIENT,
  NOW,
} from './sample-records.ts';
import { press, type Scene } from './scene.ts';

const LONG_NAME =
  'Wirtschaftsprüfungsgesellschaft Brandenburgische Landesvermessung und Geobasisinformation mbH';

function script(accounts: readonly AccountView[], mails: readonly MailView[]): Script {
  const done = (): { done: boolean } => ({ done: true });
  return {
    'accounts.list': () => accountsAnswer(accounts),
    'outbox.list': () => outboxAnswer(mails),
    'compose.new': done,
    'compose.show': done,
    'outbox.retry': done,
    'outbox.edit': done,
    'outbox.schedule-place': () => ({ by: 'device', providerName: null }),
    'outbox.reschedule': done,
    'outbox.decide': done,
    'outbox.dismiss': done,
    'drafts.discard': done,
    'accounts.reconnect': () => ({ kind: 'cancelled' }),
  };
}

const JONAS = account(1, { address: 'jonas@larch-fences.example' });
const OFFICE = account(2, { address: 'office@larch-fences.example' });

const everyMail = EVERY_STATE.map((state, index) =>
  mail(index, state, {
    accountId: idOf(1 + (index % 2)),
    ...(state.kind === 'sending' && !state.settling ? { sizeBytes: 3_400_000 } : {}),
  }),
);

const QUIET = { sent: 0, waiting: 0, unconfirmed: 0, rejected: 0, needsYou: 0, notSent: 0 };

const merge = (number: number, more: Partial<MergeSummary>): MergeSummary => ({
  id: idOf(400 + number),
  accountId: idOf(1),
  subject: `Prices ${number}`,
  control: 'running',
  createdAt: minutesAgo(number),
  total: 240,
  counts: { ...QUIET, sent: 100, waiting: 140 },
  nextAt: NOW,
  lastAt: NOW,
  unreadable: null,
  ...more,
});

/** A merge in each place where it may stand, the most urgent last. */
export const EVERY_MERGE: readonly MergeSummary[] = [
  merge(1, { control: 'paused', subject: LONG_NAME }),
  merge(2, { nextAt: NOW + 86_400_000, lastAt: NOW + 2 * 86_400_000 }),
  merge(3, {}),
  merge(4, { counts: { ...QUIET, sent: 238, needsYou: 1, unconfirmed: 1 } }),
  merge(5, { subject: '', unreadable: 'corrupt', counts: { ...QUIET, sent: 239, rejected: 1 } }),
];

/** The popup in each of its states. */
export const popupScenes: readonly Scene[] = [
  {
    page: 'popup',
    name: 'first-run',
    script: {
      ...script([], []),
      'accounts.list': () => accountsAnswer([], { clients: [NO_CLIENT] }),
    },
  },
  { page: 'popup', name: 'first-run-with-client', script: script([], []) },
  { page: 'popup', name: 'empty', script: script([JONAS], []) },
  {
    page: 'popup',
    name: 'merges',
    script: {
      ...script([JONAS], [mail(1, { kind: 'queued' })]),
      'outbox.list': () => outboxAnswer([mail(1, { kind: 'queued' })], EVERY_MERGE),
      'merges.open': () => ({ done: true }),
    },
  },
  {
    page: 'popup',
    name: 'a-usual-day',
    script: script(
      [JONAS, OFFICE],
      [
        mail(1, { kind: 'unconfirmed', attemptedAt: minutesAgo(11) }),
        mail(
          2,
          { kind: 'queued' },
          {
            subject: 'Your gate is ready',
            recipients: 'Milan Horák <m.horak@example.net> and 2 more',
          },
        ),
        mail(
          3,
          { kind: 'draft', reason: null },
          { subject: 'Posts for the south side', recipients: 'Ruth Adler <ruth@example.org>' },
        ),
        mail(4, { kind: 'draft', reason: null }, { subject: '', recipients: '' }),
        mail(5, { kind: 'sent', sentAt: minutesAgo(20) }),
        mail(
          6,
          { kind: 'sent', sentAt: minutesAgo(95) },
          { accountId: idOf(2), sizeBytes: 1_204_331 },
        ),
        mail(7, { kind: 'sent', sentAt: minutesAgo(1500) }),
        mail(8, { kind: 'sent', sentAt: minutesAgo(4000) }),
      ],
    ),
  },
  {
    page: 'popup',
    name: 'on-its-way',
    script: script(
      [JONAS],
      everyMail.filter(({ state }) =>
        ['held', 'scheduled', 'at-provider', 'taking-back'].includes(state.kind),
      ),
    ),
  },
  {
    page: 'popup',
    name: 'another-time',
    script: script([JONAS], [mail(1, { kind: 'overdue', at: minutesAgo(150), zone: 'UTC' })]),
    act: (page) => press(page, 'New time'),
  },
  {
    page: 'popup',
    name: 'every-state',
    script: script(
      [
        JONAS,
        account(2, {
          address: 'office@larch-fences.example',
          health: { kind: 'needs-sign-in', why: 'invalid_grant' },
        }),
        account(3, { address: 'info@larch-fences.example', grantedRungs: [] }),
      ],
      everyMail,
    ),
  },
  {
    page: 'popup',
    name: 'question-before-discarding',
    script: script([JONAS], [mail(1, { kind: 'draft', reason: null })]),
    act: (page) => press(page, 'Discard'),
  },
  {
    page: 'popup',
    name: 'long-names',
    script: script(
      [
        account(1, {
          address: `einkauf.und.vergabe@${'landesvermessung-'.repeat(3)}brandenburg.example`,
        }),
      ],
      [
        mail(
          1,
          { kind: 'waiting-for-sign-in', why: 'login_required' },
          { subject: `Angebot ${LONG_NAME}`, recipients: `${LONG_NAME} <vergabe@example.de>` },
        ),
        mail(
          2,
          { kind: 'draft', reason: null },
          { subject: LONG_NAME.repeat(3), recipients: LONG_NAME },
        ),
        mail(3, { kind: 'queued' }, { unreadable: 'wrong-key', subject: '', recipients: '' }),
      ],
    ),
  },
  { page: 'popup', name: 'no-answer', script: {} },
  {
    page: 'popup',
    name: 'waiting-for-the-worker',
    script: {
      'accounts.list': () => new Promise(() => {}),
      'outbox.list': () => new Promise(() => {}),
    },
  },
];
