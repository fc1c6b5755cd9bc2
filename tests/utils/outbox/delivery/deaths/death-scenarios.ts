import type { MailState } from '../../../../../utils/outbox/outbox.ts';
import type { Rung } from '../../../../../utils/providers/providers.ts';
import type { CorsMode } from '../../../../peers/cors.ts';
import type { RequestMatch } from '../../../../peers/request-match.ts';
import type { MailWorld } from '../../../../harness/mail-world.ts';

/** What goes wrong in the world, while the worker dies as well. */
export interface Scenario {
  readonly title: string;
  /** The mail is longer than one slice. */
  readonly long?: true;
  /** It has a file of several pieces, and is longer than one slice. */
  readonly withFile?: true;
  /** The account is at Outlook, with these rights. */
  readonly outlook?: readonly Rung[];
  /** It is from this shared mailbox. */
  readonly fromShared?: string;
  /** It was queued before, and the worker that dies was woken by the alarm. */
  readonly woken?: true;
  /** Held that long after Send. */
  readonly undoSeconds?: number;
  /** Scheduled to go after so long, not sent. */
  readonly scheduledInMs?: number;
  /** To the provider, which sends it then: there are requests before its time. */
  readonly handedOver?: true;
  /** The person takes it back before it goes, in workers that die as well. */
  readonly undone?: true;
  readonly before?: (world: MailWorld) => void | Promise<void>;
  /** What the person does about a mail that waits. */
  readonly person?: (world: MailWorld) => void;
  /** Where it ends when no worker dies; `sent` by default. */
  readonly ends?: MailState['kind'];
  /** Whether the mail may also end unconfirmed: only where the session itself is lost. */
  readonly mayEndUnconfirmed?: true;
  /** A request that came late may leave a draft in the mailbox that nobody knew of. */
  readonly mayLeaveDraft?: true;
}

const HOST = 'gmail.googleapis.com';
const OPENING: RequestMatch = { method: 'POST', host: HOST };
const BYTES: RequestMatch = { method: 'PUT', contentRange: /^bytes \d/ };
const LAST_BYTES: RequestMatch = { method: 'PUT', contentRange: /-(\d+)\/(?!\1)/ };
const QUESTION: RequestMatch = { method: 'PUT', contentRange: /^bytes \*/ };

const allowHost = (world: MailWorld): void => void world.allowedHosts.add(HOST);

/** The last slice of a message: its range ends one before the total. */
function isLast(contentRange: string): boolean {
  const [, last, total] = /-(\d+)\/(\d+)$/.exec(contentRange) ?? [];
  return Number(last) + 1 === Number(total);
}

/** Matches the PUT that carries the last byte. */
const FINAL: RequestMatch = { ...LAST_BYTES, contentRange: lastSlice() };

/** A pattern that asks `isLast`: what is compared is more than a regular expression can say. */
function lastSlice(): RegExp {
  return Object.assign(/^bytes/, { test: isLast });
}

function hidden(mode: CorsMode, match: RequestMatch | null) {
  return (world: MailWorld): void => {
    if (match) world.router.cors.only(match, mode);
    else world.router.cors.set(mode);
  };
}

