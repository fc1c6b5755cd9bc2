import { describe, expect, it } from 'vitest';
import { testBytes } from '../../../harness/send-job.ts';
import { openOutlookBench, PIECES, SENDING, type OutlookBench } from './outlook-bench.ts';

const RIGHTS = ['send', 'drafts'] as const;
const WRITING = { method: 'POST', path: /\/messages$/ };
const BIG = { fileName: 'film.mp4', bytes: testBytes(5_000_000), mediaType: 'video/mp4' };
const SMALL = { fileName: 'plan.pdf', bytes: testBytes(900_000), mediaType: 'application/pdf' };

/** Sends, and settles and goes on as often as an outbox would, until it is known what became of it. */
async function deliver(bench: OutlookBench, wanted = {}): Promise<string> {
  const job = bench.mail(wanted);
  const context = bench.context();
  let outcome = await bench.provider.send(job, context);
  for (let turn = 0; turn < 8 && outcome.kind === 'unknown'; turn += 1) {
    await bench.clock.advance(60_000);
    const earlier = { ...context.earlier, setbacks: turn };
    const settled = await bench.provider.settle(job, earlier, context);
    if (settled.kind === 'ask-again') continue;
    if (settled.kind !== 'resume') return settled.kind;
    const resume = { ...settled, finalSliceLeft: earlier.finalSliceAt !== null };
    outcome = await bench.provider.send(job, { ...context, resume });
  }
  return outcome.kind;
}

describe('with the right to write drafts', () => {
  it('is a draft that is written down before it is handed in', async () => {
    const bench = openOutlookBench(RIGHTS);
    const context = bench.context();
    const outcome = await bench.provider.send(bench.mail(), context);
    expect(outcome).toMatchObject({ kind: 'sent', receipt: { acceptedAt: bench.clock.now() } });
    expect(bench.asked()).toEqual(['POST /me/messages', 'POST /me/messages/*/send']);
    const steps = context.log.filter((step) => step === 'checkpoint' || step === 'final slice');
    expect(steps).toEqual(['checkpoint', 'final slice']);
    expect(bench.drafts()).toBe(0);
  });

  it('keeps what it answers to, who gets it unseen, its list header and another From', async () => {
    const bench = openOutlookBench(RIGHTS);
    const from = { name: 'Joan', address: 'joan@bletchley.example' };
    const outcome = await deliver(bench, {
      from,
      otherSenders: [{ kind: 'alias', ...from }],
      content: {
        bcc: [{ name: '', address: 'quiet@example.com' }],
        threading: {
          inReplyTo: '<a@x.example>',
          references: ['<b@x.example>', '<a@x.example>'],
          threadId: null,
        },
      },
      extraHeaders: [{ name: 'List-Unsubscribe', value: '<mailto:off@x.example>' }],
    });
    expect(outcome).toBe('sent');
    const [mail = ''] = bench.delivered();
    expect(mail).toMatch(/^From: .*joan@bletchley\.example/m);
    expect(mail).toMatch(/^In-Reply-To: <a@x\.example>/m);
    expect(mail).toMatch(/^References: <b@x\.example>\s+<a@x\.example>/m);
    expect(mail).toMatch(/^List-Unsubscribe: <mailto:off@x\.example>/m);
    expect(mail).not.toContain('quiet@example.com');
    expect(bench.microsoft.deliveries[0]?.envelope.to).toContain('quiet@example.com');
  });

  it('says that a header can not be written, before anything leaves', async () => {
    const bench = openOutlookBench(RIGHTS);
    const extraHeaders = [{ name: 'Organization', value: 'Fences' }];
    const outcome = await bench.provider.send(bench.mail({ extraHeaders }), bench.context());
    expect(outcome).toEqual({
      kind: 'rejected',
      code: 'header_not_supported',
      detail: 'Organization',
    });
    expect(bench.requests()).toBe(0);
  });

  it('sends as a shared mailbox with the right for that, and writes with the one for drafts', async () => {
    const bench = openOutlookBench(['send', 'drafts', 'shared-mailbox']);
    const from = { name: 'Office', address: 'office@bletchley.example' };
    expect(await deliver(bench, { from })).toBe('sent');
    expect(bench.delivered()[0]).toMatch(/^From: .*office@bletchley\.example/m);
  });

  it('goes in one request where the right to write drafts is gone and nothing was written', async () => {
    const bench = openOutlookBench(['send']);
    const outcome = await bench.provider.send(
      bench.mail({ grantedRungs: RIGHTS }),
      bench.context({
        token: (request) =>
          Promise.resolve(
            request?.rung === 'drafts'
              ? { kind: 'missing-right', rung: 'drafts' }
              : { kind: 'token', token: { reveal: () => bench.goodToken() } as never },
          ),
      }),
    );
    expect(outcome.kind).toBe('sent');
    expect(bench.asked()).toEqual(['POST /me/sendMail']);
  });

  it('removes the draft of a mail that will never be accepted', async () => {
    const bench = openOutlookBench(RIGHTS);
    const from = { name: '', address: 'alan@elsewhere.example' };
    const outcome = await bench.provider.send(bench.mail({ from }), bench.context());
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'ErrorSendAsDenied' });
    expect(bench.drafts()).toBe(0);
    expect(bench.accepted()).toBe(0);
  });
});

