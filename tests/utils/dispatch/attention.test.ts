import { describe, expect, it } from 'vitest';
import { badgeFor } from '../../../utils/dispatch/attention.ts';
import type { AccountView, MailState, MailView } from '../../../utils/messaging/messaging.ts';
import { PLAIN_ACCOUNT } from '../../harness/plain-account.ts';

function mail(state: MailState, unreadable: string | null = null): MailView {
  return {
    id: 'mail',
    accountId: null,
    state,
    subject: '',
    recipients: '',
    sizeBytes: 0,
    updatedAt: 0,
    mayHaveArrived: false,
    unreadable,
  };
}

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
    const mails = [mail({ kind: 'queued' }), mail({ kind: 'sent', sentAt: 1 })];
    expect(badgeFor([account({ kind: 'works' })], mails).text).toBe('');
  });

  it('counts mails and accounts that need the person, and says which', () => {
    const badge = badgeFor(
      [account({ kind: 'needs-sign-in', why: 'invalid_grant' })],
      [
        mail({ kind: 'unconfirmed', attemptedAt: 1 }),
        mail({ kind: 'waiting-for-host', host: 'gmail.googleapis.com' }),
        mail({ kind: 'draft', reason: null }),
      ],
    );
    expect(badge).toEqual({ text: '3', title: 'Postern: 2 mails need you, 1 account needs you' });
  });

  it('counts a draft that came back rejected, and a waiting mail that can’t be opened', () => {
    const rejected = mail({ kind: 'draft', reason: { code: 'invalidArgument', detail: '' } });
    expect(badgeFor([], [rejected, mail({ kind: 'queued' }, 'corrupt')]).text).toBe('2');
  });

  it('counts accounts that can’t be opened', () => {
    const badge = badgeFor([account({ kind: 'works' })], [], { unreadableAccounts: 1 });
    expect(badge).toEqual({ text: '1', title: 'Postern: 1 account needs you' });
  });

  it('counts a merge as one, however many of its mails need the person', () => {
    expect(badgeFor([], [], { merges: 2 })).toEqual({
      text: '2',
      title: 'Postern: 2 merges need you',
    });
  });

  it('stays readable with very many', () => {
    const many = Array.from({ length: 120 }, () => mail({ kind: 'unconfirmed', attemptedAt: 1 }));
    expect(badgeFor([], many).text).toBe('99+');
  });
});
