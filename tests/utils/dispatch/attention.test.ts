import { describe, expect, it } from 'vitest';
import { badgeFor } from '../../../utils/dispatch/attention.ts';
import type { AccountView } from '../../../utils/messaging/messaging.ts';
import { PLAIN_ACCOUNT } from '../../harness/plain-account.ts';

const NONE = { 'needs-you': 0, failed: 0 };

function account(health: AccountView['health']): AccountView {
  return {
    ...PLAIN_ACCOUNT,
    id: 'account',
    providerId: 'gmail',
    providerName: 'Gmail',
    address: 'ann@example.com',
    name: '',
    grantedRungs: ['send'],
    health,
    grant: 'per-session',
    limits: null,
    linkedAt: 0,
    lastUsedAt: null,
  };
}

describe('the badge', () => {
  it('is empty when nobody is needed', () => {
    expect(badgeFor([account({ kind: 'works' })], NONE).text).toBe('');
  });

  it('counts mails and accounts that need the person, and says which', () => {
    const badge = badgeFor([account({ kind: 'needs-sign-in', why: 'invalid_grant' })], {
      'needs-you': 1,
      failed: 1,
    });
    expect(badge).toEqual({ text: '3', title: 'Postern: 2 mails need you, 1 account needs you' });
  });

  it('counts accounts that can’t be opened', () => {
    const badge = badgeFor([account({ kind: 'works' })], NONE, { unreadableAccounts: 1 });
    expect(badge).toEqual({ text: '1', title: 'Postern: 1 account needs you' });
  });

  it('counts a merge as one, however many of its mails need the person', () => {
    expect(badgeFor([], NONE, { merges: 2 })).toEqual({
      text: '2',
      title: 'Postern: 2 merges need you',
    });
  });

  it('stays readable with very many', () => {
    expect(badgeFor([], { ...NONE, failed: 120 }).text).toBe('99+');
  });
});
