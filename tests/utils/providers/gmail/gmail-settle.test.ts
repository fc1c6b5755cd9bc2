import { describe, expect, it } from 'vitest';
import { secret } from '../../../../utils/platform/platform.ts';
import type { EarlierAttempt } from '../../../../utils/providers/providers.ts';
import { recordedContext } from '../../../contracts/mail-provider-contract.ts';
import { BYTES, gmailJob, openGmailBench, QUESTION, type GmailBench } from './gmail-bench.ts';

const HOST = 'gmail.googleapis.com';
const MIB = 1024 * 1024;
const HOUR = 60 * 60 * 1000;

interface Interrupted {
  readonly earlier: EarlierAttempt;
  readonly context: ReturnType<typeof recordedContext>;
}

/** An attempt that ended when its first bytes had arrived, or (`late`) all of them. */
async function interrupted(bench: GmailBench, when: 'early' | 'late'): Promise<Interrupted> {
  const stop = new Error('the worker has ended');
  const context = recordedContext(bench, {
    progress: () => {
      if (when === 'early') throw stop;
    },
  });
  const seen = { finalSliceAt: null as number | null };
  const beforeFinalSlice = (): Promise<void> => {
    seen.finalSliceAt = bench.clock.now();
    return Promise.resolve();
  };
  if (when === 'late') {
    bench.router.faults.add({
      match: { method: 'PUT' },
      times: Infinity,
      nth: 2,
      fault: { kind: 'cut-after-accept' },
    });
  }
  await bench.provider
    .send(gmailJob(2 * MIB), { ...context, beforeFinalSlice })
    .catch((error: unknown) => expect(error).toBe(stop));
  bench.router.faults.clear();
  const handle = context.handles.at(-1) ?? null;
  expect(handle).not.toBeNull();
  return { context: recordedContext(bench), earlier: { handle, setbacks: 0, ...seen } };
}