describe('files', () => {
  it('that fit go with the draft in one request', async () => {
    const bench = openOutlookBench(RIGHTS);
    expect(await deliver(bench, { files: [SMALL] })).toBe('sent');
    expect(bench.asked()).toEqual(['POST /me/messages', 'POST /me/messages/*/send']);
  });

  it('that are large go in order and in pieces, without a token, and arrive byte for byte', async () => {
    const bench = openOutlookBench(RIGHTS);
    const shown = { ...SMALL, fileName: 'map.png', mediaType: 'image/png', contentId: 'map@x' };
    const content = { html: '<img src="cid:map@x">', text: 'map' };
    expect(await deliver(bench, { files: [BIG, SMALL, shown], content })).toBe('sent');
    const pieces = bench.router.log.requests(PIECES);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.every(({ authorized }) => !authorized)).toBe(true);
    const [mail = ''] = bench.delivered();
    const film = Buffer.from(BIG.bytes).toString('base64').slice(0, 60);
    expect(mail).toContain(film);
    expect(mail).toContain('<map@x>');
    const [sent] = bench.microsoft.messages('joan.clarke@bletchley.example');
    expect(sent?.content.attachments.map(({ name }) => name)).toEqual([
      'film.mp4',
      'plan.pdf',
      'map.png',
    ]);
    expect(Buffer.compare(sent!.content.attachments[0]!.bytes, Buffer.from(BIG.bytes))).toBe(0);
  });

  it('tell how far they are, and never that all is there before it was sent', async () => {
    const bench = openOutlookBench(RIGHTS);
    const context = bench.context();
    const job = bench.mail({ files: [BIG, SMALL] });
    let before = 0;
    await bench.provider.send(job, {
      ...context,
      beforeFinalSlice: () => {
        before = Number(context.log.findLast((step) => step.startsWith('progress'))?.split(' ')[1]);
        return Promise.resolve();
      },
    });
    expect(before).toBe(job.message.sizeBytes - 1);
    expect(context.log.at(-1)).toBe(`progress ${job.message.sizeBytes}`);
  });

  it.for([
    ['breaks before a piece', { kind: 'cut-before-body' }],
    ['breaks in a piece', { kind: 'cut-mid-body', afterBytes: 100_000 }],
    ['breaks after a piece', { kind: 'cut-after-accept' }],
    ['ends in 503', { kind: 'refuse', status: 503 }],
    ['ends in nonsense', { kind: 'answer-garbage' }],
    ['is told to wait', { kind: 'too-many-requests', retryAfterSeconds: 2.5 }],
    ['loses its session', { kind: 'forget-session', status: 404 }],
    ['loses its session for good', { kind: 'forget-session', status: 410 }],
  ] as const)('arrive once when the line %s', async ([, fault]) => {
    const bench = openOutlookBench(RIGHTS);
    bench.router.faults.add({ match: PIECES, fault, nth: 2 });
    const ended = await deliver(bench, { files: [BIG] });
    if (fault.kind === 'too-many-requests') {
      expect(ended).toBe('retry');
      return;
    }
    expect(ended).toBe('sent');
    expect(bench.accepted()).toBe(1);
    const [sent] = bench.microsoft.messages('joan.clarke@bletchley.example');
    expect(sent?.content.attachments).toHaveLength(1);
  });

  it('go to the other address that Graph gives, too', async () => {
    const bench = openOutlookBench(RIGHTS);
    bench.microsoft.switches.uploadHost = 'outlook.office365.com';
    expect(await deliver(bench, { files: [BIG] })).toBe('sent');
    expect(bench.router.log.hosts()).toContain('outlook.office365.com');
    const [sent] = bench.microsoft.messages('joan.clarke@bletchley.example');
    expect(sent?.content.attachments.map(({ name }) => name)).toEqual(['film.mp4']);
  });

  it('that were put there twice are there once when it is sent', async () => {
    const bench = openOutlookBench(RIGHTS);
    const adding = { method: 'POST', path: /\/attachments$/ };
    bench.router.faults.add({ match: adding, fault: { kind: 'cut-after-accept' } });
    expect(await deliver(bench, { files: [SMALL, BIG] })).toBe('sent');
    const [sent] = bench.microsoft.messages('joan.clarke@bletchley.example');
    expect(sent?.content.attachments.map(({ name }) => name)).toEqual(['plan.pdf', 'film.mp4']);
  });

  it.for([
    'https://evil.example/api/gv1.0/upload',
    'http://outlook.office.com/upload',
    'https://outlook.office.com:8443/upload',
    'https://me@outlook.office.com/upload',
    'not an address',
  ])('never go to %s, whatever an answer names', async (uploadUrl) => {
    const bench = openOutlookBench(RIGHTS);
    const opening = { method: 'POST', path: /createUploadSession$/ };
    bench.router.faults.add({
      match: opening,
      fault: { kind: 'refuse', status: 201, body: JSON.stringify({ uploadUrl }) },
      times: Infinity,
    });
    const outcome = await bench.provider.send(bench.mail({ files: [BIG] }), bench.context());
    expect(outcome).toEqual({ kind: 'unknown', reason: 'strange-answer' });
    expect(bench.router.log.hosts()).toEqual(['graph.microsoft.com']);
  });

  it('wait for the host where the browser hides its answers', async () => {
    const bench = openOutlookBench(RIGHTS);
    bench.router.cors.only({ host: 'outlook.office.com' }, 'refused');
    const outcome = await bench.provider.send(bench.mail({ files: [BIG] }), bench.context());
    expect(outcome).toEqual({ kind: 'needs-host', host: 'outlook.office.com' });
    expect(bench.accepted()).toBe(0);
  });

  it('of a draft that somebody changed leave it as it is, and the mail comes back', async () => {
    const bench = openOutlookBench(RIGHTS);
    const context = bench.context({
      progress: () => {
        const [draft] = bench.microsoft.messages('joan.clarke@bletchley.example');
        if (draft && draft.content.attachments.length === 1) {
          draft.content = { ...draft.content, attachments: [] };
        }
      },
    });
    const outcome = await bench.provider.send(bench.mail({ files: [SMALL, BIG] }), context);
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'draft_changed' });
    expect(bench.drafts()).toBe(1);
  });
});

