import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterSend, afterSettle } from '../../../../utils/outbox/moves/attempt-ends.ts';
import {
  begun,
  broken,
  checkpointed,
  finalSliceLeft,
  resumed,
  settling,
} from '../../../../utils/outbox/moves/attempt-steps.ts';
import type { Departure } from '../../../../utils/outbox/delivery/departure.ts';
import {
  decided,
  dueNow,
  halted,
  queued,
  takenBack,
} from '../../../../utils/outbox/moves/mail-moves.ts';
import {
  draftRecord,
  readRecord,
  type MailRecord,
} from '../../../../utils/outbox/store/mail-record.ts';
import {
  askedAbout,
  waitingFromNow,
  rescheduled,
  sentNow,
} from '../../../../utils/outbox/moves/timed-moves.ts';
import type { SendOutcome, Settled } from '../../../../utils/providers/providers.ts';

const RECEIPT = { messageId: '1', threadId: '1', acceptedAt: 5 };
const AT_ONCE = { sizeBytes: 1, now: 1, departure: { kind: 'at-once' } } as const;
const HANDLE = new Uint8Array([1, 2, 3]);

/** What is true in the world, which the record only hears of. */
interface Truth {
  record: MailRecord;
  now: number;
  /** Messages that the provider made since the mail was last queued by the person. */
  accepted: number;
  /** The last bytes left in some session that has not been proved to be without a message. */
  atProvider: 'nothing' | 'incomplete' | 'message';
  /** Before this nothing may be asked of anybody; null when the person said now. */
  notBefore: number | null;
  /** What the person wanted it sent at; null for no time. */
  wantedAt: number | null;
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

const HERE = { by: 'device', confirmed: false } as const;
const UNDO_MS = 40;
const TOLERANCE_MS = 60;

function departuresOf({ now }: Truth): readonly Departure[] {
  return [
    { kind: 'at-once' },
    { kind: 'after-undo', undoMs: UNDO_MS },
    { kind: 'at', schedule: { at: now + 90, zone: 'Europe/Berlin', ...HERE } },
  ];
}

function noteWish(truth: Truth, departure: Departure): void {
  truth.wantedAt = departure.kind === 'at' ? departure.schedule.at : null;
  // `take` has moved the time on by one since the step looked at it.
  truth.notBefore = departure.kind === 'after-undo' ? truth.now - 1 + UNDO_MS : truth.wantedAt;
}

const STEPS: readonly Step[] = [
  (truth, choice) => {
    if (truth.record.state.kind !== 'draft') return;
    const departure = pick(departuresOf(truth), choice);
    if (take(truth, queued(truth.record, { sizeBytes: 9, now: truth.now, departure }))) {
      truth.accepted = 0;
      truth.atProvider = 'nothing';
      noteWish(truth, departure);
    }
  },
  (truth) => {
    const { now } = truth;
    // As delivery does: what is late is asked about, and everything else may begin.
    if (take(truth, askedAbout(truth.record, now, TOLERANCE_MS))) return;
    if (truth.running === null && take(truth, begun(truth.record, now))) {
      expect(now).toBeGreaterThanOrEqual(truth.notBefore ?? now);
      if (truth.wantedAt !== null) expect(now - truth.wantedAt).toBeLessThanOrEqual(TOLERANCE_MS);
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
  // What it waited for has come.
  (truth) => void take(truth, dueNow(truth.record, truth.now)),
  // The person wants it now, or at another time.
  (truth) => {
    const { kind } = truth.record.state;
    if (!take(truth, sentNow(truth.record, truth.now))) return;
    expect(['draft', 'sent', 'unconfirmed']).not.toContain(kind);
    truth.notBefore = null;
    truth.wantedAt = null;
  },
  (truth) => {
    const schedule = { at: truth.now + 70, zone: 'America/New_York', ...HERE };
    if (take(truth, rescheduled(truth.record, schedule, truth.now))) {
      noteWish(truth, { kind: 'at', schedule });
    }
  },
  // Time passes, the machine sleeps, or the clock goes back.
  (truth, choice) => {
    truth.now += pick([5, 50, 500, -30, -200], choice);
    const wasHeld = truth.record.state.kind === 'held';
    if (take(truth, waitingFromNow(truth.record, truth.now)) && wasHeld) {
      truth.notBefore = truth.now - 1 + UNDO_MS;
    }
  },
  (truth) => {
    if (take(truth, takenBack(truth.record, truth.now))) {
      // Only what certainly was not sent may be taken back.
      expect(truth.accepted).toBe(0);
      // An attempt that runs is stopped in a while; until then it may try to go on.
      if (truth.now % 2 === 0) truth.running = null;
    }
  },
  (truth) => {
    const at = { now: truth.now, acknowledgedBytes: 3 };
    if (take(truth, halted(truth.record, at))) {
      expect(truth.atProvider).not.toBe('message');
      if (truth.now % 2 === 0) truth.running = null;
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
          notBefore: null,
          wantedAt: null,
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
          if (record.state.kind === 'overdue') {
            expect([record.lane, record.dueAt, record.earlier]).toEqual([null, null, null]);
          }
          if (['draft', 'unconfirmed', 'sent'].includes(record.state.kind)) {
            expect([record.lane, record.dueAt, record.earlier]).toEqual([null, null, null]);
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('let nothing begin while an earlier attempt is in doubt', () => {
    const attempt = begun(queued(draftRecord('m', 'a', 0), AT_ONCE)!, 2)!;
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
    expect(halted(put, { now: 9, acknowledgedBytes: 0 })).toBeNull();
    expect(settling(put, 9)).not.toBeNull();
  });

  it('count what an attempt writes only while it is the latest', () => {
    const attempt = begun(queued(draftRecord('m', 'a', 0), AT_ONCE)!, 2)!;
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
    const attempt = begun(queued(draftRecord('m', 'a', 0), AT_ONCE)!, 2)!;
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
    const newer = { ...draftRecord('m', 'a', 0), recordVersion: 3, state: { kind: 'beamed' } };
    expect(readRecord(newer)).toEqual({ readable: false, id: 'm', code: 'unsupported-version' });
    const damaged = { ...draftRecord('m', 'a', 0), attempts: 'many' };
    expect(readRecord(damaged)).toEqual({ readable: false, id: 'm', code: 'corrupt' });
    expect(readRecord(null)).toEqual({ readable: false, id: '', code: 'corrupt' });
  });

  it('of the first version is read as one without a time', () => {
    const { schedule, ...record } = draftRecord('m', 'a', 0);
    expect(schedule).toBeNull();
    const first = { ...record, recordVersion: 1, state: { kind: 'queued' }, lane: 'a', dueAt: 5 };
    expect(readRecord(first)).toEqual({
      readable: true,
      record: { ...first, recordVersion: 2, schedule: null },
    });
  });
});
