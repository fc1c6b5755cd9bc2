import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../../../utils/network/network.ts';
import { createOutlook, declaration } from '../../../../utils/providers/outlook/outlook.ts';
import type { MailProvider } from '../../../../utils/providers/providers.ts';
import { testBytes, type WantedJob } from '../../../harness/send-job.ts';
import { createTestRandom } from '../../../harness/test-random.ts';
import { peerFetch } from '../../../peers/peer-fetch.ts';
import { JOAN, openOutlookBench, PIECES, type OutlookBench } from './outlook-bench.ts';

const RIGHTS = ['send', 'drafts'] as const;
const ADDING = { method: 'POST', path: /\/attachments$/ };
const BIG = { fileName: 'film.mp4', bytes: testBytes(5_000_000), mediaType: 'video/mp4' };
const SMALL = { fileName: 'plan.pdf', bytes: testBytes(900_000), mediaType: 'application/pdf' };

interface Listed {
  readonly value: readonly Record<string, unknown>[];
}

/** Outlook whose lists of files are given in another way. */
function listingAs(
  bench: OutlookBench,
  told: (list: Listed, query: string) => unknown,
): MailProvider {
  const real = peerFetch(bench.router);
  const network = createNetwork({
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const answer = await real(url, init);
      if (!url.pathname.endsWith('/attachments') || init?.method !== 'GET') return answer;
      const body = told((await answer.json()) as Listed, url.search);
      return new Response(JSON.stringify(body), { status: answer.status });
    },
    clock: bench.clock,
    hosts: declaration.hosts,
    isOnline: () => true,
    record: (call) => bench.calls.push(call),
  });
  return createOutlook({ network, clock: bench.clock, random: createTestRandom() });
}

/** The names of the files of what was sent. */
function namesSent(bench: OutlookBench): readonly string[] {
  const [sent] = bench.microsoft.messages(JOAN.email).filter(({ isDraft }) => !isDraft);
  return sent?.content.attachments.map(({ name }) => name) ?? [];
}

function refusalBody(code: string): string {
  return code === '' ? '' : JSON.stringify({ error: { code, message: 'no' } });
}

/** Sends, and settles and goes on as often as an outbox would. */
async function deliver(bench: OutlookBench, wanted = {}): Promise<string> {
  const job = bench.mail(wanted);
  const context = bench.context();
  let outcome = await bench.provider.send(job, context);
  for (let turn = 0; turn < 4 && outcome.kind === 'unknown'; turn += 1) {
    const settled = await bench.provider.settle(job, context.earlier, context);
    if (settled.kind !== 'resume') return settled.kind;
    outcome = await bench.provider.send(job, {
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
    { nextExpectedRanges: ['1048576-4999999'] },
    { nextExpectedRanges: [1_048_576] },
    { NextExpectedRanges: [' 1048576- '], expirationDateTime: null },
    { nextExpectedRanges: [] },
  ])('goes on in one go where the server says %j', async (body) => {
    const bench = openOutlookBench(RIGHTS);
    bench.router.faults.add({
      match: PIECES,
      fault: { kind: 'answer-garbage', body: JSON.stringify(body) },
    });
    const outcome = await bench.provider.send(bench.mail({ files: [BIG] }), bench.context());
    expect(outcome.kind).toBe('sent');
    expect(namesSent(bench)).toEqual(['film.mp4']);
  });

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
