import { describe, expect, it } from 'vitest';
import { codeText } from '../../../../components/texts/provider-words.ts';
import { openOutlookBench, JOAN, SENDING } from './outlook-bench.ts';

const send = (bench: ReturnType<typeof openOutlookBench>, wanted = {}) =>
  bench.provider.send(bench.mail(wanted), bench.context());

/** Graph's words for a refusal. */
const refusal = (status: number, code: string, message = 'words', headers = {}) => ({
  kind: 'refuse' as const,
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ error: { code, message } }),
});

describe('with the right to send alone', () => {
  it('is one request, of which nothing remembers more than that it was accepted', async () => {
    const bench = openOutlookBench();
    const context = bench.context();
    const outcome = await bench.provider.send(bench.mail(), context);
    expect(outcome).toEqual({
      kind: 'sent',
      receipt: { messageId: null, threadId: null, acceptedAt: bench.clock.now() },
    });
    expect(bench.asked()).toEqual(['POST /me/sendMail']);
    expect(context.log.indexOf('final slice')).toBeGreaterThanOrEqual(0);
    expect(context.handles).toEqual([]);
  });

  it('brings the message as it was written, Bcc to its people and out of sight', async () => {
    const bench = openOutlookBench();
    const bcc = [{ name: '', address: 'quiet@example.com' }];
    const threading = { inReplyTo: '<a@x.example>', references: ['<a@x.example>'], threadId: null };
    await send(bench, { content: { bcc, threading, html: '<p>Hello</p>' } });
    const [mail = ''] = bench.delivered();
    expect(mail).toContain('In-Reply-To: <a@x.example>');
    expect(mail).toContain('text/html');
    expect(mail).not.toMatch(/quiet@example\.com/);
    expect(bench.microsoft.deliveries[0]?.envelope.to).toEqual([
      'ann@example.com',
      'quiet@example.com',
    ]);
  });

  it('takes Microsoft’s id of each call into the call log', async () => {
    const bench = openOutlookBench();
    await send(bench);
    const [call] = bench.calls;
    expect(call?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says that the right to write drafts would help, before anything leaves', async () => {
    const bench = openOutlookBench();
    const outcome = await bench.provider.send(bench.job(3_100_000), bench.context());
    expect(outcome).toEqual({ kind: 'missing-right', rung: 'drafts' });
    expect(bench.requests()).toBe(0);
  });

  it.for([200, 201, 204, 304, 500, 502, 503, 504, 408, 409])(
    'calls an answer of %i unknown, whatever was taken',
    async (status) => {
      const bench = openOutlookBench();
      bench.router.faults.add({ match: SENDING, fault: { kind: 'answer-status', status } });
      expect((await send(bench)).kind).toBe('unknown');
      const other = openOutlookBench();
      other.router.faults.add({ match: SENDING, fault: { kind: 'refuse', status } });
      expect((await send(other)).kind).toBe('unknown');
    },
  );

  it('does not take a large message for sent that was dropped with 200', async () => {
    const bench = openOutlookBench();
    bench.microsoft.switches.bigMime = 'dropped-with-200';
    const outcome = await bench.provider.send(bench.job(2_500_000), bench.context());
    expect(outcome).toEqual({ kind: 'unknown', reason: 'strange-answer' });
    expect(bench.accepted()).toBe(0);
  });

  it.for(['cut-before-body', 'cut-after-accept'] as const)(
    'never asks again when the line breaks (%s)',
    async (kind) => {
      const bench = openOutlookBench();
      bench.router.faults.add({ match: SENDING, fault: { kind } });
      const context = bench.context();
      expect((await bench.provider.send(bench.mail(), context)).kind).toBe('unknown');
      // Another one may have asked, without body and token, whether answers can be read.
      const calls = bench.router.log.requests(SENDING);
      expect(calls.filter(({ status }) => status !== 401)).toHaveLength(1);
      const settled = await bench.provider.settle(bench.mail(), context.earlier, context);
      expect(settled).toEqual({ kind: 'unknowable' });
    },
  );

  it.for([
    [refusal(400, 'ErrorMimeContentInvalidBase64String'), 'rejected'],
    [refusal(400, 'ErrorInvalidRecipients'), 'rejected'],
    [refusal(400, 'ErrorMessageSizeExceeded'), 'rejected'],
    [refusal(413, 'RequestEntityTooLarge'), 'rejected'],
    [refusal(403, 'ErrorSendAsDenied'), 'rejected'],
    [refusal(403, 'ErrorMessageSubmissionBlocked'), 'refused'],
    [refusal(403, 'ErrorAccountSuspend'), 'refused'],
    [refusal(400, 'errorAccountSuspend'), 'refused'],
    [refusal(403, 'errorSendAsDenied'), 'rejected'],
    [refusal(400, 'errorExceededMessageLimit'), 'retry'],
    [refusal(403, 'SomePolicy'), 'refused'],
    [refusal(404, 'MailboxNotEnabledForRESTAPI'), 'refused'],
    [{ kind: 'refuse' as const, status: 403, body: '<html>proxy</html>' }, 'refused'],
    [{ kind: 'refuse' as const, status: 404, body: '' }, 'refused'],
    [{ kind: 'refuse' as const, status: 407, body: '' }, 'refused'],
  ] as const)('passes on what Microsoft refuses, in its place: %j', async ([fault, kind]) => {
    const bench = openOutlookBench();
    bench.router.faults.add({ match: SENDING, fault });
    const outcome = await send(bench);
    expect(outcome.kind).toBe(kind);
    expect(bench.accepted()).toBe(0);
  });

  it.for(['ErrorAccessDenied', 'errorAccessDenied', 'accessDenied', 'AccessDenied'])(
    'waits for the right where Microsoft says that it is missing: %s',
    async (code) => {
      const bench = openOutlookBench();
      bench.router.faults.add({ match: SENDING, fault: refusal(403, code) });
      expect(await send(bench)).toEqual({ kind: 'missing-right', rung: 'send' });
    },
  );

  it('waits as long as it is told to, fractions rounded up, and a limit of a day is one', async () => {
    const bench = openOutlookBench();
    bench.refuseForNow(2.128);
    expect(await send(bench)).toEqual({ kind: 'retry', reason: 'rate-limit', retryAfterMs: 3_000 });
    bench.microsoft.switches.messagesPerDay = 1;
    expect((await send(bench)).kind).toBe('sent');
    expect(await send(bench)).toEqual({
      kind: 'retry',
      reason: 'daily-limit',
      retryAfterMs: null,
    });
  });

  it('is told when the minute is full', async () => {
    const bench = openOutlookBench();
    bench.microsoft.switches.messagesPerMinute = 1;
    await send(bench);
    expect(await send(bench)).toMatchObject({ kind: 'retry', reason: 'rate-limit' });
    expect(bench.accepted()).toBe(1);
  });
});

describe('from another address', () => {
  const alias = { name: 'Joan', address: 'joan@bletchley.example' };

  it('goes as JSON, with its files, where nothing needs a header', async () => {
    const bench = openOutlookBench();
    const files = [
      { fileName: 'plan.txt', bytes: new TextEncoder().encode('posts'), mediaType: 'text/plain' },
    ];
    const outcome = await send(bench, {
      from: alias,
      otherSenders: [{ kind: 'alias', ...alias }],
      files,
    });
    expect(outcome.kind).toBe('sent');
    const [mail = ''] = bench.delivered();
    expect(mail).toMatch(/^From: .*joan@bletchley\.example/m);
    expect(mail).toContain('plan.txt');
  });

  it.for([
    [
      'an answer',
      { content: { threading: { inReplyTo: '<a@x>', references: [], threadId: null } } },
      'In-Reply-To',
    ],
    [
      'a list',
      { extraHeaders: [{ name: 'List-Unsubscribe', value: '<mailto:a@b.example>' }] },
      'List-Unsubscribe',
    ],
  ] as const)(
    'is said to need drafts for %s, before anything leaves',
    async ([, wanted, header]) => {
      const bench = openOutlookBench();
      const outcome = await send(bench, { from: alias, ...wanted });
      expect(outcome).toEqual({ kind: 'rejected', code: 'from_needs_drafts', detail: header });
      expect(bench.requests()).toBe(0);
    },
  );

  it('keeps headers of our own', async () => {
    const bench = openOutlookBench();
    await send(bench, { from: alias, extraHeaders: [{ name: 'X-Posts', value: 'larch' }] });
    expect(bench.delivered()[0]).toMatch(/^X-Posts: larch/im);
  });

  it('that is not this person’s comes back with the reason', async () => {
    const bench = openOutlookBench();
    const outcome = await send(bench, { from: { name: '', address: 'alan@elsewhere.example' } });
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'ErrorSendAsDenied' });
  });
});

