import { describe, expect, it } from 'vitest';
import { callResultText, purposeText } from '../../../components/texts/call-texts.ts';
import { grantText, protectionText, rightTexts } from '../../../components/texts/right-texts.ts';
import type { CallPurpose, CallRecord } from '../../../utils/network/network.ts';

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

describe('rights in words', () => {
  it('says what an account that only sends can’t do', () => {
    expect(rightTexts(['send'])).toEqual([
      'Send mail as you',
      'It can’t read, list or delete any mail',
    ]);
  });
  it('does not say so of one that may read', () => {
    expect(rightTexts(['send', 'read']).join()).not.toContain('can’t');
  });
  it('says so when no right was given', () => {
    expect(rightTexts([])[0]).toContain('no right');
  });
  it('has a sentence for every kind of sign-in and protection', () => {
    for (const grant of ['lasting', 'per-session', 'none'] as const) {
      expect(grantText(grant)).toMatch(/\.$/);
    }
    for (const protection of ['sealed', 'key', 'plain'] as const) {
      expect(protectionText(protection)).toMatch(/\S/);
    }
  });
});
