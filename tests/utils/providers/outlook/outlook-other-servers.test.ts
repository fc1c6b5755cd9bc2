import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../../../utils/network/network.ts';
import { createOutlook, declaration } from '../../../../utils/providers/outlook/outlook.ts';
import { secret } from '../../../../utils/platform/platform.ts';
import type { MailProvider } from '../../../../utils/providers/providers.ts';
import { testBytes, type WantedJob } from '../../../harness/send-job.ts';
import { peerFetch } from '../../../peers/peer-fetch.ts';
import { JOAN, openOutlookBench, PIECES, SENDING, type OutlookBench } from './outlook-bench.ts';

const RIGHTS = ['send', 'drafts'] as const;
/** Requests that make a draft. */
const MAKING = { method: 'POST', path: /\/me\/messages$/ };
const ADDING = { method: 'POST', path: /\/attachments$/ };
const BIG = { fileName: 'film.mp4', bytes: testBytes(5_000_000), mediaType: 'video/mp4' };
const SMALL = { fileName: 'plan.pdf', bytes: testBytes(900_000), mediaType: 'application/pdf' };

interface Listed {
  readonly value: readonly Record<string, unknown>[];
}

type Ask = (url: URL, init: RequestInit) => Promise<Response>;

/** Outlook at a server that answers in another way; `real` asks the peer. */
function answeredBy(
  bench: OutlookBench,
  answer: (
    asked: { readonly url: URL; readonly init: RequestInit },
    real: Ask,
  ) => Promise<Response>,
): OutlookBench['provider'] {
  const fetched = peerFetch(bench.router);
  const real: Ask = (url, init) => fetched(url, init);
  const network = createNetwork({
    fetch: (input, init = {}) =>
      answer({ url: new URL(input instanceof Request ? input.url : input), init }, real),
    clock: bench.clock,
    hosts: declaration.hosts,
    isOnline: () => true,
    record: (call) => bench.calls.push(call),
  });
  const provider = createOutlook({ network, clock: bench.clock });
  const { scheduling } = provider;
  if (!scheduling) throw new Error('Outlook schedules');
  return { ...provider, scheduling };
}

/** Outlook whose lists of files are given in another way. */
function listingAs(
  bench: OutlookBench,
  told: (list: Listed, query: string) => unknown,
): MailProvider {
  return answeredBy(bench, async ({ url, init }, real) => {
    const answer = await real(url, init);
    if (!url.pathname.endsWith('/attachments') || init.method !== 'GET') return answer;
    const body = told((await answer.json()) as Listed, url.search);
    return new Response(JSON.stringify(body), { status: answer.status });
  });
}

describe('a server that lets pages send the token and the type of what they send, and no other header', () => {
  it('is asked who signed in, and takes a mail in one request', async () => {
    const bench = openOutlookBench();
    const provider = answeredBy(bench, async ({ url, init }, real) => {
      const names = [...new Headers(init.headers).keys()];
      const others = names.filter((name) => !['authorization', 'content-type'].includes(name));
      // What a browser says of a preflight that does not allow the rest (Fetch standard, 4.8).
      if (others.length > 0) throw new TypeError(`Failed to fetch: ${others.join()}`);
      return await real(url, init);
    });
    const token = secret(bench.goodToken());
    expect(await provider.identify(token, null)).toMatchObject({ kind: 'identified' });
    expect(await provider.send(bench.mail(), bench.context())).toMatchObject({ kind: 'sent' });
  });
});

/** The names of the files of what was sent. */
function namesSent(bench: OutlookBench): readonly string[] {
  const [sent] = bench.microsoft.messages(JOAN.email).filter(({ isDraft }) => !isDraft);
  return sent?.content.attachments.map(({ name }) => name) ?? [];
}

function refusalBody(code: string): string {
  return code === '' ? '' : JSON.stringify({ error: { code, message: 'no' } });
}

