import { describe, expect, it } from 'vitest';
import { callResultText, purposeText } from '../../../components/texts/call-texts.ts';
import { stepText } from '../../../components/texts/ladder-texts.ts';
import { grantText, protectionText, rightTexts } from '../../../components/texts/right-texts.ts';
import type { CallPurpose, CallRecord } from '../../../utils/network/network.ts';
import { PROVIDER_IDS, RUNGS, type Rung } from '../../../utils/vocabulary/vocabulary.ts';

const PURPOSES = {
  'sign-in': true,
  'renew-token': true,
  'identify-account': true,
  revoke: true,
  'test-client': true,
  'open-upload': true,
  'send-mail': true,
  'ask-upload-status': true,
  'write-draft': true,
  'upload-file': true,
  'find-mail': true,
  'discard-draft': true,
  'probe-host': true,
} satisfies Record<CallPurpose, true>;

const RESULTS = {
  answered: true,
  'host-not-allowed': true,
  offline: true,
  timeout: true,
  aborted: true,
  failed: true,
  redirected: true,
  'cors-refused': true,
} satisfies Record<CallRecord['result'], true>;

describe('the call log in words', () => {
  it('knows every purpose of a call', () => {
    for (const purpose of Object.keys(PURPOSES)) {
      expect(purposeText(purpose)).toMatch(/^[A-Z].* /);
    }
  });
  it('knows every way that a call can end', () => {
    for (const result of Object.keys(RESULTS)) {
      expect(callResultText(result)).not.toContain('-');
    }
  });
  it('shows a code that it does not know as it is', () => {
    expect(purposeText('toString')).toBe('toString');
  });
});

const rightsOf = (...grantedRungs: readonly Rung[]): readonly string[] =>
  rightTexts({ grantedRungs, providerId: 'gmail' });

describe('rights in words', () => {
  it('says what an account that only sends can’t do', () => {
    expect(rightsOf('send')).toEqual([
      'Send mail as you',
      'It can’t read, list or delete any mail',
    ]);
  });
  it('does not say so of one that may read', () => {
    expect(rightsOf('send', 'read').join()).not.toContain('can’t');
  });
  it('says that the right to drafts includes reading where the provider has no smaller one', () => {
    const outlook = rightTexts({ grantedRungs: ['send', 'drafts'], providerId: 'outlook' });
    expect(outlook.join()).toContain('includes reading');
    expect(stepText('drafts', 'outlook').could).toContain('read, change and delete the mails');
    expect(rightsOf('send', 'drafts').join()).toContain(
      'can’t read, list or delete any mail but drafts',
    );
    expect(stepText('drafts', 'gmail').could).toContain('no other mail');
  });
  it.each(RUNGS)('tells each step in three sentences: %s', (rung) => {
    for (const provider of PROVIDER_IDS) {
      for (const sentence of Object.values(stepText(rung, provider))) {
        expect(sentence).toMatch(/^[A-Z].*\.$/);
      }
    }
  });
  it('says so when no right was given', () => {
    expect(rightsOf()[0]).toContain('no right');
  });
  it('has a sentence for every kind of sign-in and protection', () => {
    for (const grant of ['lasting', 'per-session', 'none'] as const) {
      expect(grantText({ grant, grants: [] })).toMatch(/\.$/);
    }
    const kept = { rung: 'send', lasting: true, obtainedAt: 0, endsAt: 86_400_000 } as const;
    expect(grantText({ grant: 'lasting', grants: [kept] })).toContain('a day at a time');
    for (const protection of ['sealed', 'key', 'plain'] as const) {
      expect(protectionText(protection)).toMatch(/\S/);
    }
  });
});
