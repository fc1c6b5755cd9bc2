import type { AccountView, AnswerOf, RevokeResult } from '../../../utils/messaging/messaging.ts';
import type { Script } from '../fake-client.ts';
import { callLog, EMPTY_LOG, nothingHappened, statistics } from './sample-log.ts';
import {
  account,
  accountsAnswer,
  CLIENT,
  daysAgo,
  GMAIL,
  minutesAgo,
  NO_CLIENT,
} from './sample-records.ts';
import { choose, giveFile, press, type, type Scene } from './scene.ts';

const JONAS = account(1, { address: 'jonas@larch-fences.example', name: 'Jonas Weber' });
const OFFICE = account(2, {
  address: 'office@larch-fences.example',
  grant: 'per-session',
  lastUsedAt: null,
});
const SIGNED_OUT = account(3, {
  address: 'info@larch-fences.example',
  grant: 'none',
  health: { kind: 'needs-sign-in', why: 'invalid_grant' },
});
const UNTICKED = account(4, { address: 'sales@larch-fences.example', grantedRungs: [] });
const REFUSED = account(5, {
  address: 'export@larch-fences.example',
  health: { kind: 'refused', code: 'admin_policy_enforced', detail: 'Blocked' },
});
const LONG = account(6, {
  address: `einkauf.und.vergabe@${'landesvermessung-'.repeat(3)}brandenburg.example`,
});

const overview: AnswerOf<'privacy.overview'> = {
  inventory: [
    {
      what: 'Linked accounts',
      where: 'storage.local',
      protection: 'sealed',
      count: 2,
      sizeBytes: 1_840,
      oldestAt: daysAgo(40),
      until: 'until you remove the account',
    },
    {
      what: 'OAuth clients that you entered',
      where: 'storage.local',
      protection: 'sealed',
      count: 1,
      sizeBytes: 612,
      oldestAt: null,
      until: 'until you remove them',
    },
    {
      what: 'Drafts',
      where: 'IndexedDB “outbox”',
      protection: 'sealed',
      count: 3,
      sizeBytes: 9_312,
      oldestAt: daysAgo(2),
      until: 'until you send or discard them',
    },
    {
      what: 'Receipts of sent mails (ids and times)',
      where: 'IndexedDB “outbox”',
      protection: 'plain',
      count: 18,
      sizeBytes: 3_104,
      oldestAt: daysAgo(29),
      until: 'until you dismiss them, or 30 days',
    },
    {
      what: 'Device key, which the browser does not hand out',
      where: 'IndexedDB “vault”',
      protection: 'key',
      count: 1,
      sizeBytes: 0,
      oldestAt: daysAgo(40),
      until: 'until you erase everything',
    },
  ],
  hosts: GMAIL.hosts.map((host, index) => ({
    host,
    calls: 40 - index * 11,
    unanswered: index,
    requestBytes: 91_240,
    answerBytes: 20_400,
    lastAt: minutesAgo(index * 60),
  })),
  allowedHosts: ['https://gmail.googleapis.com/*'],
  retentionDays: 30,
  callLogOn: true,
};

const settingsScript: Script = {
  'settings.export': () => ({ text: '{}' }),
  'settings.following': () => ({ on: true, there: 'readable', changedAt: minutesAgo(90) }),
  'settings.follow': () => ({ on: true, there: 'readable', changedAt: minutesAgo(0) }),
  'settings.import': ({ take }) => ({
    kind: 'readable',
    done: take,
    changes: [
      { name: 'activityRetentionDays', from: '30', to: '7' },
      { name: 'callLogOn', from: 'true', to: 'false' },
    ],
    leftOut: [
      { name: 'defaultAccountId', why: 'stays-here' },
      { name: 'templates', why: 'unknown' },
      { name: 'undoSeconds', why: 'not-allowed' },
    ],
  }),
};

function script(accounts: readonly AccountView[], more: Script = {}): Script {
  const done = (): { done: boolean } => ({ done: true });
  return {
    'accounts.list': () => accountsAnswer(accounts),
    'accounts.link': () => ({
      kind: 'linked',
      account: JONAS,
      canSend: true,
      relinked: false,
      lostRungs: [],
    }),
    'accounts.reconnect': () => ({
      kind: 'linked',
      account: JONAS,
      canSend: true,
      relinked: true,
      lostRungs: [],
    }),
    'accounts.revoke': (): RevokeResult => ({ kind: 'revoked' }),
    'accounts.remove': (): RevokeResult => ({ kind: 'asked' }),
    'accounts.make-default': done,
    'clients.save': () => ({ kind: 'saved' }),
    'clients.remove': done,
    'clients.test': () => ({ kind: 'works', typeSeen: true }),
    'sending.choices': () => ({
      undoSeconds: 10,
      lateToleranceMinutes: 60,
      receiptRetentionDays: 30,
    }),
    'sending.choose': done,
    'privacy.overview': () => overview,
    'privacy.calls': (request) => callLog(request),
    'privacy.statistics': ({ days }) => statistics(days),
    'privacy.keep-log-for': done,
    ...settingsScript,
    'privacy.set-call-log': done,
    'privacy.clear-call-log': done,
    'privacy.erase-everything': () => ({
      revoked: [
        { address: JONAS.address, result: { kind: 'revoked' }, consentPage: GMAIL.consentPage },
      ],
      unreadable: 0,
      wiped: [
        'Drafts, waiting mails and receipts',
        'Accounts, OAuth clients and settings',
        'Access tokens',
        'Call log and activity',
        'Keys of this device',
      ],
      left: [],
    }),
    ...more,
  };
}