/** Sends, and settles and goes on as often as an outbox would. */
async function deliver(
  bench: OutlookBench,
  wanted = {},
  provider: MailProvider = bench.provider,
): Promise<string> {
  const job = bench.mail(wanted);
  const context = bench.context();
  let outcome = await provider.send(job, context);
  for (let turn = 0; turn < 4 && outcome.kind === 'unknown'; turn += 1) {
    const settled = await provider.settle(job, context.earlier, context);
    if (settled.kind === 'not-sent') {
      outcome = await provider.send(job, context);
      continue;
    }
    if (settled.kind !== 'resume') return settled.kind;
    outcome = await provider.send(job, {
      ...context,
      resume: { ...settled, finalSliceLeft: context.earlier.finalSliceAt !== null },
    });
  }
  return outcome.kind;
}

describe('a mail by a draft', () => {
  it('never goes in one request as well once the draft was written down', async () => {
    const from = { name: 'Joan', address: 'joan@bletchley.example' };
    const files = Array.from({ length: 20 }, (_, index) => ({
      fileName: String(index),
      bytes: testBytes(149_000),
    }));
    const wanted = (text: string): WantedJob => ({
      from,
      otherSenders: [{ kind: 'alias', ...from }],
      files,
      content: { text },
    });
    const alone = openOutlookBench(['send']);
    await alone.provider.send(alone.mail(wanted('')), alone.context());
    const sizeBytes = Math.max(...alone.calls.map(({ requestBytes }) => requestBytes));
    // So large that the draft's files go one by one, and the mail in one request just so.
    const text = 'x'.repeat(4_000_000 - 100 - sizeBytes);
    const bench = openOutlookBench(RIGHTS);
    bench.router.faults.add({
      match: ADDING,
      fault: { kind: 'refuse', status: 403, body: refusalBody('ErrorAccessDenied') },
    });
    const context = bench.context();
    const outcome = await bench.provider.send(bench.mail(wanted(text)), context);
    expect(context.handles).toHaveLength(1);
    expect(outcome).toEqual({ kind: 'missing-right', rung: 'drafts' });
    expect(bench.asked()).toEqual(['POST /me/messages', 'POST /me/messages/*/attachments']);
  });

  it('keeps every request within what one may have, to hundreds of recipients too', async () => {
    const bench = openOutlookBench(RIGHTS);
    const cc = Array.from({ length: 450 }, (_, index) => ({
      name: `Recipient ${index} ${'with a long name '.repeat(4)}`,
      address: `recipient.number.${index}@example.com`,
    }));
    const files = [{ fileName: 'a.bin', bytes: testBytes(2_980_000) }];
    const outcome = await bench.provider.send(
      bench.mail({ content: { cc }, files }),
      bench.context(),
    );
    expect(outcome.kind).toBe('sent');
    const largest = Math.max(...bench.calls.map(({ requestBytes }) => requestBytes));
    expect(largest).toBeLessThanOrEqual(4_000_000);
  });
});

