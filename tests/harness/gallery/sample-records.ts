import type {
  AccountView,
  AnswerOf,
  ClientView,
  DraftView,
  GroupCounts,
  MailState,
  MailView,
  MergeSummary,
  ProviderView,
} from '../../../utils/messaging/messaging.ts';
import { groupOf } from '../../../components/mail/mail-acts.ts';
import { describeProvider } from '../../../utils/dispatch/describe-provider.ts';
import { declaration } from '../../../utils/providers/gmail/declaration.ts';
import { PLAIN_ACCOUNT } from '../plain-account.ts';

/** Thursday, 12 March 2026, 14:05 local time. Nothing in a scene moves with the real clock. */
export const NOW = new Date(2026, 2, 12, 14, 5).getTime();

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A moment so many minutes ago. */
export const minutesAgo = (minutes: number): number => NOW - minutes * MINUTE_MS;
/** A moment so many days ago. */
export const daysAgo = (days: number): number => NOW - days * DAY_MS;

/** A record's id that is a UUID, so that messages take it. */
export const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Gmail as pages see it. */
export const GMAIL: ProviderView = describeProvider(declaration);

/** Outlook as pages see it. */
export const OUTLOOK: ProviderView = {
  id: 'outlook',
  name: 'Outlook',
  hosts: [
    'login.microsoftonline.com',
    'graph.microsoft.com',
    'outlook.office.com',
    'outlook.office365.com',
  ],
  consentPage: 'https://myapps.microsoft.com',
  setupPage: 'https://entra.microsoft.com/',
  setupSteps: [
    'Open the Microsoft Entra admin center, choose “App registrations” and press “New registration”.',
    'Under “Redirect URI” choose the platform “Single-page application (SPA)” and enter exactly this address: {redirectUri}',
    'Copy the “Application (client) ID” from the overview page here, then press “Save” and “Test this client”.',
  ],
  clientFields: [
    {
      id: 'clientId',
      label: 'Application (client) ID',
      required: true,
      secret: false,
      help: 'Looks like 11112222-bbbb-3333-cccc-4444dddd5555.',
      pattern: String.raw`^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$`,
      initial: '',
      choices: [],
    },
    {
      id: 'tenant',
      label: 'Who may sign in',
      required: false,
      secret: false,
      help: 'As the registration has it under “Supported account types”.',
      pattern: null,
      initial: 'common',
      choices: ['common', 'organizations', 'consumers'],
    },
  ],
  rungs: [
    { rung: 'send', scopes: ['openid', 'User.Read', 'Mail.Send'], offered: true, workOnly: false },
    {
      rung: 'drafts',
      scopes: ['openid', 'User.Read', 'Mail.Send', 'Mail.ReadWrite'],
      offered: true,
      workOnly: false,
    },
    {
      rung: 'read',
      scopes: ['openid', 'User.Read', 'Mail.Send', 'Mail.Read'],
      offered: false,
      workOnly: false,
    },
    {
      rung: 'shared-mailbox',
      scopes: ['openid', 'User.Read', 'Mail.Send', 'Mail.Send.Shared'],
      offered: true,
      workOnly: true,
    },
  ],
  rungForHeadersFromOthers: 'drafts',
  revokes: false,
  limits: { messageBytes: 3_000_000, recipients: 500 },
};

/** An account that works, unless told otherwise. */
export function account(number: number, more: Partial<AccountView> = {}): AccountView {
  return {
    ...PLAIN_ACCOUNT,
    id: idOf(number),
    providerId: 'gmail',
    providerName: 'Gmail',
    address: `sender${number}@example.com`,
    name: '',
    grantedRungs: ['send'],
    health: { kind: 'works' },
    grant: 'lasting',
    limits: GMAIL.limits,
    linkedAt: daysAgo(40),
    lastUsedAt: minutesAgo(12),
    ...more,
  };
}

/** An account at Outlook that works, unless told otherwise. */
export function outlookAccount(number: number, more: Partial<AccountView> = {}): AccountView {
  return account(number, {
    providerId: 'outlook',
    providerName: 'Outlook',
    accountType: 'work',
    limits: OUTLOOK.limits,
    consentPage: OUTLOOK.consentPage,
    grants: [
      { rung: 'send', lasting: true, obtainedAt: daysAgo(0), endsAt: NOW + 20 * 60 * MINUTE_MS },
    ],
    ...more,
  });
}

/** A client that the person entered, with a secret. */
export const CLIENT: ClientView = {
  providerId: 'gmail',
  clientId: '482109-k3v9qd7f2m.apps.googleusercontent.com',
  hasSecret: true,
  tenant: null,
  redirectUri: 'https://hnkfogjdmhdlnjpbgkdpfdlfdcjhcmij.chromiumapp.org/google',
  origin: 'person',
};

/** A client at Microsoft that the person entered. */
export const OUTLOOK_CLIENT: ClientView = {
  providerId: 'outlook',
  clientId: 'c0ffee00-1111-4222-8333-444455556666',
  hasSecret: false,
  tenant: 'common',
  redirectUri: 'https://hnkfogjdmhdlnjpbgkdpfdlfdcjhcmij.chromiumapp.org/outlook',
  origin: 'person',
};

