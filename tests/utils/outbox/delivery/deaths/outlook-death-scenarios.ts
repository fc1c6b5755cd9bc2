import type { Fault } from '../../../../peers/faults.ts';
import type { RequestMatch } from '../../../../peers/request-match.ts';
import type { MailWorld } from '../../../../harness/mail-world.ts';
import type { MicrosoftSwitches } from '../../../../peers/microsoft/microsoft-options.ts';
import type { Scenario } from './death-scenarios.ts';

const WRITING: RequestMatch = { method: 'POST', path: /\/messages$/ };
const SENDING: RequestMatch = { method: 'POST', path: /\/(?:send|sendMail)$/ };
const PIECES: RequestMatch = { method: 'PUT', host: 'outlook.office.com' };
const LOOKING: RequestMatch = { method: 'GET', host: 'graph.microsoft.com' };

function struck(match: RequestMatch, fault: Fault, times = 1) {
  return (world: MailWorld): void => void world.router.faults.add({ match, fault, times });
}

function turned(switches: Partial<MicrosoftSwitches>, then?: (world: MailWorld) => void) {
  return (world: MailWorld): void => {
    if (world.outlook) Object.assign(world.outlook.microsoft.switches, switches);
    then?.(world);
  };
}

const lost = struck(SENDING, { kind: 'cut-after-accept' });

const OFFICE = 'office@bletchley.example';

/** Handed over at once, to be sent in three hours. */
const LATER = { scheduledInMs: 3 * 3_600_000, handedOver: true } as const;

const BY_DRAFT: readonly Omit<Scenario, 'outlook'>[] = [
  { title: 'a short mail' },
  { title: 'a short mail whose worker was woken by the alarm', woken: true },
  { title: 'a mail with a large file', withFile: true },
  { title: 'a mail that Exchange sends at its hour', ...LATER },
  { title: 'a mail that Exchange is to send, and the answer is lost', ...LATER, before: lost },
  {
    title: 'a mail that Exchange has and that is taken back',
    ...LATER,
    undone: true,
    ends: 'draft',
  },
  { title: 'the answer to handing in is lost', before: lost },
  { title: 'it is lost, and the sent copy comes late', before: turned({ sentCopy: 'late' }, lost) },
  {
    title: 'it is lost, and the sent copy has another id',
    before: turned({ sentCopy: 'other-id' }, lost),
  },
  {
    title: 'Microsoft says 504 although it sent',
    before: struck(SENDING, { kind: 'fail-after-accept', status: 504 }),
  },
  {
    title: 'Microsoft says 503 and did not send',
    before: struck(SENDING, { kind: 'refuse', status: 503 }),
  },
  {
    title: 'Microsoft says 200 and did not send',
    before: struck(SENDING, { kind: 'refuse', status: 200 }),
  },
  {
    title: 'the answer to the draft is lost',
    before: struck(WRITING, { kind: 'cut-after-accept' }),
  },
  {
    title: 'the answer to the draft is lost, where deleting moves to Deleted Items',
    before: turned({ deletion: 'to-deleted-items' }, struck(WRITING, { kind: 'cut-after-accept' })),
  },
  {
    title: 'the answer to the draft is nonsense',
    before: struck(WRITING, { kind: 'answer-garbage' }),
  },
  {
    title: 'too many requests, for the draft and for handing in',
    before: (world) => {
      const fault = { kind: 'too-many-requests', retryAfterSeconds: 2.128 } as const;
      struck(WRITING, fault)(world);
      struck(SENDING, fault)(world);
    },
  },
  { title: 'the token dies on the way', before: struck(SENDING, { kind: 'unauthorized' }) },
  {
    title: 'looking does not work for a while',
    before: (world) => {
      lost(world);
      struck(LOOKING, { kind: 'refuse', status: 503 }, 2)(world);
    },
  },
  {
    title: 'a piece of the file breaks off',
    withFile: true,
    before: struck(PIECES, { kind: 'cut-mid-body', afterBytes: 200_000 }),
  },
  {
    title: 'the upload is forgotten',
    withFile: true,
    before: struck(PIECES, { kind: 'forget-session', status: 404 }),
  },
];

const IN_ONE: readonly Omit<Scenario, 'outlook' | 'mayEndUnconfirmed'>[] = [
  { title: 'a short mail' },
  { title: 'the answer is lost', ends: 'unconfirmed', before: lost },
  {
    title: 'Microsoft says 504 although it sent',
    ends: 'unconfirmed',
    before: struck(SENDING, { kind: 'fail-after-accept', status: 504 }),
  },
  {
    title: 'Microsoft says 200 and did not send',
    ends: 'unconfirmed',
    before: struck(SENDING, { kind: 'refuse', status: 200 }),
  },
  {
    title: 'too many requests',
    before: struck(SENDING, { kind: 'too-many-requests', retryAfterSeconds: 2.128 }),
  },
  { title: 'the token dies on the way', before: struck(SENDING, { kind: 'unauthorized' }) },
];

/** A mail by a draft: wherever the worker dies, it arrives, and what became of it is known. */
export const DRAFT_SCENARIOS: readonly Scenario[] = [
  ...BY_DRAFT.map((scenario): Scenario => ({ ...scenario, outlook: ['send', 'drafts'] })),
  {
    title: 'from a shared mailbox, and the answer to handing in is lost',
    outlook: ['send', 'drafts', 'shared-mailbox'],
    fromShared: OFFICE,
    before: lost,
  },
];

/** A mail in one request: it never arrives twice, and nothing is claimed that is not known. */
export const WHOLE_SCENARIOS: readonly Scenario[] = [
  ...IN_ONE.map((scenario): Scenario => ({
    ...scenario,
    outlook: ['send'],
    mayEndUnconfirmed: true,
  })),
  {
    title: 'from a shared mailbox',
    outlook: ['send', 'shared-mailbox'],
    fromShared: OFFICE,
    mayEndUnconfirmed: true,
  },
];
