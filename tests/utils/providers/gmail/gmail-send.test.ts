import { describe, expect, it } from 'vitest';
import { secret } from '../../../../utils/platform/platform.ts';
import type { SendContext } from '../../../../utils/providers/providers.ts';
import { recordedContext } from '../../../contracts/mail-provider-contract.ts';
import { BYTES, gmailJob, OPENING, openGmailBench, QUESTION } from './gmail-bench.ts';

const HOST = 'gmail.googleapis.com';
const MIB = 1024 * 1024;

describe('a send through Gmail', () => {
  it.for([300, MIB])('takes two requests for a message of %i bytes', async (sizeBytes) => {
    const bench = openGmailBench();
    await bench.provider.send(gmailJob(sizeBytes), recordedContext(bench));
    expect(bench.router.log.requests().map(({ method }) => method)).toEqual(['POST', 'PUT']);
  });

  it('brings exactly the bytes of the message', async () => {
    const bench = openGmailBench();
    const job = gmailJob(3 * MIB + 17);
    await bench.provider.send(job, recordedContext(bench));
    const [delivery] = bench.google.deliveries;
    const whole = await job.message.read(0, job.message.sizeBytes);
    expect(Buffer.compare(delivery?.accepted ?? Buffer.alloc(0), whole)).toBe(0);
  });

  it('has the session written down before a byte leaves, and the mark before the last ones', async () => {
    const bench = openGmailBench();
    const seen: string[] = [];
    const context = recordedContext(bench, {
      checkpoint: () => Promise.resolve(void seen.push(`checkpoint ${bench.messageBytes()}`)),
      beforeFinalSlice: () => Promise.resolve(void seen.push(`final ${bench.messageBytes()}`)),
    });
    await bench.provider.send(gmailJob(2 * MIB), context);
    expect(seen).toEqual(['checkpoint 0', `final ${MIB}`]);
  });

  it('slices in multiples of 256 KiB and tells the progress', async () => {
    const bench = openGmailBench();
    const context = recordedContext(bench);
    await bench.provider.send(gmailJob(5 * MIB), context);
    const sizes = bench.router.log.requests(BYTES).map(({ requestBytes }) => requestBytes);
    for (const size of sizes.slice(0, -1)) expect(size % (256 * 1024)).toBe(0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * MIB);
    expect(context.log.filter((line) => line.startsWith('progress'))).toHaveLength(
      sizes.length - 1,
    );
  });

  it('joins the thread that it is told, and names none otherwise', async () => {
    const bench = openGmailBench();
    bench.google.addThread('ada.lovelace@gmail.example', '18f0000000000001', 'A fence');
    await bench.provider.send(gmailJob(500, '18f0000000000001'), recordedContext(bench));
    await bench.provider.send(gmailJob(500), recordedContext(bench));
    const [joined, alone] = bench.google.deliveries;
    expect(joined?.threadId).toBe('18f0000000000001');
    expect(alone?.threadId).not.toBe('18f0000000000001');
  });

  it('gives the ids that Google gave', async () => {
    const bench = openGmailBench();
    const outcome = await bench.provider.send(gmailJob(500), recordedContext(bench));
    const [delivery] = bench.google.deliveries;
    expect(outcome).toEqual({
      kind: 'sent',
      receipt: {
        messageId: delivery?.id,
        threadId: delivery?.threadId,
        acceptedAt: bench.clock.now(),
      },
    });
  });

  it('goes on in the session when the line breaks in the middle, from where Google stands', async () => {
    const bench = openGmailBench();
    bench.router.faults.add({
      match: BYTES,
      nth: 2,
      fault: { kind: 'cut-mid-body', afterBytes: 600_000 },
    });
    await bench.provider.send(gmailJob(3 * MIB), recordedContext(bench));
    expect(bench.router.log.requests(OPENING)).toHaveLength(1);
    expect(bench.router.log.requests(QUESTION)).toHaveLength(1);
    expect(bench.accepted()).toBe(1);
    expect(bench.messageBytes()).toBeLessThan(3.5 * MIB);
  });

  it('stops asking a session that takes nothing', async () => {
    const bench = openGmailBench();
    bench.router.faults.add({ match: BYTES, times: Infinity, fault: { kind: 'cut-before-body' } });
    const outcome = await bench.provider.send(gmailJob(2 * MIB), recordedContext(bench));
    expect(outcome.kind).toBe('unknown');
    expect(bench.router.log.requests(BYTES)).toHaveLength(3);
  });

  it('leaves a session that answers and takes nothing for another one, and then waits', async () => {
    const bench = openGmailBench();
    const headers = { range: 'bytes=0-99', 'access-control-expose-headers': 'range' };
    const fault = { kind: 'refuse', status: 308, headers } as const;
    bench.router.faults.add({ match: BYTES, times: Infinity, fault });
    const outcome = await bench.provider.send(gmailJob(2 * MIB), recordedContext(bench));
    expect(outcome).toEqual({ kind: 'retry', reason: 'provider-error', retryAfterMs: null });
    expect(bench.router.log.requests(OPENING)).toHaveLength(2);
    expect(bench.router.log.requests(BYTES)).toHaveLength(8);
  });

  it('opens another session when one is forgotten before the last bytes, and only then', async () => {
    const early = openGmailBench();
    early.router.faults.add({ match: BYTES, fault: { kind: 'forget-session', status: 404 } });
    await expect(
      early.provider.send(gmailJob(2 * MIB), recordedContext(early)),
    ).resolves.toMatchObject({ kind: 'sent' });
    expect(early.accepted()).toBe(1);

    const late = openGmailBench();
    late.router.faults.add({
      match: BYTES,
      nth: 2,
      fault: { kind: 'forget-session', status: 410 },
    });
    await expect(
      late.provider.send(gmailJob(2 * MIB), recordedContext(late)),
    ).resolves.toMatchObject({ kind: 'unknown' });
    expect(late.accepted()).toBe(0);
  });

  it('is stopped in the middle by the signal, and leaves no message', async () => {
    const bench = openGmailBench();
    const stop = new AbortController();
    const progress = (): void => stop.abort();
    const context = recordedContext(bench, { signal: stop.signal, progress });
    await expect(bench.provider.send(gmailJob(3 * MIB), context)).resolves.toEqual({
      kind: 'stopped',
    });
    expect(bench.accepted()).toBe(0);
  });
});

