import { describe, expect, it } from 'vitest';
import type { OtherSender } from '../../utils/mail/mail.ts';
import { secret } from '../../utils/platform/platform.ts';
import {
  limitsFor,
  type EarlierAttempt,
  type MailProvider,
  type ResumeHandle,
  type ResumePoint,
  type Rung,
  type SendContext,
  type SendJob,
  type TokenOutcome,
} from '../../utils/providers/providers.ts';

/** A provider with its local server, as the contract needs them. One for each test. */
export interface ProviderBench {
  readonly provider: MailProvider;
  /** A mail of about this size. */
  job(sizeBytes: number): SendJob;
  /** Other addresses that the server lets the account send from, with the rights of this bench. */
  readonly otherSenders: readonly OtherSender[];
  /** A short mail from one of them. */
  jobFrom(sender: OtherSender): SendJob;
  /** A token that is good now. */
  goodToken(rung?: Rung): string;
  /** How many mails the server has accepted. */
  accepted(): number;
  /** Those mails as their recipients get them. */
  delivered(): readonly string[];
  /** Requests that reached the server. */
  requests(): number;
  /** The next request that carries the last bytes is accepted, and its answer lost. */
  loseAnswer(): void;
  /** The next request is refused: too many, come back in so many seconds. */
  refuseForNow(seconds: number): void;
  /** The next requests are refused: the token is dead. */
  refuseToken(times: number): void;
  /** The next requests are answered with 5xx and not taken. */
  breakDown(times: number): void;
}

/** A context that writes down what the provider did, in order. */
export interface RecordedContext extends SendContext {
  readonly log: string[];
  readonly handles: ResumeHandle[];
  readonly earlier: EarlierAttempt;
}

/** Records; `override` puts a test's own behaviour in. */
export function recordedContext(
  bench: Pick<ProviderBench, 'goodToken'>,
  override: Partial<SendContext> = {},
): RecordedContext {
  const log: string[] = [];
  const handles: ResumeHandle[] = [];
  let finalSliceAt: number | null = null;
  const resume: ResumePoint | null = null;
  return {
    log,
    handles,
    get earlier() {
      return { handle: handles.at(-1) ?? null, finalSliceAt, setbacks: 0 };
    },
    resume,
    signal: new AbortController().signal,
    token: (request) => {
      log.push(request?.rejected === true ? 'another token' : 'token');
      return Promise.resolve({ kind: 'token', token: secret(bench.goodToken(request?.rung)) });
    },
    checkpoint: (handle) => {
      log.push('checkpoint');
      handles.push(handle);
      return Promise.resolve();
    },
    beforeFinalSlice: () => {
      log.push('final slice');
      finalSliceAt = 1;
      return Promise.resolve();
    },
    progress: (bytes) => log.push(`progress ${bytes}`),
    setbacks: 0,
    canReadAllHeaders: () => Promise.resolve(false),
    ...override,
  };
}

const SHORT = 2_000;
const LONG = 3_000_000;

/** What every provider keeps to, whatever its server is like. */
export function describeMailProvider(name: string, open: () => ProviderBench): void {
  describe(`${name} as a mail provider`, () => {
    it('declares hosts, limits and a rung for sending', () => {
      const { declaration } = open().provider;
      expect(declaration.hosts.length).toBeGreaterThan(0);
      expect(new Set(declaration.hosts).size).toBe(declaration.hosts.length);
      expect(declaration.rungs.send).not.toBeNull();
      expect(declaration.limits.messageBytes).toBeGreaterThan(1_000_000);
    });

    it('names no right that it does not have', () => {
      const { rungs, workRungs, rungForHeadersFromOthers } = open().provider.declaration;
      for (const rung of [...workRungs, rungForHeadersFromOthers ?? 'send']) {
        expect(rungs[rung], rung).not.toBeNull();
      }
    });

    it('lets nobody do less who has granted more', () => {
      const { declaration, scheduling } = open().provider;
      const rungs = Object.keys(declaration.limitsWith) as Rung[];
      for (const rung of rungs) {
        expect(declaration.rungs[rung]).not.toBeNull();
        const limits = limitsFor(declaration, ['send', rung]);
        expect(limits.messageBytes).toBeGreaterThanOrEqual(declaration.limits.messageBytes);
        expect(limits.recipients).toBeGreaterThanOrEqual(declaration.limits.recipients);
      }
      if (scheduling) expect(declaration.rungs[scheduling.rung]).not.toBeNull();
    });
    describeSending(open);
    describeSenders(open);
    describeRefusals(open);
    describeSettling(open);
  });
}

