import { describe, expect, it } from 'vitest';
import { actsFor, groupOf } from '../../../components/mail/mail-acts.ts';
import { badgeFor } from '../../../utils/dispatch/attention.ts';
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
  it('is to discard, when it can’t be opened', () => {
    expect(actsFor(mail(1, { kind: 'queued' }, { unreadable: 'corrupt' }))).toEqual(['discard']);
  });
});

describe('the part of the outbox that needs the person', () => {
  it('holds just those mails that the badge counts', () => {
    for (const state of EVERY_STATE) {
      for (const unreadable of [null, 'corrupt']) {
        const one = mail(1, state, { unreadable });
        const counted = badgeFor([], [one]).text !== '';
        expect(groupOf(one) === 'needs-you', JSON.stringify({ state, unreadable })).toBe(counted);
      }
    }
  });
});