describe('what Google refuses', () => {
  it('is a missing right when the box was not ticked', async () => {
    const bench = openGmailBench();
    const token = secret(bench.tokenFor(['openid', 'email']));
    const context = recordedContext(bench, {
      token: () => Promise.resolve({ kind: 'token', token }),
    });
    await expect(bench.provider.send(gmailJob(500), context)).resolves.toEqual({
      kind: 'missing-right',
      rung: 'send',
    });
  });

  it('comes back to the person with the reason when it is the mail', async () => {
    const bench = openGmailBench();
    const bytes = new TextEncoder().encode('Subject: to nobody\r\n\r\nHello\r\n');
    const read = (from: number, to: number) => Promise.resolve(bytes.slice(from, to));
    const job = { ...gmailJob(500), message: { sizeBytes: bytes.length, read } };
    const outcome = await bench.provider.send(job, recordedContext(bench));
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'invalidArgument' });
  });

  it('waits when the project may not use the Gmail API', async () => {
    const bench = openGmailBench();
    const body = JSON.stringify({
      error: {
        code: 403,
        message: 'Gmail API is disabled',
        errors: [{ reason: 'accessNotConfigured' }],
      },
    });
    bench.router.faults.add({ match: OPENING, fault: { kind: 'refuse', status: 403, body } });
    await expect(bench.provider.send(gmailJob(500), recordedContext(bench))).resolves.toEqual({
      kind: 'refused',
      code: 'accessNotConfigured',
      detail: 'Gmail API is disabled',
    });
  });
});

