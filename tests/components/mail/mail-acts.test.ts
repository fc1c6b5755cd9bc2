import { describe, expect, it } from 'vitest';
import { actsFor, groupOf } from '../../../components/mail/mail-acts.ts';
import type { RungName } from '../../../utils/messaging/messaging.ts';
import { placeOf } from '../../../utils/outbox/store/mail-groups.ts';
import { draftRecord, type MailRecord } from '../../../utils/outbox/store/mail-record.ts';
import { EVERY_STATE, mail } from '../../harness/gallery/sample-records.ts';

describe('what can be done with a mail', () => {
  it('is nothing once the last bytes of a mail that is being sent may have left', () => {
    for (const state of EVERY_STATE) {
      if (state.kind !== 'sending') continue;
      expect(actsFor(mail(1, state, { mayHaveArrived: true }))).toEqual([]);
      expect(actsFor(mail(1, state))).toContain('edit');
    }
  });
  it('is to let it go on, when it is paused', () => {
    expect(actsFor(mail(1, { kind: 'halted', acknowledgedBytes: 5 }))).toEqual(['go-on', 'edit']);
  });
  it('never is a plain retry where it may have arrived', () => {
    const acts = actsFor(mail(1, { kind: 'unconfirmed', attemptedAt: 0 }));
    expect(acts).toEqual(['arrived', 'send-again', 'to-draft']);
  });
  it('is not a sign-in where the account is unknown', () => {
    const waiting = { kind: 'waiting-for-sign-in', why: 'no_grant' } as const;
    expect(actsFor(mail(1, waiting, { accountId: null }))).toEqual(['edit']);
  });
  it('is to give the right that it waits for; for sending itself that is to sign in', () => {
    const waiting = (rung: RungName) => mail(1, { kind: 'waiting-for-right', rung });
    expect(actsFor(waiting('send'))).toEqual(['sign-in', 'edit']);
    expect(actsFor(waiting('drafts'))).toEqual(['give-right', 'edit']);
    const mine = waiting('shared-mailbox');
    expect(actsFor(mine)).toEqual(['give-right', 'edit']);
    expect(actsFor({ ...mine, accountId: null })).toEqual(['edit']);
  });
  it('is to discard, when it can’t be opened', () => {
    expect(actsFor(mail(1, { kind: 'queued' }, { unreadable: 'corrupt' }))).toEqual(['discard']);
  });
});

describe('the part of the outbox that a mail is in', () => {
  it('is the one in which the worker counts it', () => {
    const inPlaces = EVERY_STATE.flatMap((state) => {
      // It is not stored that a mail is locked.
      if (state.kind === 'locked') return [];
      const returned = state.kind === 'draft' && state.reason !== null;
      const stored = { ...draftRecord('m', 'a', 0), state: { ...state, returned } } as MailRecord;
      return [[groupOf(mail(1, state)), placeOf(stored)]];
    });
    expect(inPlaces.length).toBeGreaterThan(15);
    for (const [shown, counted] of inPlaces) expect(shown).toBe(counted);
  });
  it('is that which needs the person, for a record that can’t be read', () => {
    const unread = mail(
      1,
      { kind: 'refused', code: 'corrupt', detail: '' },
      { unreadable: 'corrupt' },
    );
    expect(groupOf(unread)).toBe('needs-you');
  });
});
