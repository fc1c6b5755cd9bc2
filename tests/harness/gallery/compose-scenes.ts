import { withPictures } from '../../../utils/mail/mail.ts';
import type {
  AccountView,
  DraftView,
  MailState,
  MessageError,
} from '../../../utils/messaging/messaging.ts';
import type { Script } from '../fake-client.ts';
import {
  account,
  accountsAnswer,
  draft,
  idOf,
  mail,
  minutesAgo,
  NOW,
  outlookAccount,
} from './sample-records.ts';
import { drawn, press, type, type Scene } from './scene.ts';

const JONAS = account(1, { address: 'jonas@larch-fences.example', name: 'Jonas Weber' });
const OFFICE = account(2, { address: 'office@larch-fences.example' });

const EMPTY = draft({
  content: { ...draft().content, to: [], subject: '', text: '' },
  revision: 1,
});

const SHARED = outlookAccount(3, {
  address: 'jonas.weber@zaunbau.example',
  name: 'Jonas Weber',
  otherSenders: [
    { kind: 'shared-mailbox', name: 'Larch Fences', address: 'office@zaunbau.example' },
  ],
});
const FROM_SHARED = draft({
  accountId: SHARED.id,
  content: { ...draft().content, fromAlias: 'office@zaunbau.example' },
});

const FOUND = [
  { name: 'Ann Lee', address: 'ann.lee@example.org', doubts: [] },
  { name: 'Milan Horák', address: 'm.horak@example.net', doubts: ['shown-differently'] },
  { name: '', address: 'garden-office@example.org', doubts: [] },
] as const;

const LONG_NAME =
  'Wirtschaftsprüfungsgesellschaft Brandenburgische Landesvermessung und Geobasisinformation mbH';

function script(
  opened: DraftView | null,
  more: Script = {},
  accounts: readonly AccountView[] = [JONAS, OFFICE],
): Script {
  const done = (): { done: boolean } => ({ done: true });
  return {
    'accounts.list': () => accountsAnswer(accounts),
    'drafts.open': () => opened,
    'drafts.save': ({ revision }) => ({ kind: 'saved', revision: revision + 1 }),
    'drafts.discard': done,
    'outbox.send': () => ({ kind: 'queued' }),
    'outbox.schedule-place': () => ({ by: 'device', providerName: null }),
    'outbox.schedule': ({ at }) => ({ kind: 'scheduled', at }),
    'outbox.show': () => null,
    'compose.new': done,
    ...more,
  };
}

/** A mail that is no draft any more. */
function followed(state: MailState, sizeBytes = 2_340): Script {
  return script(null, {
    'outbox.show': () => mail(100, state, { id: idOf(200), sizeBytes }),
  });
}

const compose = (name: string, sceneScript: Script, act?: Scene['act']): Scene => ({
  page: 'compose',
  name,
  script: sceneScript,
  ...(act ? { act } : {}),
});

async function write(page: HTMLElement): Promise<void> {
  await type(page, '#text', 'Dear Ann,\n\nthank you for showing me the garden.');
}

/** Until the autosave has run. */
async function autosaved(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  await drawn();
}

const FILE_NAMES = ['Angebot Lärchenzaun.pdf', 'garden.jpg', 'plan-of-the-gates.dwg'];

function withFiles(sizes: readonly number[]): DraftView {
  const attachments = sizes.map((sizeBytes, at) => ({
    id: idOf(300 + at),
    fileName: FILE_NAMES[at] ?? '',
    mediaType: 'application/octet-stream',
    sizeBytes,
    contentId: null,
  }));
  return draft({ content: { ...draft().content, attachments } });
}