describe('from a shared mailbox', () => {
  const office = { name: 'Office', address: 'office@bletchley.example' };
  const otherSenders = [{ kind: 'shared-mailbox' as const, ...office }];

  it('goes with the right for it, and leaves its copy in the person’s own mailbox', async () => {
    const bench = openOutlookBench(['send', 'shared-mailbox']);
    const outcome = await send(bench, { from: office, otherSenders });
    expect(outcome.kind).toBe('sent');
    expect(bench.asked()).toEqual(['POST /me/sendMail']);
    expect(bench.delivered()[0]).toMatch(/^From: "?Office"? <office@bletchley\.example>/m);
    expect(bench.microsoft.messages(JOAN.email)).toHaveLength(1);
  });

  it('takes a token of that right, and none where the person did not give it', async () => {
    const bench = openOutlookBench(['send', 'shared-mailbox']);
    const asked: unknown[] = [];
    const context = bench.context({
      token: (request) => {
        asked.push(request?.rung);
        return Promise.resolve({ kind: 'missing-right', rung: 'shared-mailbox' });
      },
    });
    const mail = bench.mail({ from: office, otherSenders });
    const lack = { kind: 'missing-right', rung: 'shared-mailbox' };
    expect(await bench.provider.send(mail, context)).toEqual(lack);
    expect(asked).toEqual(['shared-mailbox']);
    expect(bench.requests()).toBe(0);
  });

  it('that was noted as an alias comes back with what to do, and waits for no right', async () => {
    const bench = openOutlookBench(['send']);
    const alias = [{ kind: 'alias' as const, ...office }];
    const outcome = await send(bench, { from: office, otherSenders: alias });
    expect(outcome).toEqual({ kind: 'rejected', code: 'alias_denied', detail: '' });
    expect(codeText({ code: 'alias_denied', detail: '' })).toContain('shared mailbox');
    expect(bench.accepted()).toBe(0);
  });

  it('in whose name the person may not send comes back with the reason', async () => {
    const bench = openOutlookBench(['send', 'shared-mailbox']);
    const from = { name: '', address: 'nobody@bletchley.example' };
    const outcome = await send(bench, {
      from,
      otherSenders: [{ kind: 'shared-mailbox', ...from }],
    });
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'ErrorSendAsDenied' });
    expect(codeText({ code: 'ErrorSendAsDenied', detail: '' })).toContain('Send on behalf');
    expect(bench.accepted()).toBe(0);
  });

  it('comes back also where Exchange says no more than that access is denied', async () => {
    const bench = openOutlookBench(['send', 'shared-mailbox']);
    bench.router.faults.add({
      match: SENDING,
      fault: refusal(403, 'ErrorAccessDenied'),
    });
    const outcome = await send(bench, { from: office, otherSenders });
    expect(outcome).toEqual({ kind: 'rejected', code: 'shared_mailbox_denied', detail: '' });
    expect(codeText({ code: 'shared_mailbox_denied', detail: '' })).toContain('Send as');
  });
});

describe('the account', () => {
  it('is who Microsoft says that it is', async () => {
    const bench = openOutlookBench();
    const { secret } = await import('../../../../utils/platform/platform.ts');
    const outcome = await bench.provider.identify(secret(bench.goodToken()), null);
    expect(outcome).toEqual({
      kind: 'identified',
      identity: { subject: JOAN.id, address: JOAN.email, name: JOAN.name },
    });
  });

  it('has a name that can stand in a mail, and none where none is told', async () => {
    const bench = openOutlookBench();
    const { secret } = await import('../../../../utils/platform/platform.ts');
    for (const [displayName, name] of [
      ['Joan\t\0Clarke\r\nBcc: x@y.example', 'Joan Clarke Bcc: x@y.example'],
      ['x'.repeat(5_000), 'x'.repeat(250)],
      [null, ''],
    ]) {
      const body = JSON.stringify({ id: '1', mail: 'a@b.example', displayName });
      bench.router.faults.add({
        match: {},
        fault: { kind: 'refuse', status: 200, body },
        times: 1,
      });
      const outcome = await bench.provider.identify(secret(bench.goodToken()), null);
      expect(outcome).toMatchObject({ identity: { name } });
    }
  });
});
