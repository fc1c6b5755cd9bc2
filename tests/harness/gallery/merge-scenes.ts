import type { DraftView, MergeView, RowOutcome } from '../../../utils/messaging/messaging.ts';
import { packPlan } from '../../../utils/merge/merge.ts';
import type { Script } from '../fake-client.ts';
import {
  account,
  accountsAnswer,
  draft,
  idOf,
  minutesAgo,
  NOW,
  OUTLOOK,
  outlookAccount,
} from './sample-records.ts';
import { drawn, press, type, type Scene } from './scene.ts';

const JONAS = account(1, { address: 'jonas@larch-fences.example', name: 'Jonas Weber' });

const WRITTEN = draft({
  content: {
    ...draft().content,
    to: [],
    subject: 'A fence for {{town}}',
    text: 'Dear {{first name|neighbour}},\n\nthe larch for {{town}} is here.\n\nJonas',
  },
});

const TABLE = [
  'Name\tFirst name\tTown\tE-mail',
  'Ann Lee\tAnn\tUlm\tann.lee@example.org',
  'Milan Horák\t\tBrno\tm.horak@example.net',
  'Ann again\tAnn\tUlm\tANN.LEE@example.org',
  'No town\tBo\t\tbo@example.org',
  'Never\tEve\tUlm\teve@example.org',
  'Broken\tCy\tUlm\tcy at example',
].join('\n');

const LONG = 'Wirtschaftsprüfungsgesellschaft Brandenburgische Landesvermessung';

function script(opened: DraftView | null, more: Script = {}): Script {
  const done = (): { done: boolean } => ({ done: true });
  return {
    'accounts.list': () => accountsAnswer([JONAS]),
    'drafts.open': () => opened,
    'merges.plan': () => ({ plan: '' }),
    'drafts.save': ({ revision }) => ({ kind: 'saved', revision: revision + 1 }),
    'suppressions.list': () => ({
      entries: [{ address: 'eve@example.org', addedAt: minutesAgo(9), why: 'by-hand' }],
    }),
    'suppressions.add': () => ({ kind: 'added', added: 1, known: 0 }),
    'merges.show': () => null,
    'merges.start': () => ({ kind: 'started', count: 2, days: 1 }),
    'merges.test': () => ({ kind: 'queued' }),
    'merges.open': done,
    'merges.pause': done,
    'merges.back': done,
    ...more,
  };
}

const ROWS: readonly RowOutcome[] = [
  { kind: 'sent', sentAt: minutesAgo(2) },
  { kind: 'sending' },
  { kind: 'waiting', dueAt: NOW },
  { kind: 'waiting', dueAt: NOW + 86_400_000 },
  { kind: 'paused' },
  { kind: 'unconfirmed', attemptedAt: minutesAgo(3) },
  { kind: 'rejected', code: 'invalidArgument', detail: 'Invalid To header' },
  { kind: 'needs-you', why: 'sign-in', code: 'invalid_grant' },
  { kind: 'needs-host', host: 'gmail.googleapis.com' },
  { kind: 'taken-out' },
  { kind: 'not-sent' },
];

/** A merge as the worker tells it. */
export function mergeView(more: Partial<MergeView> = {}): MergeView {
  return {
    id: idOf(200),
    accountId: idOf(1),
    subject: 'A fence for {{town}}',
    control: 'running',
    createdAt: minutesAgo(5),
    total: ROWS.length,
    counts: { sent: 1, waiting: 4, unconfirmed: 1, rejected: 1, needsYou: 2, notSent: 2 },
    nextAt: NOW,
    lastAt: NOW + 86_400_000,
    unreadable: null,
    canGoBack: false,
    rows: ROWS.map((outcome, index) => ({
      mailId: idOf(300 + index),
      name: index === 0 ? LONG : `Person ${index}`,
      address: `person.${index}@example.org`,
      outcome,
    })),
    ...more,
  };
}

/** A merge of as many as one wants, all of them waiting but the first, which is refused. */
export function largeMerge(count: number): MergeView {
  const rows = Array.from({ length: count }, (_, index) => ({
    mailId: idOf(1_000 + index),
    name: `Person ${index}`,
    address: `person.${index}@example.org`,
    outcome:
      index === 0
        ? ({ kind: 'rejected', code: 'invalidArgument', detail: '' } as const)
        : ({ kind: 'waiting', dueAt: NOW } as const),
  }));
  const counts = {
    sent: 0,
    waiting: count - 1,
    unconfirmed: 0,
    rejected: 1,
    needsYou: 0,
    notSent: 0,
  };
  return mergeView({ total: count, counts, rows });
}

/** A merge of which nothing has left yet. */
export function heldMerge(): MergeView {
  const counts = { sent: 0, waiting: 2, unconfirmed: 0, rejected: 0, needsYou: 0, notSent: 0 };
  const dueAt = NOW + 10_000;
  return mergeView({
    total: 2,
    counts,
    nextAt: dueAt,
    lastAt: dueAt,
    canGoBack: true,
    rows: mergeView()
      .rows.slice(1, 3)
      .map((row) => ({ ...row, outcome: { kind: 'waiting', dueAt } })),
  });
}