describe('settling with the session', () => {
  it('goes on where Google stands, as often as it is asked', async () => {
    const bench = openGmailBench();
    const { earlier, context } = await interrupted(bench, 'early');
    const settled = await bench.provider.settle(gmailJob(2 * MIB), earlier, context);
    expect(settled).toMatchObject({ kind: 'resume', offset: MIB });
    if (settled.kind !== 'resume') return;
    const resume = { handle: settled.handle, offset: settled.offset, finalSliceLeft: false };
    const outcome = await bench.provider.send(gmailJob(2 * MIB), { ...context, resume });
    expect(outcome).toMatchObject({ kind: 'sent' });
    expect(bench.accepted()).toBe(1);
    expect(context.log).not.toContain('checkpoint');
  });

  it('learns that the mail was sent when the answer was lost', async () => {
    const bench = openGmailBench();
    const { earlier, context } = await interrupted(bench, 'late');
    const settled = await bench.provider.settle(gmailJob(2 * MIB), earlier, context);
    const [delivery] = bench.google.deliveries;
    expect(settled).toMatchObject({ kind: 'sent', receipt: { messageId: delivery?.id } });
  });

  it.for([404, 410] as const)(
    'a session that is gone (%i) is safe before the last bytes and unknowable after',
    async (status) => {
      for (const [when, kind] of [
        ['early', 'not-sent'],
        ['late', 'unknowable'],
      ] as const) {
        const bench = openGmailBench();
        const { earlier, context } = await interrupted(bench, when);
        bench.router.faults.add({ match: QUESTION, fault: { kind: 'forget-session', status } });
        await expect(bench.provider.settle(gmailJob(2 * MIB), earlier, context)).resolves.toEqual({
          kind,
        });
      }
    },
  );

  it('a session whose Range is hidden is asked again when the host is allowed', async () => {
    const allowed = new Set<string>();
    const bench = openGmailBench(allowed);
    bench.router.faults.add({
      match: BYTES,
      nth: 2,
      fault: { kind: 'cut-before-body' },
    });
    bench.router.cors.only(QUESTION, 'hidden');
    const context = recordedContext(bench, {
      canReadAllHeaders: (host) => Promise.resolve(allowed.has(host)),
    });
    const job = gmailJob(2 * MIB);
    await expect(bench.provider.send(job, context)).resolves.toMatchObject({ kind: 'unknown' });
    const earlier = { ...context.earlier, finalSliceAt: bench.clock.now() };
    await expect(bench.provider.settle(job, earlier, context)).resolves.toEqual({
      kind: 'needs-host',
      host: HOST,
    });
    allowed.add(HOST);
    await expect(bench.provider.settle(job, earlier, context)).resolves.toMatchObject({
      kind: 'resume',
      offset: MIB,
    });
  });

  it('a session that says nothing sensible is unknowable, never sent', async () => {
    const bench = openGmailBench();
    const { earlier, context } = await interrupted(bench, 'late');
    bench.router.faults.add({ match: QUESTION, fault: { kind: 'answer-garbage' } });
    await expect(bench.provider.settle(gmailJob(2 * MIB), earlier, context)).resolves.toEqual({
      kind: 'unknowable',
    });
  });

  it('a session that lacks bytes long after all were sent, again and again, is begun anew', async () => {
    const bench = openGmailBench();
    const { earlier, context } = await interrupted(bench, 'early');
    const ask = (setbacks: number) =>
      bench.provider.settle(
        gmailJob(2 * MIB),
        { ...earlier, finalSliceAt: bench.clock.now() - HOUR / 2, setbacks },
        context,
      );
    await expect(ask(9)).resolves.toMatchObject({ kind: 'resume' });
    await expect(ask(10)).resolves.toEqual({ kind: 'not-sent' });
    const justNow = { ...earlier, finalSliceAt: bench.clock.now() - HOUR / 10, setbacks: 99 };
    await expect(bench.provider.settle(gmailJob(2 * MIB), justNow, context)).resolves.toMatchObject(
      { kind: 'resume' },
    );
  });

  it('a session that keeps a refusal is left for another while nothing has left', async () => {
    const bench = openGmailBench();
    const { earlier, context } = await interrupted(bench, 'early');
    const body = JSON.stringify({ error: { errors: [{ reason: 'domainPolicy' }] } });
    const fault = { kind: 'refuse', status: 403, body } as const;
    bench.router.faults.add({ match: QUESTION, times: Infinity, fault });
    const ask = (finalSliceAt: number | null) =>
      bench.provider.settle(gmailJob(2 * MIB), { ...earlier, finalSliceAt }, context);
    await expect(ask(null)).resolves.toEqual({ kind: 'not-sent' });
    await expect(ask(1)).resolves.toMatchObject({ kind: 'refused', code: 'domainPolicy' });
  });

  it('a session that is in trouble is asked again for a day, then the person decides', async () => {
    const bench = openGmailBench();
    const { earlier, context } = await interrupted(bench, 'late');
    const fault = { kind: 'refuse', status: 503 } as const;
    bench.router.faults.add({ match: QUESTION, times: Infinity, fault });
    const ask = () => bench.provider.settle(gmailJob(2 * MIB), earlier, context);
    await expect(ask()).resolves.toMatchObject({ kind: 'ask-again', reason: 'provider-error' });
    bench.clock.jump(23 * HOUR);
    await expect(ask()).resolves.toMatchObject({ kind: 'ask-again' });
    bench.clock.jump(2 * HOUR);
    await expect(ask()).resolves.toEqual({ kind: 'unknowable' });
  });

  it('a silent session at a host that answers is one whose answers are hidden', async () => {
    const bench = openGmailBench();
    const { earlier, context } = await interrupted(bench, 'late');
    bench.router.cors.only(QUESTION, 'refused');
    const ask = (setbacks: number) =>
      bench.provider.settle(gmailJob(2 * MIB), { ...earlier, setbacks }, context);
    await expect(ask(1)).resolves.toMatchObject({ kind: 'ask-again', reason: 'network' });
    await expect(ask(2)).resolves.toEqual({ kind: 'needs-host', host: HOST });
  });

  it('a silent session at a host that does not answer is only a broken line', async () => {
    const bench = openGmailBench();
    const { earlier, context } = await interrupted(bench, 'late');
    bench.router.faults.add({ match: {}, times: Infinity, fault: { kind: 'cut-before-body' } });
    await expect(
      bench.provider.settle(gmailJob(2 * MIB), { ...earlier, setbacks: 9 }, context),
    ).resolves.toMatchObject({ kind: 'ask-again', reason: 'network' });
  });

  it('never follows a stored handle that leads elsewhere', async () => {
    const bench = openGmailBench();
    const context = recordedContext(bench);
    const handle = secret(
      'https://evil.example/upload/gmail/v1/users/me/messages/send?upload_id=1',
    );
    const earlier = { handle, finalSliceAt: 1, setbacks: 0 };
    await expect(bench.provider.settle(gmailJob(500), earlier, context)).resolves.toEqual({
      kind: 'unknowable',
    });
    expect(bench.requests()).toBe(0);
  });
});

describe('an attempt that goes on after its last bytes had left', () => {
  it('proves nothing short of sent', async () => {
    const bench = openGmailBench();
    const { earlier, context } = await interrupted(bench, 'early');
    if (!earlier.handle) throw new Error('no handle');
    const resume = { handle: earlier.handle, offset: MIB, finalSliceLeft: true };
    bench.refuseForNow(60);
    await expect(bench.provider.send(gmailJob(2 * MIB), { ...context, resume })).resolves.toEqual({
      kind: 'unknown',
      reason: 'rate-limit',
      retryAfterMs: 60_000,
    });
  });
});