function describeSending(open: () => ProviderBench): void {
  it.for([SHORT, LONG])('sends a mail of %i bytes once and gives a receipt', async (sizeBytes) => {
    const bench = open();
    const context = recordedContext(bench);
    const outcome = await bench.provider.send(bench.job(sizeBytes), context);
    expect(outcome).toMatchObject({ kind: 'sent' });
    expect(bench.accepted()).toBe(1);
  });

  it('says before the last bytes leave that they will, and only once they may', async () => {
    const bench = open();
    let acceptedThen = -1;
    const context = recordedContext(bench, {
      beforeFinalSlice: () => {
        acceptedThen = bench.accepted();
        return Promise.resolve();
      },
    });
    await bench.provider.send(bench.job(SHORT), context);
    expect(acceptedThen).toBe(0);
  });

  it('sends nothing more when the last step could not be written down', async () => {
    const bench = open();
    const refusal = new Error('disk full');
    const context = recordedContext(bench, { beforeFinalSlice: () => Promise.reject(refusal) });
    await expect(bench.provider.send(bench.job(SHORT), context)).rejects.toBe(refusal);
    expect(bench.accepted()).toBe(0);
  });

  it('asks nothing more of the server when the checkpoint could not be written down', async () => {
    const bench = open();
    const refusal = new Error('disk full');
    let requestsThen = -1;
    const checkpoint = (): Promise<never> => {
      requestsThen = bench.requests();
      return Promise.reject(refusal);
    };
    const context = recordedContext(bench, { checkpoint });
    await bench.provider.send(bench.job(LONG), context).catch((error: unknown) => {
      expect(error).toBe(refusal);
      expect(bench.requests()).toBe(requestsThen);
      expect(bench.accepted()).toBe(0);
    });
    // A provider with nothing to come back to has no checkpoint and may send.
    expect(requestsThen >= 0 || context.log.includes('final slice')).toBe(true);
  });

  it('makes no request after it was stopped', async () => {
    const bench = open();
    const signal = AbortSignal.abort();
    const outcome = await bench.provider.send(bench.job(SHORT), recordedContext(bench, { signal }));
    expect(outcome.kind).toBe('stopped');
    expect(bench.requests()).toBe(0);
  });

  it('shows no token and no handle in what it gives back', async () => {
    const bench = open();
    const context = recordedContext(bench);
    const outcome = await bench.provider.send(bench.job(SHORT), context);
    const told = JSON.stringify([outcome, context.earlier]);
    expect(told).not.toContain(bench.goodToken());
    for (const handle of context.handles) expect(told).not.toContain(handle.reveal());
  });
}

function describeSenders(open: () => ProviderBench): void {
  const kinds = open().otherSenders.map((sender) => [sender.kind, sender] as const);
  it.for(kinds)(
    'puts another sender into From, %s, with the right that it takes',
    async ([, sender]) => {
      const bench = open();
      const asked = new Set<Rung>();
      const context = recordedContext(bench, {
        token: ({ rung = 'send' } = {}) => {
          asked.add(rung);
          return Promise.resolve({ kind: 'token', token: secret(bench.goodToken(rung)) });
        },
      });
      expect(await bench.provider.send(bench.jobFrom(sender), context)).toMatchObject({
        kind: 'sent',
      });
      expect(bench.accepted()).toBe(1);
      const [from = ''] = /^From: .*$/m.exec(bench.delivered().at(-1) ?? '') ?? [];
      expect(from).toContain(`<${sender.address}>`);
      expect(asked.has('shared-mailbox')).toBe(sender.kind === 'shared-mailbox');
    },
  );
}

