import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterSend, afterSettle } from '../../../utils/outbox/attempt-ends.ts';
import {
  begun,
  broken,
  checkpointed,
  finalSliceLeft,
  resumed,
  settling,
} from '../../../utils/outbox/attempt-steps.ts';
import { decided, dueNow, queued, takenBack } from '../../../utils/outbox/mail-moves.ts';
import { draftRecord, readRecord, type MailRecord } from '../../../utils/outbox/mail-record.ts';
import type { SendOutcome, Settled } from '../../../utils/providers/providers.ts';

const RECEIPT = { messageId: '1', threadId: '1', acceptedAt: 5 };
const HANDLE = new Uint8Array([1, 2, 3]);

/** What is true in the world, which the record only hears of. */
interface Truth {
  record: MailRecord;
  now: number;
  /** Messages that the provider made since the mail was last queued by the person. */
  accepted: number;
  /** The last bytes left in some session that has not been proved to be without a message. */
  atProvider: 'nothing' | 'incomplete' | 'message';
  /** An attempt runs or a question is open. */
  running: 'attempt' | 'question' | null;
}

type Step = (truth: Truth, choice: number) => void;

function take(truth: Truth, next: MailRecord | null): boolean {
  truth.now += 1;
  if (next === null) return false;
  truth.record = next;
  const again = readRecord(structuredClone(next));
  expect(again).toEqual({ readable: true, record: next });
  return true;
}

const stampOf = ({ record, now }: Truth) => ({ attempt: record.attempts, now });