/** Every one of these is played with a death before, after and (bytes) in the middle of each call. */
export const SCENARIOS: readonly Scenario[] = [
  { title: 'a short mail' },
  { title: 'a short mail whose worker was woken by the alarm', woken: true },
  { title: 'a long mail in several slices', long: true },
  { title: 'a mail with a file, from the queueing on', withFile: true, woken: true },
  {
    title: 'a mail with a file over a line that breaks in the second slice',
    withFile: true,
    before: ({ router }) =>
      void router.faults.add({
        match: BYTES,
        fault: { kind: 'cut-mid-body', afterBytes: 300_000 },
        nth: 2,
      }),
  },
  { title: 'a mail in its undo window', undoSeconds: 10 },
  { title: 'a mail whose undo window ends', undoSeconds: 10, woken: true },
  { title: 'a mail that is undone', undoSeconds: 10, undone: true, ends: 'draft' },
  { title: 'a scheduled mail', scheduledInMs: 3_600_000 },
  { title: 'a scheduled mail whose time has come', scheduledInMs: 3_600_000, woken: true },
  {
    title: 'a scheduled mail that is taken back',
    scheduledInMs: 3_600_000,
    undone: true,
    ends: 'draft',
  },
  {
    title: 'a long mail over a line that breaks in the first slice',
    long: true,
    before: ({ router }) =>
      void router.faults.add({
        match: BYTES,
        fault: { kind: 'cut-mid-body', afterBytes: 300_000 },
      }),
  },
  {
    title: 'the answer is lost after Google accepted',
    before: ({ router }) =>
      void router.faults.add({ match: FINAL, fault: { kind: 'cut-after-accept' } }),
  },
  {
    title: 'the answer breaks off in the middle',
    before: ({ router }) =>
      void router.faults.add({ match: FINAL, fault: { kind: 'cut-mid-answer', afterBytes: 5 } }),
  },
  {
    title: 'the connection breaks before the bytes',
    before: ({ router }) =>
      void router.faults.add({ match: BYTES, fault: { kind: 'cut-before-body' } }),
  },
  {
    title: 'the connection breaks in the middle of the last bytes',
    before: ({ router }) =>
      void router.faults.add({ match: FINAL, fault: { kind: 'cut-mid-body', afterBytes: 200 } }),
  },
  {
    title: 'Google says 503 although it accepted',
    before: ({ router }) =>
      void router.faults.add({ match: FINAL, fault: { kind: 'fail-after-accept', status: 503 } }),
  },
  {
    title: 'Google says 500 to the opening',
    before: ({ router }) =>
      void router.faults.add({ match: OPENING, fault: { kind: 'refuse', status: 500 } }),
  },
  {
    title: 'Google says 200 with nonsense',
    before: ({ router }) =>
      void router.faults.add({ match: FINAL, fault: { kind: 'answer-garbage' } }),
  },
  {
    title: 'Google says 200 with nonsense, whenever it is asked',
    ends: 'unconfirmed',
    mayEndUnconfirmed: true,
    before: ({ router }) =>
      void router.faults.add({
        match: { method: 'PUT' },
        fault: { kind: 'answer-garbage' },
        times: Infinity,
      }),
  },
  {
    title: 'the token dies in the middle of a long mail',
    long: true,
    before: ({ router }) =>
      void router.faults.add({ match: BYTES, fault: { kind: 'unauthorized' }, nth: 2 }),
  },
  {
    title: 'too many requests, at the opening and at the last bytes',
    before: ({ router }) => {
      const fault = { kind: 'too-many-requests', retryAfterSeconds: 90 } as const;
      router.faults.add({ match: OPENING, fault });
      router.faults.add({ match: FINAL, fault });
    },
  },
  {
    title: 'Google refuses the mail',
    ends: 'draft',
    // A session that keeps the refusal says so to a question as well, which is no proof.
    mayEndUnconfirmed: true,
    before: ({ router }) =>
      void router.faults.add({
        match: { method: 'PUT' },
        fault: { kind: 'refuse', status: 400 },
        times: Infinity,
      }),
  },
  {
    title: 'the session is forgotten before the last slice',
    long: true,
    before: ({ router }) =>
      void router.faults.add({ match: BYTES, fault: { kind: 'forget-session', status: 404 } }),
  },
  {
    title: 'the session is forgotten after the last slice',
    ends: 'unconfirmed',
    mayEndUnconfirmed: true,
    before: ({ router }) => {
      router.faults.add({ match: FINAL, fault: { kind: 'cut-after-accept' } });
      router.faults.add({
        match: QUESTION,
        fault: { kind: 'forget-session', status: 410 },
        times: Infinity,
      });
    },
  },
  {
    title: 'every header hidden by CORS until the host is allowed',
    before: hidden('hidden', null),
    person: allowHost,
  },
  {
    title: 'every answer refused by CORS until the host is allowed',
    before: hidden('refused', null),
    person: allowHost,
  },
  {
    title: 'answers to bytes refused by CORS',
    long: true,
    before: hidden('refused', { method: 'PUT' }),
    person: allowHost,
  },
  {
    title: 'headers of answers to bytes hidden by CORS',
    long: true,
    before: hidden('hidden', { method: 'PUT' }),
    person: allowHost,
  },
  {
    title: 'the last bytes break off and the headers that tell are hidden',
    before: (world) => {
      hidden('hidden', QUESTION)(world);
      world.router.faults.add({ match: FINAL, fault: { kind: 'cut-before-body' } });
    },
    person: allowHost,
  },
  {
    title: 'the answer to the last bytes is lost and the question refused by CORS',
    before: (world) => {
      hidden('refused', QUESTION)(world);
      world.router.faults.add({ match: FINAL, fault: { kind: 'cut-after-accept' } });
    },
    person: allowHost,
  },
  {
    title: 'a grant that has died, until the person signs in again',
    before: ({ accounts }) => {
      accounts.instead = { kind: 'needs-sign-in', why: 'invalid_grant' };
    },
    person: ({ accounts }) => {
      accounts.instead = null;
      accounts.health = { kind: 'works' };
    },
  },
];