describe('an upload', () => {
  it.for([
    [401, ''],
    [401, 'InvalidMsaTicket'],
    [403, 'ErrorAccessDenied'],
    [404, 'UploadSessionNotFound'],
    [410, 'uploadSessionExpired'],
    [416, 'requestedRangeNotSatisfiable'],
  ] as const)('goes on, or anew, after %i %s to a piece', async ([status, code]) => {
    const bench = openOutlookBench(RIGHTS);
    const fault = { kind: 'refuse', status, body: refusalBody(code) } as const;
    bench.router.faults.add({ match: PIECES, fault, nth: 2 });
    expect(await deliver(bench, { files: [BIG] })).toBe('sent');
    expect(namesSent(bench)).toEqual(['film.mp4']);
  });

  it.for([
    [200, { nextExpectedRanges: ['1048576-4999999'] }],
    [201, { nextExpectedRanges: ['1048576-'] }],
    [202, { nextExpectedRanges: [1_048_576] }],
    [200, { NextExpectedRanges: [' 1048576- '], expirationDateTime: null }],
    [200, { nextExpectedRanges: [] }],
  ] as const)('goes on in one go where the server says %i %j', async ([status, body]) => {
    const bench = openOutlookBench(RIGHTS);
    bench.router.faults.add({
      match: PIECES,
      fault: { kind: 'answer-garbage', status, body: JSON.stringify(body) },
    });
    const outcome = await bench.provider.send(bench.mail({ files: [BIG] }), bench.context());
    expect(outcome.kind).toBe('sent');
    expect(namesSent(bench)).toEqual(['film.mp4']);
  });

  it.for<[string, number, (from: number) => unknown]>([
    ['takes nothing of', 202, () => ({ nextExpectedRanges: ['0-'] })],
    ['never gets beyond a place in', 202, () => ({ nextExpectedRanges: ['9-'] })],
    [
      'goes back and forth in',
      202,
      (from) => ({ nextExpectedRanges: [from < 300_000 ? '1048576-' : '5-'] }),
    ],
    ['wants what is beyond the end of', 202, () => ({ nextExpectedRanges: ['7000000-'] })],
    ['names no place in', 202, () => ({ nextExpectedRanges: ['from the start'] })],
    ['says nothing of', 200, () => ({})],
    ['has forgotten', 404, () => ({})],
  ])(
    'at a server that %s what comes is begun anew, ever more seldom, and then comes back',
    async ([, status, body]) => {
      const bench = openOutlookBench(RIGHTS);
      let pieces = 0;
      const provider = answeredBy(bench, async ({ url, init }, real) => {
        if (!url.host.startsWith('outlook.')) return await real(url, init);
        pieces += 1;
        const from = /^bytes (\d+)/.exec(new Headers(init.headers).get('content-range') ?? '')?.[1];
        return new Response(JSON.stringify(body(Number(from ?? 0))), { status });
      });
      const [job, context] = [bench.mail({ files: [BIG] }), bench.context()];
      let outcome = await provider.send(job, context);
      let setbacks = 1;
      for (; outcome.kind === 'unknown' && setbacks < 30; setbacks += 1) {
        expect(pieces).toBeLessThanOrEqual(24);
        pieces = 0;
        await bench.clock.advance(3_600_000);
        const settled = await provider.settle(job, { ...context.earlier, setbacks }, context);
        const resume = settled.kind === 'resume' ? { ...settled, finalSliceLeft: false } : null;
        outcome = await provider.send(job, { ...context, resume, setbacks });
      }
      expect(outcome).toEqual({ kind: 'rejected', code: 'upload_stuck', detail: '' });
      expect(setbacks).toBeGreaterThan(9);
      expect([bench.accepted(), bench.drafts()]).toEqual([0, 0]);
    },
  );

  it.for(['', 'a:b?.mp4', 'cafe\u0301.mp4', ' film.mp4 '])(
    'of a file named %j is that file under the name that the server keeps',
    async (fileName) => {
      const bench = openOutlookBench(RIGHTS);
      const provider = listingAs(bench, ({ value }) => ({
        value: value.map((file) => ({
          ...file,
          name: String(file['name']).replace(/[:?]/g, '_').normalize().trim(),
        })),
      }));
      const files = [{ ...BIG, fileName }, SMALL];
      const outcome = await provider.send(bench.mail({ files }), bench.context());
      expect(outcome.kind).toBe('sent');
      expect(bench.asked().filter((request) => request.startsWith('DELETE'))).toEqual([]);
      expect(namesSent(bench)).toHaveLength(2);
    },
  );
});