describe('a draft whose handing in was not heard of', () => {
  it.for(['at-once', 'late', 'other-id'] as const)(
    'is found where it went, when its copy comes %s',
    async (sentCopy) => {
      const bench = openOutlookBench(RIGHTS);
      bench.microsoft.switches.sentCopy = sentCopy;
      bench.loseAnswer();
      expect(await deliver(bench)).toBe('sent');
      expect(bench.accepted()).toBe(1);
    },
  );

  it.for([
    { kind: 'fail-after-accept', status: 504 },
    { kind: 'answer-status', status: 200 },
    { kind: 'refuse', status: 503 },
    { kind: 'refuse', status: 200 },
    { kind: 'cut-before-body' },
    { kind: 'refuse', status: 404 },
    { kind: 'refuse', status: 429 },
  ] as const)('arrives once after %j', async (fault) => {
    const bench = openOutlookBench(RIGHTS);
    bench.router.faults.add({ match: SENDING, fault });
    const ended = await deliver(bench);
    expect(['sent', 'retry']).toContain(ended);
    expect(bench.accepted()).toBe(ended === 'sent' ? 1 : 0);
  });

  it('is sent when the browser repeated the request and the second was refused', async () => {
    const bench = openOutlookBench(RIGHTS);
    const context = bench.context({
      beforeFinalSlice: async () => {
        const [draft] = bench.microsoft.messages('joan.clarke@bletchley.example');
        await fetchAs(bench, draft!.immutableId);
      },
    });
    const job = bench.mail();
    expect((await bench.provider.send(job, context)).kind).toBe('unknown');
    const earlier = { handle: context.handles.at(-1)!, finalSliceAt: 1, setbacks: 0 };
    expect((await bench.provider.settle(job, earlier, context)).kind).toBe('sent');
    expect(bench.accepted()).toBe(1);
  });

  it('is not taken for another draft with its Message-ID', async () => {
    const bench = openOutlookBench(RIGHTS);
    bench.microsoft.switches.sentCopy = 'late';
    const job = bench.mail();
    const context = bench.context();
    bench.loseAnswer();
    await bench.provider.send(job, context);
    await openedAgain(bench, job.parts.fixed.messageId);
    const earlier = { ...context.earlier, finalSliceAt: bench.clock.now() };
    expect((await bench.provider.settle(job, earlier, context)).kind).toBe('ask-again');
    await bench.clock.advance(10_000);
    expect((await bench.provider.settle(job, earlier, context)).kind).toBe('sent');
  });

  it('that is nowhere is asked for while, and is unknowable then', async () => {
    const bench = openOutlookBench(RIGHTS);
    const job = bench.mail();
    const context = bench.context();
    bench.loseAnswer();
    await bench.provider.send(job, context);
    for (const stored of bench.microsoft.messages('joan.clarke@bletchley.example')) {
      stored.visibleAt = Infinity;
    }
    const earlier = { ...context.earlier, finalSliceAt: bench.clock.now() };
    expect((await bench.provider.settle(job, earlier, context)).kind).toBe('ask-again');
    await bench.clock.advance(3 * 60 * 60 * 1000);
    expect(await bench.provider.settle(job, earlier, context)).toEqual({ kind: 'unknowable' });
  });

  it('that is refused again and again is taken back, which proves that it was not sent', async () => {
    const bench = openOutlookBench(RIGHTS);
    const job = bench.mail();
    const context = bench.context();
    bench.router.faults.add({
      match: SENDING,
      fault: { kind: 'refuse', status: 503 },
      times: Infinity,
    });
    await bench.provider.send(job, context);
    const earlier = { ...context.earlier, finalSliceAt: bench.clock.now(), setbacks: 5 };
    expect((await bench.provider.settle(job, earlier, context)).kind).toBe('ask-again');
    await bench.clock.advance(20 * 60 * 1000);
    expect(await bench.provider.settle(job, earlier, context)).toEqual({ kind: 'not-sent' });
    expect(bench.drafts()).toBe(0);
  });
});