const erasedWithRests = (): Script =>
  script([JONAS, OFFICE], {
    'privacy.erase-everything': () => ({
      revoked: [
        { address: JONAS.address, result: { kind: 'revoked' }, consentPage: GMAIL.consentPage },
        {
          address: OFFICE.address,
          result: { kind: 'local-only', consentPage: GMAIL.consentPage, why: 'no-token' },
          consentPage: GMAIL.consentPage,
        },
      ],
      unreadable: 1,
      wiped: ['Access tokens and what else lay in memory', 'Call log and activity'],
      left: ['Keys of this device'],
    }),
  });

const withoutClient = (): AnswerOf<'accounts.list'> => accountsAnswer([], { clients: [NO_CLIENT] });

const options = (name: string, hash: string, sceneScript: Script, act?: Scene['act']): Scene => ({
  page: 'options',
  name,
  hash,
  script: sceneScript,
  ...(act ? { act } : {}),
});

/** The settings page in each of its states. */
export const optionsScenes: readonly Scene[] = [
  options('first-run', '#accounts', script([], { 'accounts.list': withoutClient })),
  options('no-account', '#accounts', script([])),
  options('accounts', '#accounts', script([JONAS, OFFICE])),
  options('accounts-in-trouble', '#accounts', script([SIGNED_OUT, UNTICKED, REFUSED, LONG])),
  options('sending', '#sending', script([JONAS])),
  options('linked', '#accounts', script([]), (page) => press(page, 'Link Gmail')),
  options(
    'link-needs-host',
    '#accounts',
    script([], { 'accounts.link': () => ({ kind: 'needs-host', host: 'oauth2.googleapis.com' }) }),
    (page) => press(page, 'Link Gmail'),
  ),
  options('question-before-revoking', '#accounts', script([JONAS]), (page) =>
    press(page, 'Revoke'),
  ),
  options('revoked', '#accounts', script([JONAS]), async (page) => {
    await press(page, 'Revoke access of');
    await press(page, 'Revoke access');
  }),
  options('removed', '#accounts', script([JONAS, OFFICE]), async (page) => {
    await press(page, 'Remove jonas');
    await press(page, 'Remove it');
  }),
  options('client-none', '#client', script([], { 'accounts.list': withoutClient })),
  options('client-stored', '#client', script([JONAS])),
  options('client-works', '#client', script([JONAS]), (page) => press(page, 'Test this client')),
  options(
    'client-refused',
    '#client',
    script([JONAS], {
      'clients.test': () => ({
        kind: 'refused',
        code: 'redirect_uri_mismatch',
        detail: 'Error 400',
      }),
    }),
    (page) => press(page, 'Test this client'),
  ),
  options(
    'client-change',
    '#client',
    script([JONAS], { 'accounts.list': () => accountsAnswer([JONAS], { clients: [CLIENT] }) }),
    (page) => press(page, 'Change'),
  ),
  options('privacy', '#privacy', script([JONAS, OFFICE])),
  options(
    'privacy-empty',
    '#privacy',
    script([], {
      'privacy.overview': () => ({
        ...overview,
        inventory: [],
        hosts: overview.hosts.map(({ host }) => ({
          host,
          calls: 0,
          unanswered: 0,
          requestBytes: 0,
          answerBytes: 0,
          lastAt: null,
        })),
        allowedHosts: [],
        callLogOn: false,
      }),
      'privacy.calls': () => EMPTY_LOG,
      'privacy.statistics': ({ days }) => nothingHappened(days),
    }),
  ),
  options('privacy-log-filtered', '#privacy', script([JONAS, OFFICE]), async (page) => {
    await choose(page, '#filter-result', 'unanswered');
  }),
  options('privacy-no-log', '#privacy', {
    ...script([JONAS]),
    'privacy.calls': () => ({
      code: 'storage',
      userText: 'The browser would not read this. Nothing was changed. Try again.',
    }),
  }),
  options('erased-with-rests', '#privacy', erasedWithRests(), async (page) => {
    await press(page, 'Erase everything…');
    await type(page, '#confirm-word', 'erase');
    await press(page, 'Erase everything now');
  }),
  options('question-before-erasing', '#privacy', script([JONAS]), async (page) => {
    await press(page, 'Erase everything…');
    await type(page, '#confirm-word', 'erase');
  }),
  options('erased', '#privacy', script([JONAS]), async (page) => {
    await press(page, 'Erase everything…');
    await type(page, '#confirm-word', 'erase');
    await press(page, 'Erase everything now');
  }),
  options('take-along', '#take-along', script([JONAS])),
  options(
    'take-along-newer',
    '#take-along',
    script([JONAS], {
      'settings.following': () => ({ on: true, there: 'newer', changedAt: null }),
    }),
  ),
  options('take-along-file', '#take-along', script([JONAS]), (page) =>
    giveFile(page, '#settings-file', '{}'),
  ),
  options(
    'take-along-strange-file',
    '#take-along',
    script([JONAS], { 'settings.import': () => ({ kind: 'unreadable', why: 'no-json' }) }),
    (page) => giveFile(page, '#settings-file', '<html>'),
  ),
  options('take-along-question', '#take-along', script([JONAS]), (page) =>
    press(page, 'Switch it off and take'),
  ),
  options('no-answer', '#privacy', {}),
];