describe('a list of files', () => {
  const LINK = '@odata.nextLink';
  const paged =
    (host: string) =>
    ({ value }: Listed, query: string): unknown => {
      const at = Number(/skip=(\d+)/.exec(query)?.[1] ?? 0);
      const next = `https://${host}/v1.0/me/messages/x/attachments?$select=id,name,size&$skip=${at + 1}`;
      return { value: value.slice(at, at + 1), ...(at + 1 < value.length && { [LINK]: next }) };
    };

  it('is read to its end where it comes in pages', async () => {
    const bench = openOutlookBench(RIGHTS);
    const files = [BIG, SMALL, { ...SMALL, fileName: 'map.pdf' }];
    let id = '';
    const provider = listingAs(bench, (list, query) => {
      const page = paged('graph.microsoft.com')(list, query) as Record<string, unknown>;
      const link = page[LINK];
      id = encodeURIComponent(bench.microsoft.messages(JOAN.email)[0]?.immutableId ?? id);
      return {
        ...page,
        ...(typeof link === 'string' && { [LINK]: link.replace('/x/', `/${id}/`) }),
      };
    });
    const outcome = await provider.send(bench.mail({ files }), bench.context());
    expect(outcome.kind).toBe('sent');
    expect(namesSent(bench)).toEqual(['film.mp4', 'plan.pdf', 'map.pdf']);
  });

  it('is never asked for at another host, whatever a page names', async () => {
    const bench = openOutlookBench(RIGHTS);
    const provider = listingAs(bench, paged('evil.example'));
    const files = [BIG, SMALL];
    const outcome = await provider.send(bench.mail({ files }), bench.context());
    expect(outcome).toEqual({ kind: 'unknown', reason: 'strange-answer' });
    expect(bench.router.log.hosts()).not.toContain('evil.example');
    expect(bench.accepted()).toBe(0);
  });

  it('may say sizes as text', async () => {
    const bench = openOutlookBench(RIGHTS);
    const provider = listingAs(bench, ({ value }) => ({
      value: value.map((file) => ({ ...file, size: String(file['size']) })),
    }));
    const outcome = await provider.send(bench.mail({ files: [BIG] }), bench.context());
    expect(outcome.kind).toBe('sent');
  });
});

describe('a scheduled mail', () => {
  it('that somebody sent before it was whole is not said to have been sent', async () => {
    const bench = openOutlookBench(RIGHTS);
    const sendAt = bench.clock.now() + 3_600_000;
    const job = bench.mail({ files: [BIG] });
    const context = bench.context();
    bench.router.faults.add({ match: PIECES, fault: { kind: 'cut-before-body' }, times: Infinity });
    await bench.provider.scheduling.schedule(job, { sendAt }, context);
    for (const stored of bench.microsoft.messages(JOAN.email)) stored.isDraft = false;
    const held = { sendAt, earlier: context.earlier, confirmed: false };
    expect((await bench.provider.scheduling.settle(job, held, context)).kind).toBe('unknowable');
    expect((await bench.provider.scheduling.cancel(job, held, context)).kind).toBe('unknowable');
  });
});