function describeRefusals(open: () => ProviderBench): void {
  const troubles: readonly TokenOutcome[] = [
    { kind: 'needs-sign-in', why: 'invalid_grant' },
    { kind: 'refused', code: 'invalid_client', detail: 'no such client' },
    { kind: 'missing-right', rung: 'send' },
    { kind: 'needs-host', host: 'login.example' },
  ];
  it.for(troubles)(
    'passes on that there is no token ($kind), and asks the server nothing',
    async (outcome) => {
      const bench = open();
      const context = recordedContext(bench, { token: () => Promise.resolve(outcome) });
      await expect(bench.provider.send(bench.job(SHORT), context)).resolves.toEqual(outcome);
      expect(bench.requests()).toBe(0);
    },
  );

  it('waits when a token can not be had now', async () => {
    const bench = open();
    const token = () => Promise.resolve({ kind: 'unavailable', reason: 'offline' } as const);
    const outcome = await bench.provider.send(bench.job(SHORT), recordedContext(bench, { token }));
    expect(outcome).toEqual({ kind: 'retry', reason: 'offline', retryAfterMs: null });
  });

  it('waits as long as is asked of whoever wants a token', async () => {
    const bench = open();
    const reason = 'rate-limit';
    const retryAfterMs = 7_200_000;
    const token = () => Promise.resolve({ kind: 'unavailable', reason, retryAfterMs } as const);
    const context = recordedContext(bench, { token });
    const outcome = await bench.provider.send(bench.job(SHORT), context);
    expect(outcome).toEqual({ kind: 'retry', reason, retryAfterMs });
    expect(bench.requests()).toBe(0);
  });

  it('asks for another token when one is refused, and goes on', async () => {
    const bench = open();
    bench.refuseToken(1);
    const context = recordedContext(bench);
    await expect(bench.provider.send(bench.job(SHORT), context)).resolves.toMatchObject({
      kind: 'sent',
    });
    expect(context.log).toContain('another token');
    expect(bench.accepted()).toBe(1);
  });

  it('wants a sign-in when the other token is refused as well', async () => {
    const bench = open();
    bench.refuseToken(Infinity);
    await expect(bench.provider.send(bench.job(SHORT), recordedContext(bench))).resolves.toEqual({
      kind: 'needs-sign-in',
      why: 'token_rejected',
    });
    expect(bench.accepted()).toBe(0);
  });

  it('comes back when the server says when', async () => {
    const bench = open();
    bench.refuseForNow(77);
    await expect(bench.provider.send(bench.job(SHORT), recordedContext(bench))).resolves.toEqual({
      kind: 'retry',
      reason: 'rate-limit',
      retryAfterMs: 77_000,
    });
    expect(bench.accepted()).toBe(0);
  });
}

function describeSettling(open: () => ProviderBench): void {
  it('never calls a lost answer a reason to send again', async () => {
    const bench = open();
    bench.loseAnswer();
    const outcome = await bench.provider.send(bench.job(SHORT), recordedContext(bench));
    expect(['sent', 'unknown']).toContain(outcome.kind);
    expect(bench.accepted()).toBe(1);
  });

  it('never calls a breakdown on the last bytes proof that they were not taken', async () => {
    const bench = open();
    const context = recordedContext(bench, {
      beforeFinalSlice: () => {
        bench.breakDown(Infinity);
        return Promise.resolve();
      },
    });
    const outcome = await bench.provider.send(bench.job(SHORT), context);
    expect(outcome.kind).toBe('unknown');
  });

  it('begins anew what never left, and does not guess about what did', async () => {
    const bench = open();
    const context = recordedContext(bench);
    const job = bench.job(SHORT);
    const never = { handle: null, finalSliceAt: null, setbacks: 0 };
    await expect(bench.provider.settle(job, never, context)).resolves.toEqual({ kind: 'not-sent' });
    const forgotten = { handle: null, finalSliceAt: 1, setbacks: 0 };
    await expect(bench.provider.settle(job, forgotten, context)).resolves.toEqual({
      kind: 'unknowable',
    });
    expect(bench.accepted()).toBe(0);
  });
}