describe('a draft that nobody heard of', () => {
  it('is removed before another is written', async () => {
    const bench = openOutlookBench(RIGHTS);
    bench.router.faults.add({ match: WRITING, fault: { kind: 'cut-after-accept' } });
    const job = bench.mail();
    const context = bench.context();
    expect((await bench.provider.send(job, context)).kind).toBe('unknown');
    expect(bench.drafts()).toBe(1);
    expect(await bench.provider.settle(job, context.earlier, context)).toEqual({
      kind: 'not-sent',
    });
    expect(bench.drafts()).toBe(0);
    expect((await bench.provider.send(job, context)).kind).toBe('sent');
    expect(bench.accepted()).toBe(1);
  });

  it('leaves the person’s own drafts alone', async () => {
    const bench = openOutlookBench(RIGHTS);
    await openedAgain(bench, '<another@x.example>');
    const never = { handle: null, finalSliceAt: null, setbacks: 0 };
    await bench.provider.settle(bench.mail(), never, bench.context());
    expect(bench.drafts()).toBe(1);
  });

  it('does not hinder a mail that went in one request before the right was given', async () => {
    const bench = openOutlookBench(RIGHTS);
    bench.microsoft.switches.messageId = 'keep';
    const job = bench.mail({ grantedRungs: ['send'] });
    bench.loseAnswer();
    const context = bench.context();
    await bench.provider.send(job, context);
    expect(await bench.provider.settle(job, context.earlier, context)).toEqual({
      kind: 'unknowable',
    });
    const seeing = bench.mail();
    expect((await bench.provider.settle(seeing, context.earlier, context)).kind).toBe('sent');
  });
});

describe('a handle', () => {
  it.for(['', '{}', 'https://evil.example/', '{"v":1,"id":""}'])(
    'that is not ours (%s) is no draft',
    async (text) => {
      const bench = openOutlookBench(RIGHTS);
      const { secret } = await import('../../../../utils/platform/platform.ts');
      const earlier = { handle: secret(text), finalSliceAt: null, setbacks: 0 };
      const settled = await bench.provider.settle(bench.mail(), earlier, bench.context());
      expect(settled).toEqual({ kind: 'not-sent' });
    },
  );
});

/** Hands a draft in as the browser's own repetition would. */
async function fetchAs(bench: OutlookBench, id: string): Promise<void> {
  await ask(bench, `/me/messages/${encodeURIComponent(id)}/send`, null);
}

/** Writes a draft with this Message-ID. */
async function openedAgain(bench: OutlookBench, internetMessageId: string): Promise<void> {
  await ask(bench, '/me/messages', { subject: 'x', internetMessageId });
}

async function ask(bench: OutlookBench, path: string, json: unknown): Promise<void> {
  const { peerFetch } = await import('../../../peers/peer-fetch.ts');
  await peerFetch(bench.router)(`https://graph.microsoft.com/v1.0${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${bench.goodToken('drafts')}`,
      'content-type': 'application/json',
    },
    body: json === null ? '' : JSON.stringify(json),
  });
}