describe('a server that deletes by moving to Deleted Items', () => {
  const HOUR = 3_600_000;
  const movingBench = (): OutlookBench => {
    const bench = openOutlookBench(RIGHTS);
    bench.microsoft.switches.deletion = 'to-deleted-items';
    return bench;
  };
  const inDeleted = (bench: OutlookBench): number =>
    bench.microsoft.messages(JOAN.email).filter(({ folder }) => folder === 'deleteditems').length;
  /** As the person does it, in Outlook. */
  const deleteByHand = (bench: OutlookBench): void => {
    for (const stored of bench.microsoft.messages(JOAN.email)) {
      stored.folder = 'deleteditems';
      stored.held = null;
    }
  };

  it('never has a scheduled mail told as waiting that the person deleted there', async () => {
    const bench = movingBench();
    const { scheduling } = bench.provider;
    const [job, context, sendAt] = [bench.mail(), bench.context(), bench.clock.now() + 2 * HOUR];
    await scheduling.schedule(job, { sendAt }, context);
    const held = { sendAt, earlier: context.earlier, confirmed: true };
    expect((await scheduling.settle(job, held, context)).kind).toBe('scheduled');
    deleteByHand(bench);
    expect(inDeleted(bench)).toBe(1);
    expect(await scheduling.settle(job, held, context)).toEqual({ kind: 'withdrawn' });
    await bench.clock.advance(5 * HOUR);
    expect(await scheduling.settle(job, held, context)).toEqual({ kind: 'withdrawn' });
    expect(bench.accepted()).toBe(0);
  });

  it('proves a mail taken back that lies there, also when the answer to that was lost', async () => {
    const bench = movingBench();
    const { scheduling } = bench.provider;
    const [job, context, sendAt] = [bench.mail(), bench.context(), bench.clock.now() + 2 * HOUR];
    await scheduling.schedule(job, { sendAt }, context);
    const held = { sendAt, earlier: context.earlier, confirmed: true };
    bench.router.faults.add({ match: { method: 'DELETE' }, fault: { kind: 'cut-after-accept' } });
    expect((await scheduling.cancel(job, held, context)).kind).toBe('ask-again');
    expect(await scheduling.cancel(job, held, context)).toEqual({ kind: 'cancelled' });
    await bench.clock.advance(5 * HOUR);
    expect(bench.accepted()).toBe(0);
  });

  it('sends a mail once whose draft was deleted on the way, and says so only of what left', async () => {
    const bench = movingBench();
    bench.router.faults.add({ match: SENDING, fault: { kind: 'cut-before-body' } });
    const [job, context] = [bench.mail(), bench.context()];
    expect((await bench.provider.send(job, context)).kind).toBe('unknown');
    deleteByHand(bench);
    const settled = await bench.provider.settle(job, context.earlier, context);
    expect(settled.kind).toBe('resume');
    expect(bench.accepted()).toBe(0);
    if (settled.kind !== 'resume') return;
    const resume = { ...settled, finalSliceLeft: true };
    expect((await bench.provider.send(job, { ...context, resume })).kind).toBe('sent');
    expect(bench.accepted()).toBe(1);
  });

  it('has a draft found that was just made, beside those of earlier attempts that lie there', async () => {
    const bench = movingBench();
    const [job, context] = [bench.mail(), bench.context()];
    // Nobody hears of the first draft, so it is cleared away.
    bench.router.faults.add({ match: MAKING, fault: { kind: 'cut-after-accept' } });
    expect((await bench.provider.send(job, context)).kind).toBe('unknown');
    expect(await bench.provider.settle(job, context.earlier, context)).toEqual({
      kind: 'not-sent',
    });
    expect(inDeleted(bench)).toBe(1);
    bench.router.faults.add({ match: MAKING, fault: { kind: 'answer-garbage', body: '' } });
    expect((await bench.provider.send(job, context)).kind).toBe('sent');
    expect(bench.accepted()).toBe(1);
  });

  it('never has one that lies there taken for the draft that was just made and is not to be seen yet', async () => {
    const bench = movingBench();
    const [job, context] = [bench.mail({ files: [BIG] }), bench.context()];
    bench.router.faults.add({ match: MAKING, fault: { kind: 'cut-after-accept' } });
    expect((await bench.provider.send(job, context)).kind).toBe('unknown');
    expect((await bench.provider.settle(job, context.earlier, context)).kind).toBe('not-sent');
    expect(inDeleted(bench)).toBe(1);
    const provider = answeredBy(bench, ({ url, init }, real) =>
      init.method === 'POST' && url.pathname.endsWith('/me/messages')
        ? Promise.resolve(new Response('', { status: 201 }))
        : real(url, init),
    );
    expect(await provider.send(job, context)).toEqual({
      kind: 'unknown',
      reason: 'strange-answer',
    });
    expect(bench.accepted()).toBe(0);
  });
});

