import { describe, expect, it } from 'vitest';
import { secret } from '../../../../utils/platform/platform.ts';
import type { HeldMail } from '../../../../utils/providers/providers.ts';
import type { RecordedContext } from '../../../contracts/mail-provider-contract.ts';
import { openOutlookBench, SENDING, type OutlookBench } from './outlook-bench.ts';

const HOUR_MS = 60 * 60 * 1000;

interface Held {
  readonly bench: OutlookBench;
  readonly job: ReturnType<OutlookBench['mail']>;
  readonly context: RecordedContext;
  readonly sendAt: number;
  readonly held: (confirmed: boolean) => HeldMail;
}

function opened(): Held {
  const bench = openOutlookBench(['send', 'drafts']);
  const context = bench.context();
  const sendAt = bench.clock.now() + 2 * HOUR_MS;
  const held = (confirmed: boolean): HeldMail => ({ sendAt, earlier: context.earlier, confirmed });
  return { bench, job: bench.mail(), context, sendAt, held };
}

async function scheduled(): Promise<Held> {
  const made = opened();
  const { bench, job, context, sendAt } = made;
  const outcome = await bench.provider.scheduling.schedule(job, { sendAt }, context);
  expect(outcome.kind).toBe('scheduled');
  return made;
}

describe('a mail that Outlook sends at its hour', () => {
  it('leaves then, once, and not before, with nobody asking', async () => {
    const { bench, job, context, held } = await scheduled();
    const { scheduling } = bench.provider;
    expect(context.log.filter((step) => step === 'checkpoint' || step === 'final slice')).toEqual([
      'checkpoint',
      'final slice',
    ]);
    await bench.clock.advance(2 * HOUR_MS - 1);
    expect((await scheduling.settle(job, held(true), context)).kind).toBe('scheduled');
    expect(bench.accepted()).toBe(0);
    await bench.clock.advance(1);
    expect((await scheduling.settle(job, held(true), context)).kind).toBe('sent');
    expect(bench.accepted()).toBe(1);
  });

  it('is not handed over when its hour is near', async () => {
    const { bench, job, context } = opened();
    const sendAt = bench.clock.now() + 60_000;
    const outcome = await bench.provider.scheduling.schedule(job, { sendAt }, context);
    expect(outcome).toEqual({ kind: 'too-soon' });
    expect(bench.requests()).toBe(0);
  });

  it('is taken back with proof, and asking twice does no harm', async () => {
    const { bench, job, context, held } = await scheduled();
    const { scheduling } = bench.provider;
    expect(await scheduling.cancel(job, held(true), context)).toEqual({ kind: 'cancelled' });
    expect(await scheduling.cancel(job, held(true), context)).toEqual({ kind: 'cancelled' });
    await bench.clock.advance(3 * HOUR_MS);
    expect(bench.drafts()).toBe(0);
    expect(bench.accepted()).toBe(0);
  });

  it('is taken back though the answer was lost', async () => {
    const { bench, job, context, held } = await scheduled();
    bench.router.faults.add({ match: { method: 'DELETE' }, fault: { kind: 'cut-after-accept' } });
    const first = await bench.provider.scheduling.cancel(job, held(true), context);
    expect(first.kind).toBe('ask-again');
    const second = await bench.provider.scheduling.cancel(job, held(true), context);
    expect(second).toEqual({ kind: 'cancelled' });
  });

  it('can not be taken back once it has left, nor when its hour is upon it', async () => {
    const { bench, job, context, held } = await scheduled();
    const { scheduling } = bench.provider;
    await bench.clock.advance(2 * HOUR_MS - 60_000);
    expect(await scheduling.cancel(job, held(true), context)).toEqual({ kind: 'too-late' });
    await bench.clock.advance(60_000);
    expect((await scheduling.cancel(job, held(true), context)).kind).toBe('sent');
    expect(bench.accepted()).toBe(1);
  });

  it('that the person took out of Outlook’s drafts is withdrawn', async () => {
    const { bench, job, context, held } = await scheduled();
    const { scheduling } = bench.provider;
    await scheduling.cancel(job, held(true), context);
    expect(await scheduling.settle(job, held(true), context)).toEqual({ kind: 'withdrawn' });
  });

  it.for(['cut-after-accept', 'cut-before-body'] as const)(
    'whose handing over was not heard of (%s) is taken back, and then handed over anew',
    async (kind) => {
      const { bench, job, context, sendAt, held } = opened();
      const { scheduling } = bench.provider;
      bench.router.faults.add({ match: SENDING, fault: { kind } });
      const first = await scheduling.schedule(job, { sendAt }, context);
      expect(first.kind).toBe('unknown');
      expect(await scheduling.settle(job, held(false), context)).toEqual({ kind: 'not-sent' });
      expect(bench.drafts()).toBe(0);
      expect((await scheduling.schedule(job, { sendAt }, context)).kind).toBe('scheduled');
      await bench.clock.advance(3 * HOUR_MS);
      expect((await scheduling.settle(job, held(true), context)).kind).toBe('sent');
      expect(bench.accepted()).toBe(1);
    },
  );

  it('whose handing over was not heard of is not touched when its hour is near', async () => {
    const { bench, job, context, sendAt, held } = opened();
    const { scheduling } = bench.provider;
    bench.loseAnswer();
    await scheduling.schedule(job, { sendAt }, context);
    await bench.clock.advance(2 * HOUR_MS - 30_000);
    expect((await scheduling.settle(job, held(false), context)).kind).toBe('ask-again');
    await bench.clock.advance(60_000);
    expect((await scheduling.settle(job, held(false), context)).kind).toBe('sent');
    expect(bench.accepted()).toBe(1);
  });

  it('that was never handed over for want of a checkpoint is begun anew', async () => {
    const { bench, job, context, sendAt } = opened();
    const { scheduling } = bench.provider;
    const checkpoint = (): Promise<never> => Promise.reject(new Error('disk full'));
    await expect(scheduling.schedule(job, { sendAt }, { ...context, checkpoint })).rejects.toThrow(
      'disk full',
    );
    const earlier = { handle: null, finalSliceAt: null, setbacks: 1 };
    const settled = await scheduling.settle(job, { sendAt, earlier, confirmed: false }, context);
    expect(settled).toEqual({ kind: 'not-sent' });
    expect(bench.drafts()).toBe(0);
  });

  it('that is still there long after its hour is for the person to judge', async () => {
    const { bench, job, context, held } = await scheduled();
    const [stored] = bench.microsoft.messages('joan.clarke@bletchley.example');
    stored!.held = null;
    await bench.clock.advance(5 * HOUR_MS);
    const settled = await bench.provider.scheduling.settle(job, held(true), context);
    expect(settled).toEqual({ kind: 'unknowable' });
  });

  it('needs a handle of ours', async () => {
    const { bench, job, context, sendAt } = opened();
    const earlier = { handle: secret('?'), finalSliceAt: null, setbacks: 0 };
    const settled = await bench.provider.scheduling.settle(
      job,
      { sendAt, earlier, confirmed: false },
      context,
    );
    expect(settled).toEqual({ kind: 'not-sent' });
  });
});
