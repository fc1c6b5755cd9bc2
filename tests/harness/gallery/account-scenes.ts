import type {
  AccountView,
  AnswerOf,
  GrantOutcome,
  NeedsAdmin,
  StepDownOutcome,
} from '../../../utils/messaging/messaging.ts';
import type { Script } from '../fake-client.ts';
import {
  account,
  accountsAnswer,
  CLIENT,
  daysAgo,
  GMAIL,
  idOf,
  minutesAgo,
  NO_CLIENTS,
  OUTLOOK,
  OUTLOOK_CLIENT,
  outlookAccount,
} from './sample-records.ts';
import { press, type, type Scene } from './scene.ts';

/* The settings page with accounts at both providers, and what can be done with them. */

const OFFICE = account(1, {
  address: 'jonas@larch-fences.example',
  name: 'Jonas Weber',
  label: 'Office',
  colour: 'moss',
});
const WORK = outlookAccount(2, {
  address: 'jonas.weber@zaunbau.example',
  name: 'Jonas Weber',
  label: 'Tenders',
  colour: 'clay',
  otherSenders: [
    { kind: 'alias', name: 'Larch Fences', address: 'tenders@zaunbau.example' },
    { kind: 'alias', name: '', address: 'info@zaunbau.example' },
  ],
});
const SHARING = outlookAccount(2, {
  address: 'jonas.weber@zaunbau.example',
  name: 'Jonas Weber',
  otherSenders: [
    { kind: 'shared-mailbox', name: 'Larch Fences', address: 'office@zaunbau.example' },
    { kind: 'alias', name: '', address: 'info@zaunbau.example' },
  ],
});
const HOME = outlookAccount(3, {
  address: 'jonas.weber@outlook.example',
  accountType: 'personal',
  consentPage: 'https://account.live.com/consent/Manage',
  health: { kind: 'will-ask', why: 'token-ended' },
});
const DRAFTS = outlookAccount(4, {
  address: 'jonas.weber@zaunbau.example',
  grantedRungs: ['send', 'drafts'],
  grants: [
    { rung: 'send', lasting: true, obtainedAt: minutesAgo(30), endsAt: null },
    { rung: 'drafts', lasting: true, obtainedAt: daysAgo(3), endsAt: null },
  ],
  carriesMore: ['Mail.Read', 'Contacts.Read'],
});

const NEEDS_ADMIN: NeedsAdmin = {
  kind: 'needs-admin',
  code: 'AADSTS90094',
  clientId: OUTLOOK_CLIENT.clientId,
  tenant: 'langley.example',
  scopes: ['openid', 'User.Read', 'Mail.Send'],
  link: `https://login.microsoftonline.com/langley.example/adminconsent?client_id=${OUTLOOK_CLIENT.clientId}`,
};

const TROUBLED: readonly AccountView[] = [
  account(11, {
    address: 'info@larch-fences.example',
    grant: 'none',
    health: { kind: 'needs-sign-in', why: 'invalid_grant' },
  }),
  account(12, { address: 'sales@larch-fences.example', grantedRungs: [], grants: [] }),
  outlookAccount(13, { address: 'katherine@langley.example', health: NEEDS_ADMIN }),
  outlookAccount(14, {
    address: `einkauf.und.vergabe@${'landesvermessung-'.repeat(3)}brandenburg.example`,
    label: 'Vergabestelle der Landesvermessung Brandenburg, Außenstelle',
    colour: 'straw',
    health: { kind: 'refused', code: 'AADSTS7000112', detail: 'Application is disabled.' },
  }),
];

function both(
  accounts: readonly AccountView[],
  more: Partial<AnswerOf<'accounts.list'>> = {},
): AnswerOf<'accounts.list'> {
  return accountsAnswer(accounts, {
    providers: [GMAIL, OUTLOOK],
    clients: [CLIENT, OUTLOOK_CLIENT],
    ...more,
  });
}

function script(accounts: readonly AccountView[], more: Script = {}): Script {
  const done = (): { done: boolean } => ({ done: true });
  return {
    'accounts.list': () => both(accounts),
    'accounts.reorder': done,
    'accounts.describe': done,
    'accounts.make-default': done,
    'accounts.set-other-senders': ({ senders }) => ({
      kind: 'saved',
      otherSenders: senders,
    }),
    'accounts.revoke': () => NO_SUCH_CALL,
    'accounts.remove': () => NO_SUCH_CALL,
    'clients.save': () => ({ kind: 'bad-tenant' }),
    'clients.test': () => ({ kind: 'works', typeSeen: false }),
    ...more,
  };
}

const NO_SUCH_CALL = {
  kind: 'local-only',
  consentPage: 'https://account.live.com/consent/Manage',
  why: 'no-such-call',
} as const;

const granting = (outcome: GrantOutcome): Script => ({ 'accounts.grant-rung': () => outcome });
const steppingDown = (outcome: StepDownOutcome): Script => ({
  'accounts.step-down': () => outcome,
});

const options = (name: string, hash: string, sceneScript: Script, act?: Scene['act']): Scene => ({
  page: 'options',
  name,
  hash,
  script: sceneScript,
  ...(act ? { act } : {}),
});

async function openRights(page: HTMLElement): Promise<void> {
  await press(page, 'Rights, step');
}

async function stepDown(page: HTMLElement): Promise<void> {
  await openRights(page);
  await press(page, 'Give this right back');
  await press(page, 'Wipe and link again');
}

const first = (clients = [CLIENT, OUTLOOK_CLIENT]): Script =>
  script([], { 'accounts.list': () => both([], { clients }) });

