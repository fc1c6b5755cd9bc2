import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../../../utils/network/network.ts';
import { createGmail, declaration } from '../../../../utils/providers/gmail/gmail.ts';
import type { SendContext, SendJob } from '../../../../utils/providers/providers.ts';
import { recordedContext } from '../../../contracts/mail-provider-contract.ts';
import { createFakeClock } from '../../../harness/fake-clock.ts';
import { gmailJob } from './gmail-bench.ts';

/* Servers that speak the protocol of resumable uploads in another way than Google does today. */

const SESSION = '/upload/gmail/v1/users/me/messages/send?uploadType=resumable&upload_id=';
const MESSAGE = '{"id":"18f0000000000001","threadId":"18f0000000000000"}';
const HOUR_MS = 3_600_000;

/** One way to speak it. */
interface Manner {
  /** How a session is named. */
  readonly location: string;
  /** How much of what has come it keeps. */
  keeps(heldBytes: number, cameTo: number): number;
  /** How it says what it holds; null says nothing. */
  range(heldBytes: number): string | null;
  readonly end: { readonly status: number; readonly body: string };
  /** How often it still says 308 although it has everything. */
  readonly stillBusy: number;
  /** Answers to bytes, by number of the request, that hide what became of them. */
  readonly trouble: ReadonlyMap<number, Trouble>;
}

interface Trouble {
  readonly status: number;
  readonly body: string;
  readonly taken: boolean;
  readonly forgets: boolean;
}

/** A server of that manner, and the mails that it has accepted. */
function serverOf(manner: Manner): {
  readonly fetch: typeof fetch;
  accepted(): number;
  requests(): number;
} {
  const sessions = new Map<string, { held: number; done: boolean; busy: number }>();
  let [accepted, requests] = [0, 0];

  const said = (session: { held: number; done: boolean; busy: number }): Response => {
    if (session.done && session.busy === 0) {
      return new Response(manner.end.body, { status: manner.end.status });
    }
    if (session.done) session.busy -= 1;
    const range = manner.range(session.held);
    return new Response(null, { status: 308, headers: range === null ? {} : { range } });
  };

  return {
    accepted: () => accepted,
    requests: () => requests,
    fetch: (input, init = {}) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (init.method === 'POST') {
        const id = String(sessions.size + 1);
        sessions.set(id, { held: 0, done: false, busy: manner.stillBusy });
        const headers = { LOCATION: manner.location + id };
        return Promise.resolve(new Response(null, { status: 200, headers }));
      }
      const id = url.searchParams.get('upload_id') ?? '';
      const session = sessions.get(id);
      if (!session) return Promise.resolve(new Response('', { status: 404 }));
      const range = new Headers(init.headers).get('content-range') ?? '';
      const [, from = '', to = '', size = ''] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? [];
      if (from === '') return Promise.resolve(said(session));
      requests += 1;
      const trouble = manner.trouble.get(requests);
      if (!session.done && trouble?.taken !== false) {
        if (Number(from) > session.held) throw new Error('a gap');
        session.held = Math.max(session.held, manner.keeps(session.held, Number(to) + 1));
        if (session.held === Number(size)) {
          session.done = true;
          accepted += 1;
        }
      }
      if (trouble?.forgets === true) sessions.delete(id);
      const answer = trouble
        ? new Response(trouble.body, { status: trouble.status })
        : said(session);
      return Promise.resolve(answer);
    },
  };
}

type End = 'sent' | 'unconfirmed' | 'waits' | 'comes back' | 'still under way';

/** Sends a mail as an outbox does: settles what is unknown, and begins anew what was not sent. */
async function deliver(
  job: SendJob,
  manner: Manner,
): Promise<{ end: End; accepted: number; requests: number }> {
  const clock = createFakeClock();
  const server = serverOf(manner);
  const network = createNetwork({
    fetch: server.fetch,
    clock,
    hosts: declaration.hosts,
    isOnline: () => true,
    record: () => undefined,
    hasHostPermission: () => Promise.resolve(true),
  });
  const provider = createGmail({ network, clock });
  const seen = { finalSliceAt: null as number | null };
  const context = recordedContext(
    { goodToken: () => 'token' },
    {
      canReadAllHeaders: () => Promise.resolve(true),
      beforeFinalSlice: () => Promise.resolve(void (seen.finalSliceAt ??= clock.now())),
    },
  );
  const ended = (end: End) => ({ end, accepted: server.accepted(), requests });
  let requests = 0;
  let setbacks = 0;
  const send = async (resume: SendContext['resume'] = null): ReturnType<typeof provider.send> => {
    const before = server.requests();
    const outcome = await provider.send(job, { ...context, resume, setbacks });
    requests = Math.max(requests, server.requests() - before);
    return outcome;
  };
  let outcome = await send();
  for (setbacks = 1; setbacks < 60; setbacks += 1) {
    await clock.advance(Math.min(HOUR_MS, 30_000 * 2 ** setbacks));
    if (outcome.kind === 'sent') return ended('sent');
    if (outcome.kind === 'retry') {
      expect(server.accepted()).toBe(0);
      seen.finalSliceAt = null;
      outcome = await send();
      continue;
    }
    if (outcome.kind === 'rejected') return ended('comes back');
    if (outcome.kind !== 'unknown') return ended('waits');
    const handle = context.handles.at(-1) ?? null;
    const settled = await provider.settle(job, { handle, setbacks, ...seen }, context);
    if (settled.kind === 'sent') return ended('sent');
    if (settled.kind === 'unknowable') return ended('unconfirmed');
    if (settled.kind === 'ask-again') continue;
    if (settled.kind === 'not-sent') {
      expect(server.accepted()).toBe(0);
      seen.finalSliceAt = null;
      outcome = await send();
    } else if (settled.kind === 'resume') {
      const resume = { ...settled, finalSliceLeft: seen.finalSliceAt !== null };
      outcome = await send(resume);
    } else return ended('waits');
  }
  return ended('still under way');
}