describe('a Location', () => {
  const hostile = [
    'https://evil.example/upload/gmail/v1/users/me/messages/send?upload_id=1',
    'http://gmail.googleapis.com/upload/gmail/v1/users/me/messages/send?upload_id=1',
    'https://gmail.googleapis.com.evil.example/upload/gmail/v1/users/me/messages/send?upload_id=1',
    'https://gmail.googleapis.com@evil.example/upload/gmail/v1/users/me/messages/send?upload_id=1',
    'https://ada@gmail.googleapis.com/upload/gmail/v1/users/me/messages/send?upload_id=1',
    'https://gmail.googleapis.com:444/upload/gmail/v1/users/me/messages/send?upload_id=1',
    'https://gmail.googleapis.com/gmail/v1/users/me/messages/send?upload_id=1',
    'https://gmail.googleapis.com/upload/gmail/v1/users/me/messages/send',
    '//evil.example/upload/gmail/v1/users/me/messages/send?upload_id=1',
    '/upload/gmail/v1/users/me/messages/send?uploadType=resumable',
    `/upload/${'x'.repeat(9_000)}`,
    'javascript:alert(1)',
    '',
  ];
  it.for(hostile)('that leads elsewhere gets neither byte nor token (%s)', async (location) => {
    const bench = openGmailBench();
    bench.router.faults.add({ match: OPENING, fault: { kind: 'answer-location', location } });
    const context = recordedContext(bench);
    const outcome = await bench.provider.send(gmailJob(500), context);
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'strange-answer' });
    expect(context.log).not.toContain('checkpoint');
    expect(bench.router.log.requests()).toHaveLength(1);
  });

  const elsewhereAtGoogle = [
    '/resumable/upload/gmail/v1/users/me/messages/send?upload_id=',
    'https://gmail.googleapis.com:443/upload/gmail/v1/users/me/messages/send?uploadType=resumable&upload_id=',
    'HTTPS://GMAIL.GOOGLEAPIS.COM/resumable/upload/sessions/send?session=',
    '/upload/v2/_/',
  ];
  it.for(elsewhereAtGoogle)('may name a session in another way (%s)', async (where) => {
    const bench = openGmailBench();
    const fault = { kind: 'answer-location', location: `${where}1` } as const;
    bench.router.faults.add({ match: OPENING, fault });
    const body = '{"id":"18c","threadId":"18b","labelIds":["SENT"]}';
    bench.router.faults.add({ match: BYTES, fault: { kind: 'refuse', status: 201, body } });
    const outcome = await bench.provider.send(gmailJob(500), recordedContext(bench));
    expect(outcome).toMatchObject({ kind: 'sent', receipt: { messageId: '18c' } });
    const [, put] = bench.router.log.requests();
    expect(put?.path).toContain(new URL(where, `https://${HOST}`).pathname);
  });

  it('counts whether the session is "created" or only "ok"', async () => {
    const bench = openGmailBench();
    bench.router.faults.add({ match: OPENING, fault: { kind: 'answer-status', status: 201 } });
    await expect(bench.provider.send(gmailJob(500), recordedContext(bench))).resolves.toMatchObject(
      { kind: 'sent' },
    );
  });

  it('that is hidden makes the mail wait for the host, with no byte sent', async () => {
    const bench = openGmailBench();
    bench.router.cors.set('hidden');
    await expect(bench.provider.send(gmailJob(500), recordedContext(bench))).resolves.toEqual({
      kind: 'needs-host',
      host: HOST,
    });
    expect(bench.messageBytes()).toBe(0);
  });

  it('that is missing although everything could be read is strange, not hidden', async () => {
    const bench = openGmailBench(new Set([HOST]));
    bench.router.faults.add({ match: OPENING, fault: { kind: 'answer-location', location: null } });
    const canReadAllHeaders: SendContext['canReadAllHeaders'] = () => Promise.resolve(true);
    const context = recordedContext(bench, { canReadAllHeaders });
    const outcome = await bench.provider.send(gmailJob(500), context);
    expect(outcome).toMatchObject({ kind: 'retry', reason: 'strange-answer' });
  });
});

describe('a Range that can not be believed', () => {
  const lies = [
    'bytes=0-99999999',
    'bytes=5-9',
    'bytes=0-',
    'items=0-5',
    'bytes=0--1',
    'bytes=0-1e9',
  ];
  it.for(lies)('is never gone on from (%s)', async (range) => {
    const bench = openGmailBench();
    const fault = { kind: 'answer-range', range } as const;
    bench.router.faults.add({ match: { method: 'PUT' }, times: Infinity, fault });
    const outcome = await bench.provider.send(gmailJob(2 * MIB), recordedContext(bench));
    expect(outcome).toEqual({ kind: 'unknown', reason: 'strange-answer' });
    expect(bench.router.log.requests(BYTES)).toHaveLength(1);
  });

  it.for(['0-1048575', 'bytes 0-1048575', 'Bytes=0-1048575', 'bytes=0-524287'])(
    'is one that stands in no guide: these are gone on from (%s)',
    async (range) => {
      const bench = openGmailBench();
      bench.router.faults.add({ match: BYTES, fault: { kind: 'answer-range', range } });
      const context = recordedContext(bench);
      await bench.provider.send(gmailJob(2 * MIB), context);
      const from = Number(range.split('-')[1]) + 1;
      expect(context.log).toContain(`progress ${from}`);
      const [, second] = bench.router.log.requests(BYTES);
      expect(second?.contentRange).toMatch(new RegExp(`^bytes ${from}-`));
    },
  );

  it('is not taken as zero in an answer to bytes, whatever other header can be read there', async () => {
    const bench = openGmailBench();
    bench.router.faults.add({ match: BYTES, fault: { kind: 'answer-range', range: null } });
    const outcome = await bench.provider.send(gmailJob(2 * MIB), recordedContext(bench));
    expect(outcome).toEqual({ kind: 'needs-host', host: HOST });
  });

  it('is not taken as zero when it is hidden', async () => {
    const bench = openGmailBench();
    bench.router.cors.only(BYTES, 'hidden');
    await expect(bench.provider.send(gmailJob(2 * MIB), recordedContext(bench))).resolves.toEqual({
      kind: 'needs-host',
      host: HOST,
    });
  });

  it('is zero when it is absent although everything can be read', async () => {
    const bench = openGmailBench(new Set([HOST]));
    bench.router.cors.only(QUESTION, 'hidden');
    bench.router.faults.add({ match: BYTES, fault: { kind: 'cut-before-body' } });
    const canReadAllHeaders: SendContext['canReadAllHeaders'] = () => Promise.resolve(true);
    const context = recordedContext(bench, { canReadAllHeaders });
    await expect(bench.provider.send(gmailJob(500), context)).resolves.toMatchObject({
      kind: 'sent',
    });
  });
});