describe('making a draft', () => {
  it.for(['refuses', 'ignores'] as const)(
    'needs no $select: at a server that %s it there, text and files go once',
    async (what) => {
      const bench = openOutlookBench(RIGHTS);
      const provider = answeredBy(bench, async ({ url, init }, real) => {
        if (init.method !== 'POST' || !url.searchParams.has('$select')) return real(url, init);
        if (what === 'refuses') {
          return new Response(refusalBody('BadRequest'), { status: 400 });
        }
        url.searchParams.delete('$select');
        return real(url, init);
      });
      expect(await deliver(bench, { files: [BIG, SMALL] }, provider)).toBe('sent');
      expect(namesSent(bench)).toEqual(['film.mp4', 'plan.pdf']);
      expect([bench.accepted(), bench.drafts()]).toEqual([1, 0]);
    },
  );

  it('of a mail that is refused with and without it comes back, and leaves nothing there', async () => {
    const bench = openOutlookBench(RIGHTS);
    bench.router.faults.add({
      match: MAKING,
      times: 2,
      fault: { kind: 'refuse', status: 400, body: refusalBody('ErrorInvalidRecipients') },
    });
    const outcome = await bench.provider.send(bench.mail(), bench.context());
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'ErrorInvalidRecipients' });
    expect(bench.drafts()).toBe(0);
  });

  it.for(['', 'null', '[]', '{}', '{"id":5}', '{"id":""}', '<html>', '{"value":[]}'])(
    'is understood by the mail’s own id where the answer is %j',
    async (body) => {
      const bench = openOutlookBench(RIGHTS);
      bench.router.faults.add({ match: MAKING, fault: { kind: 'answer-garbage', body } });
      expect(await deliver(bench, { files: [BIG] })).toBe('sent');
      expect([bench.accepted(), bench.drafts()]).toEqual([1, 0]);
    },
  );

  it.for([{}, { conversationId: 7 }, { conversationId: null, isDraft: 'yes' }])(
    'needs its id alone of an answer that has %j beside it',
    async (beside) => {
      const bench = openOutlookBench(RIGHTS);
      const provider = answeredBy(bench, async ({ url, init }, real) => {
        const answer = await real(url, init);
        if (init.method !== 'POST' || !url.pathname.endsWith('/me/messages')) return answer;
        const { id } = (await answer.json()) as { readonly id: string };
        return new Response(JSON.stringify({ id, ...beside }), { status: 201 });
      });
      expect(await deliver(bench, {}, provider)).toBe('sent');
      expect(bench.asked()).toEqual(['POST /me/messages', 'POST /me/messages/*/send']);
      expect(bench.accepted()).toBe(1);
    },
  );
});

describe('a server that gives no lasting ids', () => {
  const passing = (bench: OutlookBench): OutlookBench['provider'] =>
    answeredBy(bench, ({ url, init }, real) => {
      const headers = new Headers(init.headers);
      headers.delete('prefer');
      return real(url, { ...init, headers });
    });

  it('has a mail whose answer was lost found by its own id, and never sent again', async () => {
    const bench = openOutlookBench(RIGHTS);
    bench.loseAnswer();
    expect(await deliver(bench, {}, passing(bench))).toBe('sent');
    expect([bench.accepted(), bench.drafts()]).toEqual([1, 0]);
  });

  it('never has a mail told as sent, or as not sent, that nothing is to be seen of', async () => {
    const bench = openOutlookBench(RIGHTS);
    const provider = passing(bench);
    bench.loseAnswer();
    const [job, context] = [bench.mail(), bench.context()];
    expect((await provider.send(job, context)).kind).toBe('unknown');
    for (const stored of bench.microsoft.messages(JOAN.email))
      stored.messageId = '<other@x.example>';
    const earlier = { ...context.earlier, finalSliceAt: bench.clock.now() };
    const settle = async (): Promise<string> => (await provider.settle(job, earlier, context)).kind;
    expect(await settle()).toBe('ask-again');
    await bench.clock.advance(3 * 3_600_000);
    expect(await settle()).toBe('unknowable');
    expect(bench.accepted()).toBe(1);
  });

  it('never has a draft that the person moved told as sent', async () => {
    const bench = openOutlookBench(RIGHTS);
    const provider = passing(bench);
    bench.router.faults.add({ match: SENDING, fault: { kind: 'cut-before-body' } });
    const [job, context] = [bench.mail(), bench.context()];
    expect((await provider.send(job, context)).kind).toBe('unknown');
    for (const stored of bench.microsoft.messages(JOAN.email)) stored.id = `${stored.id}moved`;
    await bench.clock.advance(3 * 3_600_000);
    const settled = await provider.settle(job, context.earlier, context);
    expect(settled.kind).toBe('unknowable');
    expect(bench.accepted()).toBe(0);
  });
});