function pick<T>(from: readonly T[], choice: number): T {
  const found = from[choice % from.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

/** Outcomes that are true: proof only where there is no message. */
function outcomesOf(truth: Truth): readonly SendOutcome[] {
  const maybe: SendOutcome[] = [{ kind: 'unknown', reason: 'network' }];
  if (truth.atProvider === 'message') return [{ kind: 'sent', receipt: RECEIPT }, ...maybe];
  return [
    ...maybe,
    { kind: 'retry', reason: 'rate-limit', retryAfterMs: null },
    { kind: 'needs-sign-in', why: 'invalid_grant' },
    { kind: 'needs-host', host: 'h.example' },
    { kind: 'missing-right', rung: 'send' },
    { kind: 'refused', code: 'c', detail: 'd' },
    { kind: 'rejected', code: 'c', detail: 'd' },
    { kind: 'stopped' },
  ];
}

function answersOf(truth: Truth): readonly Settled[] {
  const maybe: Settled[] = [
    { kind: 'ask-again', reason: 'network', retryAfterMs: null },
    { kind: 'needs-sign-in', why: 'invalid_grant' },
    { kind: 'needs-host', host: 'h.example' },
    { kind: 'unknowable' },
  ];
  if (truth.atProvider === 'message') return [{ kind: 'sent', receipt: RECEIPT }, ...maybe];
  return [...maybe, { kind: 'not-sent' }];
}

const STEPS: readonly Step[] = [
  (truth) => {
    if (truth.record.state.kind !== 'draft') return;
    if (take(truth, queued(truth.record, { sizeBytes: 9, now: truth.now }))) {
      truth.accepted = 0;
      truth.atProvider = 'nothing';
    }
  },
  (truth) => {
    if (truth.running === null && take(truth, begun(truth.record, truth.now))) {
      truth.running = 'attempt';
      // Another session, which knows nothing of what came of an earlier one.
      truth.atProvider = 'nothing';
    }
  },
  (truth, choice) => {
    if (truth.running !== 'attempt') return;
    take(truth, checkpointed(truth.record, stampOf(truth), HANDLE));
    if (choice % 3 === 0) return;
    if (!take(truth, finalSliceLeft(truth.record, stampOf(truth)))) return;
    // The last bytes leave: they arrive, or not.
    if (choice % 2 === 0 && truth.atProvider !== 'message') {
      truth.atProvider = 'message';
      truth.accepted += 1;
    } else if (truth.atProvider === 'nothing') truth.atProvider = 'incomplete';
  },
  (truth, choice) => {
    if (truth.running !== 'attempt') return;
    const outcome = pick(outcomesOf(truth), choice);
    take(truth, afterSend(truth.record, stampOf(truth), { outcome, delayMs: 7 }));
    truth.running = null;
  },
  (truth) => {
    if (truth.running !== null) return;
    if (take(truth, settling(truth.record, truth.now))) truth.running = 'question';
  },
  (truth, choice) => {
    if (truth.running !== 'question') return;
    truth.running = null;
    if (truth.atProvider !== 'message' && choice % 4 === 0) {
      if (take(truth, resumed(truth.record, stampOf(truth)))) truth.running = 'attempt';
      return;
    }
    const settled = pick(answersOf(truth), choice);
    if (settled.kind === 'resume') return;
    take(truth, afterSettle(truth.record, stampOf(truth), { settled, delayMs: 7 }));
  },
  // The worker dies, with or without a word.
  (truth, choice) => {
    if (truth.running !== null && choice % 2 === 0) {
      take(truth, broken(truth.record, stampOf(truth), 5));
    }
    truth.running = null;
  },
  (truth) => void take(truth, dueNow(truth.record, truth.now)),
  (truth) => {
    if (take(truth, takenBack(truth.record, truth.now))) {
      // Only what certainly was not sent may be taken back.
      expect(truth.accepted).toBe(0);
      truth.running = null;
    }
  },
];

describe('the states of a mail', () => {
  const steps = fc.array(fc.tuple(fc.nat(STEPS.length - 1), fc.nat(1_000)), { maxLength: 60 });

  it('never lead to a second message, and never call sent what is not', () => {
    fc.assert(
      fc.property(steps, (chosen) => {
        const truth: Truth = {
          record: draftRecord('m', 'a', 0),
          now: 0,
          accepted: 0,
          atProvider: 'nothing',
          running: null,
        };
        for (const [step, choice] of chosen) {
          const before = truth.record;
          STEPS[step]?.(truth, choice);
          const { record } = truth;
          expect(truth.accepted).toBeLessThanOrEqual(1);
          if (record.state.kind === 'sent') expect(truth.accepted).toBe(1);
          if (before.dateAt !== null && record.state.kind !== 'draft') {
            expect(record.dateAt).toBe(before.dateAt);
          }
          // What is unconfirmed moves by the person's decision alone, which is not among these steps.
          if (before.state.kind === 'unconfirmed') expect(record).toEqual(before);
          if (before.state.kind === 'sent') expect(record).toEqual(before);
          const moving = record.dueAt !== null;
          if (moving) expect(record.lane).toBe('a');
          if (['draft', 'unconfirmed', 'sent'].includes(record.state.kind)) {
            expect([record.lane, record.dueAt, record.earlier]).toEqual([null, null, null]);
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('let nothing begin while an earlier attempt is in doubt', () => {
    const attempt = begun(queued(draftRecord('m', 'a', 0), { sizeBytes: 1, now: 1 })!, 2)!;
    const doubtful = finalSliceLeft(attempt, { attempt: 1, now: 3 })!;
    const put = afterSend(
      doubtful,
      { attempt: 1, now: 4 },
      {
        outcome: { kind: 'unknown', reason: 'timeout' },
        delayMs: 5,
      },
    )!;
    expect(begun(put, 9)).toBeNull();
    expect(takenBack(put, 9)).toBeNull();
    expect(settling(put, 9)).not.toBeNull();
  });

  it('count what an attempt writes only while it is the latest', () => {
    const attempt = begun(queued(draftRecord('m', 'a', 0), { sizeBytes: 1, now: 1 })!, 2)!;
    const asked = settling(attempt, 3)!;
    const next = resumed(asked, { attempt: 1, now: 4 })!;
    const late = { attempt: 1, now: 5 };
    expect(checkpointed(next, late, HANDLE)).toBeNull();
    expect(finalSliceLeft(next, late)).toBeNull();
    expect(
      afterSend(next, late, { outcome: { kind: 'sent', receipt: RECEIPT }, delayMs: 0 }),
    ).toBeNull();
    expect(finalSliceLeft(next, { attempt: 2, now: 5 })).not.toBeNull();
  });

  it('let only the person move what is unconfirmed', () => {
    const attempt = begun(queued(draftRecord('m', 'a', 0), { sizeBytes: 1, now: 1 })!, 2)!;
    const asked = settling(attempt, 3)!;
    const end = { settled: { kind: 'unknowable' }, delayMs: 0 } as const;
    const unconfirmed = afterSettle(asked, { attempt: 1, now: 4 }, end)!;
    expect(unconfirmed.state.kind).toBe('unconfirmed');
    for (const step of [begun, settling, dueNow, takenBack])
      expect(step(unconfirmed, 9)).toBeNull();
    expect(decided(unconfirmed, 'arrived', 9)?.state.kind).toBe('sent');
    expect(decided(unconfirmed, 'send-again', 9)?.state.kind).toBe('queued');
    expect(decided(unconfirmed, 'to-draft', 9)?.state.kind).toBe('draft');
  });
});

describe('a stored record', () => {
  it('from before rights had names waits for the right to send', () => {
    const stored = { ...draftRecord('m', 'a', 0), state: { kind: 'waiting-for-right' } };
    expect(readRecord(stored)).toMatchObject({
      record: { state: { kind: 'waiting-for-right', rung: 'send' } },
    });
  });

  it('of a newer version is named as such and not touched', () => {
    const newer = { ...draftRecord('m', 'a', 0), recordVersion: 2, state: { kind: 'beamed' } };
    expect(readRecord(newer)).toEqual({ readable: false, id: 'm', code: 'unsupported-version' });
    const damaged = { ...draftRecord('m', 'a', 0), attempts: 'many' };
    expect(readRecord(damaged)).toEqual({ readable: false, id: 'm', code: 'corrupt' });
    expect(readRecord(null)).toEqual({ readable: false, id: '', code: 'corrupt' });
  });
});