/** Both providers without a client. */
export const NO_CLIENTS: readonly ClientView[] = [CLIENT, OUTLOOK_CLIENT].map((client) => ({
  ...client,
  clientId: '',
  hasSecret: false,
  origin: 'none' as const,
}));

/** No client yet. */
export const NO_CLIENT: ClientView = { ...CLIENT, clientId: '', hasSecret: false, origin: 'none' };

/** What `accounts.list` answers. */
export function accountsAnswer(
  accounts: readonly AccountView[],
  more: Partial<AnswerOf<'accounts.list'>> = {},
): AnswerOf<'accounts.list'> {
  return {
    accounts,
    unreadable: [],
    clients: [CLIENT],
    providers: [GMAIL],
    defaultAccountId: accounts[0]?.id ?? null,
    ...more,
  };
}

/** A mail of the outbox. */
export function mail(number: number, state: MailState, more: Partial<MailView> = {}): MailView {
  const sent = state.kind === 'sent';
  return {
    id: idOf(100 + number),
    accountId: idOf(1),
    state,
    subject: sent ? '' : 'Quote for 40 m of larch fence',
    recipients: sent ? '' : 'Ann Lee <ann.lee@example.org>',
    sizeBytes: 2_340,
    updatedAt: minutesAgo(number * 3),
    mayHaveArrived: state.kind === 'unconfirmed',
    sentPage:
      state.kind === 'unconfirmed'
        ? 'https://mail.google.com/mail/u/?authuser=jonas%40larch-fences.example#sent'
        : null,
    unreadable: null,
    ...more,
  };
}

/** What the worker answers of an outbox that has these mails and no others. */
export function outboxAnswer(
  mails: readonly MailView[],
  merges: readonly MergeSummary[] = [],
): AnswerOf<'outbox.list'> {
  return { mails: [...mails], counts: countsOf(mails), merges: [...merges] };
}

/** How many mails each group has. */
export function countsOf(mails: readonly MailView[]): GroupCounts {
  const counts = { 'needs-you': 0, failed: 0, waiting: 0, sending: 0, drafts: 0, sent: 0 };
  for (const one of mails) counts[groupOf(one)] += 1;
  return counts;
}

/** A draft with a recipient, a subject and a text. */
export function draft(more: Partial<DraftView> = {}): DraftView {
  return {
    id: idOf(200),
    accountId: idOf(1),
    content: {
      to: [{ name: 'Ann Lee', address: 'ann.lee@example.org' }],
      cc: [],
      bcc: [],
      replyTo: [],
      subject: 'Quote for 40 m of larch fence',
      text: 'Dear Ann,\n\nthank you for showing me the garden. The quote is below; it holds until Easter.\n\n40 m larch, 1.80 m high, two gates: 6,480.00\n\nKind regards\nJonas',
      html: null,
      attachments: [],
      threading: null,
      fromAlias: null,
    },
    suggestions: [],
    alsoFound: '',
    rejection: null,
    updatedAt: minutesAgo(1),
    revision: 3,
    ...more,
  };
}

/** Every state that a mail can be in. */
export const EVERY_STATE: readonly MailState[] = [
  { kind: 'unconfirmed', attemptedAt: minutesAgo(11) },
  { kind: 'waiting-for-sign-in', why: 'invalid_grant' },
  { kind: 'waiting-for-host', host: 'gmail.googleapis.com' },
  { kind: 'waiting-for-right', rung: 'send' },
  { kind: 'waiting-for-right', rung: 'shared-mailbox' },
  {
    kind: 'refused',
    code: 'accessNotConfigured',
    detail: 'Gmail API has not been used in project',
  },
  { kind: 'draft', reason: { code: 'invalidArgument', detail: 'Invalid To header' } },
  {
    kind: 'sending',
    attempt: 1,
    startedAt: minutesAgo(0),
    acknowledgedBytes: 1_310_720,
    settling: false,
  },
  {
    kind: 'sending',
    attempt: 2,
    startedAt: minutesAgo(1),
    acknowledgedBytes: 0,
    settling: true,
  },
  { kind: 'overdue', at: minutesAgo(150), zone: 'Europe/Berlin' },
  { kind: 'held', until: NOW + 7_400 },
  { kind: 'scheduled', at: NOW + 1_080 * MINUTE_MS, zone: 'America/New_York' },
  { kind: 'at-provider', at: NOW + 1_080 * MINUTE_MS, zone: 'Europe/Berlin', notBack: null },
  { kind: 'taking-back', at: NOW + 1_080 * MINUTE_MS, zone: 'Europe/Berlin' },
  { kind: 'halted', acknowledgedBytes: 1_310_720 },
  { kind: 'queued' },
  { kind: 'retry', notBefore: NOW + 2 * MINUTE_MS, reason: 'rate-limit' },
  { kind: 'draft', reason: null },
  { kind: 'sent', sentAt: minutesAgo(20) },
];