const PICTURES = draft({
  content: withPictures({
    ...draft().content,
    text: 'Good morning,\n\nthis is how it would look:\n[image: garden.jpg]\nShall we begin on Monday?',
    attachments: ['garden.jpg', 'Wirtschaftsprüfungsgesellschaft – Übersicht der Pläne.png'].map(
      (fileName, at) => ({
        id: idOf(320 + at),
        fileName,
        mediaType: 'image/jpeg',
        sizeBytes: 240_000,
        contentId: null,
      }),
    ),
  }),
});

const FULL = (): MessageError => ({
  code: 'storage-full',
  userText: 'The disk is full, so this was not stored. Free some space.',
});

/** Chooses a file of a megabyte. */
async function pick(page: HTMLElement, name: string): Promise<void> {
  const input = page.querySelector<HTMLInputElement>('input[type=file]');
  const files = [new File([new Uint8Array(1_000_000)], name)];
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  input?.dispatchEvent(new Event('change', { bubbles: true }));
  for (let round = 0; round < 5; round += 1) await drawn();
}

/** The compose window in each of its states. */
export const composeScenes: readonly Scene[] = [
  compose('empty', script(EMPTY)),
  compose('found-on-the-page', script({ ...EMPTY, suggestions: FOUND })),
  compose('suggestions-while-typing', script({ ...EMPTY, suggestions: FOUND }), async (page) => {
    await type(page, '#to', 'm');
    page
      .querySelector('#to')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    await drawn();
  }),
  compose('written', script(draft())),
  compose(
    'cc-and-bcc-from-the-page',
    script(
      draft({
        content: {
          ...draft().content,
          cc: [FOUND[1]],
          bcc: [{ name: '', address: 'dropbox+4711@crm.example' }],
        },
      }),
    ),
  ),
  compose(
    'wrong-addresses',
    script(
      draft({
        content: {
          ...draft().content,
          to: [
            { name: 'Ann Lee', address: 'ann.lee@example.org' },
            { name: '', address: 'milan horak' },
            { name: '', address: 'ruth@' },
          ],
        },
      }),
    ),
    (page) => press(page, 'Send'),
  ),
  compose('nobody-to-write-to', script(EMPTY), (page) => press(page, 'Send')),
  compose('no-account', script(EMPTY, {}, [])),
  compose(
    'account-signed-out',
    script(draft(), {}, [
      account(1, {
        address: 'jonas@larch-fences.example',
        health: { kind: 'needs-sign-in', why: 'invalid_grant' },
      }),
    ]),
  ),
  compose('from-a-shared-mailbox-without-its-right', script(FROM_SHARED, {}, [JONAS, SHARED])),
  compose(
    'from-a-shared-mailbox-right-not-given',
    script(FROM_SHARED, { 'accounts.grant-rung': () => ({ kind: 'cancelled' }) }, [SHARED]),
    (page) => press(page, 'Give this right'),
  ),
  compose(
    'from-a-shared-mailbox',
    script(FROM_SHARED, {}, [{ ...SHARED, grantedRungs: ['send', 'shared-mailbox'] }]),
  ),
  compose(
    'answer-from-a-shared-mailbox',
    script(
      FROM_SHARED,
      {
        'outbox.send': () => ({ kind: 'sender-needs-right', rung: 'drafts', why: 'answer' }),
      },
      [{ ...SHARED, grantedRungs: ['send', 'shared-mailbox'] }],
    ),
    (page) => press(page, 'Send'),
  ),
  compose(
    'came-back-from-a-shared-mailbox',
    script({ ...FROM_SHARED, rejection: { code: 'ErrorSendAsDenied', detail: '' } }, {}, [
      { ...SHARED, grantedRungs: ['send', 'shared-mailbox'] },
    ]),
  ),
  compose(
    'came-back',
    script(draft({ rejection: { code: 'invalidArgument', detail: 'Invalid To header' } })),
  ),
  compose(
    'conflict',
    script(draft(), {
      'drafts.save': ({ revision }) => ({ kind: 'conflict', revision: revision + 2 }),
    }),
    async (page) => {
      await write(page);
      await autosaved();
    },
  ),
  compose(
    'not-saved',
    script(draft(), {
      'drafts.save': () => ({
        code: 'storage-full',
        userText: 'The disk is full, so this was not stored. Free some space and try again.',
      }),
    }),
    async (page) => {
      await write(page);
      await autosaved();
    },
  ),
  compose(
    'no-draft-any-more',
    script(draft(), { 'drafts.save': () => ({ kind: 'not-a-draft' }) }),
    async (page) => {
      await write(page);
      await autosaved();
    },
  ),
  compose(
    'too-large',
    script(draft(), {
      'outbox.send': () => ({
        kind: 'too-large',
        sizeBytes: 41_000_000,
        limitBytes: 36_700_160,
        helpfulRung: null,
      }),
    }),
    (page) => press(page, 'Send'),
  ),
  compose('files', script(withFiles([180_000, 2_400_000, 12_000_000]))),
  compose('picture-in-text', script(PICTURES)),
  compose('files-too-many', script(withFiles([14_000_000, 19_500_000]))),
  compose(
    'file-not-attached',
    script(withFiles([180_000]), { 'attachments.begin': FULL }),
    (page) =>
      pick(page, 'Wirtschaftsprüfungsgesellschaft – Übersicht der Pläne für 2026 (endgültig).pdf'),
  ),
  compose(
    'file-on-its-way',
    script(withFiles([180_000]), {
      'attachments.begin': () => ({ kind: 'begun', fileId: idOf(310), pieceBytes: 400_000 }),
      'attachments.put': ({ index }) =>
        index === 0 ? { kind: 'stored' } : Promise.withResolvers<never>().promise,
    }),
    (page) => pick(page, 'film.mp4'),
  ),
  compose('question-before-discarding', script(draft()), (page) => press(page, 'Discard')),
  compose(
    'long-names',
    script(
      draft({
        content: {
          ...draft().content,
          to: [{ name: LONG_NAME, address: `vergabe@${'landesvermessung.'.repeat(4)}example` }],
          subject: LONG_NAME.repeat(2),
        },
        suggestions: [
          { name: LONG_NAME, address: `einkauf@${'geobasis.'.repeat(6)}example`, doubts: [] },
        ],
      }),
    ),
  ),
  compose(
    'queued',
    script(draft(), {
      'outbox.show': () => mail(100, { kind: 'queued' }, { id: idOf(200) }),
    }),
    (page) => press(page, 'Send'),
  ),
  compose('choosing-a-time', script(draft()), (page) => press(page, 'Later')),
  compose('held', followed({ kind: 'held', until: NOW + 7_400 })),
  compose(
    'scheduled',
    followed({ kind: 'scheduled', at: NOW + 18 * 3_600_000, zone: 'America/New_York' }),
  ),
  compose(
    'at-the-provider',
    followed({
      kind: 'at-provider',
      at: NOW + 18 * 3_600_000,
      zone: 'Europe/Berlin',
      notBack: null,
    }),
  ),
  compose('late', followed({ kind: 'overdue', at: minutesAgo(150), zone: 'Europe/Berlin' })),
  compose('sent-and-dismissed', script(draft()), (page) => press(page, 'Send')),
  compose(
    'sending',
    followed(
      {
        kind: 'sending',
        attempt: 1,
        startedAt: NOW,
        acknowledgedBytes: 1_310_720,
        settling: false,
      },
      3_400_000,
    ),
  ),
  compose(
    'waiting-for-a-host',
    followed({ kind: 'waiting-for-host', host: 'gmail.googleapis.com' }),
  ),
  compose('unconfirmed', followed({ kind: 'unconfirmed', attemptedAt: minutesAgo(3) })),
  compose('sent', followed({ kind: 'sent', sentAt: minutesAgo(0) })),
  compose('gone', script(null)),
  compose('no-answer', { 'accounts.list': () => accountsAnswer([JONAS]) }),
];