const LOCATIONS = [
  `https://gmail.googleapis.com${SESSION}`,
  `https://gmail.googleapis.com:443${SESSION}`,
  SESSION,
  `//gmail.googleapis.com${SESSION}`,
  '/resumable/upload/gmail/v1/users/me/messages/send?upload_id=',
] as const;

const RANGES: readonly Manner['range'][] = [
  (held) => (held === 0 ? null : `bytes=0-${held - 1}`),
  (held) => (held === 0 ? null : `0-${held - 1}`),
  (held) => (held === 0 ? null : `Bytes 0-${held - 1}`),
];

const KEEPS: readonly Manner['keeps'][] = [
  (_held, cameTo) => cameTo,
  // Whole blocks of 256 KiB, of 64 KiB, or half of what came; the rest has to be sent again.
  (held, cameTo) => rounded(held, cameTo, 262_144),
  (held, cameTo) => rounded(held, cameTo, 65_536),
  (held, cameTo) => (cameTo - held < 1_000 ? cameTo : held + Math.ceil((cameTo - held) / 2)),
];

/** The last piece is kept as a whole, however long it is. */
function rounded(held: number, cameTo: number, blockBytes: number): number {
  const whole = Math.floor(cameTo / blockBytes) * blockBytes;
  return whole > held ? whole : cameTo;
}

const SIZES = [300, 262_144, 1_300_000, 2_097_152];
const ENDS = [200, 201] as const;

const healthy = fc.record({
  location: fc.constantFrom(...LOCATIONS),
  range: fc.constantFrom(...RANGES),
  keeps: fc.constantFrom(...KEEPS),
  end: fc.record({ status: fc.constantFrom(...ENDS), body: fc.constant(MESSAGE) }),
  stillBusy: fc.integer({ min: 0, max: 3 }),
  trouble: fc.constant(new Map<number, Trouble>()),
});

const refusals = ['', '<html>', '{}', '[]', '{"error":"x"}', '[{"error":{"code":503}}]'];
const trouble = fc.record({
  status: fc.constantFrom(408, 500, 502, 503, 504, 404, 410, 200, 201, 204, 302),
  body: fc.constantFrom(...refusals),
  taken: fc.boolean(),
  forgets: fc.boolean(),
});
const troubled = fc.record({
  location: fc.constantFrom(...LOCATIONS),
  range: fc.constantFrom(...RANGES, () => null),
  keeps: fc.constantFrom(...KEEPS),
  end: fc.record({
    status: fc.constantFrom(...ENDS),
    body: fc.constantFrom(MESSAGE, '', 'null', '{}', '[]', '<html>', '{"threadId":"1"}'),
  }),
  stillBusy: fc.integer({ min: 0, max: 4 }),
  trouble: fc
    .array(fc.tuple(fc.integer({ min: 1, max: 6 }), trouble), { maxLength: 4 })
    .map((each) => new Map(each)),
});

describe('a server that speaks the upload protocol in another way', { timeout: 60_000 }, () => {
  it('gets every mail once, and it is said to be sent', async () => {
    const jobs = new Map(SIZES.map((size) => [size, gmailJob(size)]));
    await fc.assert(
      fc.asyncProperty(healthy, fc.constantFrom(...SIZES), async (manner, size) => {
        const job = jobs.get(size);
        if (!job) throw new Error('no job');
        expect(await deliver(job, manner)).toMatchObject({ end: 'sent', accepted: 1 });
      }),
      { numRuns: 150 },
    );
  });

  it('in whatever trouble it is, gets none twice, and is told right', async () => {
    const jobs = new Map(SIZES.map((size) => [size, gmailJob(size)]));
    await fc.assert(
      fc.asyncProperty(troubled, fc.constantFrom(...SIZES), async (manner, size) => {
        const job = jobs.get(size);
        if (!job) throw new Error('no job');
        const { end, accepted } = await deliver(job, manner);
        expect(accepted).toBeLessThanOrEqual(1);
        if (end === 'sent') expect(accepted).toBe(1);
        if (end === 'comes back') expect(accepted).toBe(0);
        expect(end).not.toBe('still under way');
      }),
      { numRuns: 400 },
    );
  });

  /** What a server with these ways does with a mail of several slices. */
  const plain: Manner = {
    location: LOCATIONS[0],
    keeps: (_held, cameTo) => cameTo,
    range: () => null,
    end: { status: 200, body: MESSAGE },
    stillBusy: 0,
    trouble: new Map(),
  };

  it.each<[string, Partial<Manner>]>([
    ['never says what it holds', {}],
    ['holds nothing, whatever comes', { keeps: (held) => held }],
    [
      'loses what it had, again and again',
      { range: (held) => (held % 524_288 === 0 ? null : `bytes=0-${held - 1}`) },
    ],
    ['names a range that is none', { range: () => 'bytes=none' }],
    ['names a range that does not begin at the beginning', { range: () => 'bytes=262144-524287' }],
    ['says that it has more than was sent', { range: (held) => `bytes=0-${held + 5}` }],
  ])(
    'and %s is asked seldom and ever more so, and then the mail comes back',
    async (_what, more) => {
      const { end, accepted, requests } = await deliver(gmailJob(2_097_152), { ...plain, ...more });
      expect({ end, accepted }).toEqual({ end: 'comes back', accepted: 0 });
      // Two sessions, each with a few tries.
      expect(requests).toBeLessThanOrEqual(12);
    },
  );
});