/** What a merge that was taken back was going to be sent with. */
export const KEPT_PLAN = packPlan({
  table: {
    columns: ['Contact', 'Town', 'Private', 'Office'],
    rows: [
      ['Ann Lee', 'Ulm', 'ann@example.net', 'ann.lee@example.org'],
      ['Milan Horák', 'Brno', 'milan@example.net', 'm.horak@example.org'],
      ['Eve Moor', 'Ulm', 'eve@example.net', 'eve@example.org'],
    ],
  },
  columns: { address: 3, name: 0 },
  unsubscribe: true,
  spread: true,
});

const followed = (merge: MergeView): Script => script(null, { 'merges.show': () => merge });

const over = mergeView({
  total: 2,
  counts: { sent: 2, waiting: 0, unconfirmed: 0, rejected: 0, needsYou: 0, notSent: 0 },
  nextAt: null,
  lastAt: null,
  rows: mergeView().rows.slice(0, 1),
});

/** Pastes a table, as far as scripts can. */
export async function pasteTable(page: HTMLElement, text = TABLE): Promise<void> {
  const field = page.querySelector<HTMLTextAreaElement>('#merge-paste');
  if (!field) throw new Error('the page has no place to paste a table');
  field.value = text;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await drawn();
}

const merge = (name: string, sceneScript: Script, act?: Scene['act']): Scene => ({
  page: 'merge',
  name,
  script: sceneScript,
  ...(act ? { act } : {}),
});

const SETTINGS: Script = {
  'accounts.list': () => accountsAnswer([JONAS]),
  'merges.list': () => ({ merges: [mergeView({ id: idOf(201) }), over] }),
  'suppressions.list': () => ({
    entries: [
      { address: 'eve@example.org', addedAt: minutesAgo(9), why: 'by-hand' },
      { address: `${'very.long.'.repeat(5)}@example.org`, addedAt: NOW, why: 'result' },
    ],
  }),
  'suppressions.add': () => ({ kind: 'added', added: 2, known: 1 }),
};

/** Merges and the do-not-mail list in the settings. */
export const mergeSettingsScenes: readonly Scene[] = [
  { page: 'options', name: 'merges', script: SETTINGS, hash: '#merges' },
  {
    page: 'options',
    name: 'merges-no-address',
    script: SETTINGS,
    hash: '#merges',
    act: async (page) => {
      await type(page, '#do-not-mail-add', 'nobody at all');
      await press(page, 'Add to the list');
    },
  },
  {
    page: 'options',
    name: 'merges-added',
    script: SETTINGS,
    hash: '#merges',
    act: async (page) => {
      await type(page, '#do-not-mail-add', 'a@example.org, b@example.org');
      await press(page, 'Add to the list');
    },
  },
];

/** The page of mails to many in each of its states. */
export const mergeScenes: readonly Scene[] = [
  merge('written', script(WRITTEN)),
  merge('with-a-table', script(WRITTEN), (page) => pasteTable(page)),
  merge(
    'found-on-the-page',
    script({
      ...WRITTEN,
      suggestions: [{ name: 'Ann Lee', address: 'ann.lee@example.org', doubts: [] }],
    }),
    (page) => press(page, 'found on the page'),
  ),
  merge('no-table-in-it', script(WRITTEN), (page) => pasteTable(page, 'hello')),
  merge(
    'a-field-that-no-column-has',
    script({ ...WRITTEN, content: { ...WRITTEN.content, text: '{{street}} and {{loose' } }),
    (page) => pasteTable(page),
  ),
  merge(
    'over-the-daily-limit',
    script(WRITTEN, {
      'merges.start': () => ({
        kind: 'over-daily-limit',
        count: 700,
        leftToday: 420,
        perDay: 500,
        days: 2,
      }),
    }),
    async (page) => {
      await pasteTable(page);
      await press(page, 'Send 2 mails');
    },
  ),
  merge(
    'no-right-to-unsubscribe',
    script(
      { ...WRITTEN, content: { ...WRITTEN.content, fromAlias: 'joan@bletchley.example' } },
      {
        'accounts.list': () =>
          accountsAnswer(
            [
              outlookAccount(1, {
                otherSenders: [{ kind: 'alias', name: '', address: 'joan@bletchley.example' }],
              }),
            ],
            { providers: [OUTLOOK] },
          ),
      },
    ),
    async (page) => {
      await pasteTable(page);
      page.querySelector<HTMLInputElement>('.check input')?.click();
    },
  ),
  merge('under-way', followed(mergeView())),
  merge('nothing-has-left', followed(heldMerge())),
  merge('question-before-cancelling-all', followed(heldMerge()), (page) =>
    press(page, 'Cancel the rest'),
  ),
  merge('taken-back', script(WRITTEN, { 'merges.plan': () => ({ plan: KEPT_PLAN }) })),
  merge('a-thousand', followed(largeMerge(1_000))),
  merge('paused', followed(mergeView({ control: 'paused' }))),
  merge('question-before-cancelling', followed(mergeView()), (page) =>
    press(page, 'Cancel the rest'),
  ),
  merge('over', followed(over)),
  merge('question-before-dismissing', followed(over), (page) => press(page, 'Dismiss the result')),
  merge('gone', script(null)),
  merge('no-answer', {}),
];