/** Accounts of both kinds, their rights, other addresses and words, and the way to the first one. */
export const accountScenes: readonly Scene[] = [
  options('first-account', '#accounts', first([...NO_CLIENTS])),
  options('first-account-outlook', '#accounts/outlook', first([...NO_CLIENTS])),
  options('first-account-with-client', '#accounts/outlook', first()),
  options(
    'first-account-needs-admin',
    '#accounts/outlook',
    { ...first(), 'accounts.link': () => NEEDS_ADMIN },
    (page) => press(page, 'Link Outlook'),
  ),
  options('both-kinds', '#accounts', script([OFFICE, WORK, HOME])),
  options('both-kinds-in-trouble', '#accounts', script(TROUBLED)),
  options('moved', '#accounts', script([OFFICE, WORK, HOME]), (page) =>
    press(page, 'Move Tenders up'),
  ),
  options('rights', '#accounts', script([WORK]), openRights),
  options('rights-given', '#accounts', script([DRAFTS]), openRights),
  options('rights-unticked', '#accounts', script(TROUBLED.slice(1, 2)), openRights),
  options(
    'right-granted',
    '#accounts',
    script([WORK], granting({ kind: 'granted', rung: 'drafts', account: DRAFTS })),
    async (page) => {
      await openRights(page);
      await press(page, 'Give this right');
    },
  ),
  options('right-needs-admin', '#accounts', script([WORK], granting(NEEDS_ADMIN)), async (page) => {
    await openRights(page);
    await press(page, 'Give this right');
  }),
  options('question-before-stepping-down', '#accounts', script([DRAFTS]), async (page) => {
    await openRights(page);
    await press(page, 'Give this right back');
  }),
  options(
    'stepped-down',
    '#accounts',
    script(
      [DRAFTS],
      steppingDown({
        kind: 'stepped-down',
        revoked: NO_SUCH_CALL,
        account: WORK,
        lostRungs: [],
      }),
    ),
    stepDown,
  ),
  options(
    'stepped-down-not-linked',
    '#accounts',
    script(
      [DRAFTS],
      steppingDown({
        kind: 'not-linked',
        revoked: NO_SUCH_CALL,
        linking: { kind: 'cancelled' },
      }),
    ),
    stepDown,
  ),
  options('other-senders', '#accounts', script([WORK]), (page) => press(page, 'Other addresses')),
  options(
    'other-senders-wrong',
    '#accounts',
    script([WORK], {
      'accounts.set-other-senders': () => ({
        kind: 'problems',
        problems: [
          { index: 0, what: 'name' },
          { index: 1, what: 'address' },
        ],
      }),
    }),
    async (page) => {
      await press(page, 'Other addresses');
      await type(page, `#sender-${idOf(2)}-1-address`, 'info at zaunbau');
      await press(page, 'Save the addresses');
    },
  ),
  options('other-senders-none', '#accounts', script([HOME]), async (page) => {
    await press(page, 'Other addresses');
    await press(page, 'Add an address');
  }),
  options('shared-mailbox-without-its-right', '#accounts', script([SHARING]), (page) =>
    press(page, 'Other addresses'),
  ),
  options(
    'shared-mailbox-needs-admin',
    '#accounts',
    script([SHARING], granting(NEEDS_ADMIN)),
    async (page) => {
      await press(page, 'Other addresses');
      await press(page, 'Give this right: Send from shared');
    },
  ),
  options(
    'shared-mailbox-with-its-right',
    '#accounts',
    script([{ ...SHARING, grantedRungs: ['send', 'shared-mailbox'] }]),
    (page) => press(page, 'Other addresses'),
  ),
  options('label-and-colour', '#accounts', script([OFFICE]), (page) =>
    press(page, 'Label and colour'),
  ),
  options('question-before-removing-outlook', '#accounts', script([HOME]), (page) =>
    press(page, 'Remove jonas'),
  ),
  options('outlook-revoked', '#accounts', script([HOME]), async (page) => {
    await press(page, 'Revoke access of');
    await press(page, 'Revoke access');
  }),
  options('clients-none', '#client', first([...NO_CLIENTS])),
  options('clients-stored', '#client', script([OFFICE, WORK])),
  options('client-outlook', '#client/outlook', first([...NO_CLIENTS])),
  options('client-outlook-tenant', '#client/outlook', first([...NO_CLIENTS]), async (page) => {
    await type(page, '#outlook-clientId', OUTLOOK_CLIENT.clientId);
    const select = page.querySelector<HTMLSelectElement>('#outlook-tenant');
    if (!select) throw new Error('there is nothing to choose from');
    select.value = 'other';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await press(page, 'Save');
  }),
  options('client-outlook-odd-id', '#client/outlook', first([...NO_CLIENTS]), async (page) => {
    await type(page, '#outlook-clientId', 'not-a-client');
    await press(page, 'Save');
  }),
  options('clients-both-work', '#client', script([OFFICE, WORK]), async (page) => {
    for (const setup of page.querySelectorAll<HTMLElement>('.setup')) {
      await press(setup, 'Test this client');
    }
  }),
  options(
    'client-outlook-wrong-type',
    '#client',
    script([WORK], {
      'accounts.list': () => both([WORK], { providers: [OUTLOOK], clients: [OUTLOOK_CLIENT] }),
      'clients.test': () => ({ kind: 'refused', code: 'AADSTS9002326', detail: '' }),
    }),
    (page) => press(page, 'Test this client'),
  ),
];
