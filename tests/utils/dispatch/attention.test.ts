import { describe, expect, it, vi } from 'vitest';
import { createFakeClock } from '../../harness/fake-clock.ts';
import { badgeFor, createNews, type AttentionParts } from '../../../utils/dispatch/attention.ts';
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

const CAN_NOT_TELL = new Error('the browser does not tell');

function open(badge: string) {
  const counts = { ...NONE, waiting: 0, sending: 0, drafts: 0, sent: 0 };
  let text = badge;
  let looks = 0;
  const told: unknown[] = [];
  const broken = new Set<unknown>();
  const reports: unknown[] = [];
  const clock = createFakeClock();
  const show = vi.fn<AttentionParts['notices']['show']>(() => Promise.resolve());
  const news = createNews({
    accounts: { all: () => Promise.resolve({ accounts: [], unreadable: [] }) },
    outbox: {
      counts: () => Promise.resolve({ ...counts }),
      merges: { needingPerson: () => Promise.resolve(0) },
    },
    vault: { lock: { isClosing: () => false } },
    surface: {
      badgeText: () => Promise.resolve(text),
      showBadge: (shown) => {
        text = shown;
        looks += 1;
        return Promise.resolve();
      },
    },
    notices: { show },
    log: {
      report: (_where, error) => {
        expect(error).toBe(CAN_NOT_TELL);
        reports.push(error);
      },
    },
    channel: {
      tell: (change) => {
        if (broken.delete(change)) throw CAN_NOT_TELL;
        told.push(change);
      },
    },
    clock,
  });
  const hear = async (needsYou: number): Promise<void> => {
    counts['needs-you'] = needsYou;
    const before = looks;
    news('outbox');
    await clock.advance(0);
    await vi.waitFor(() => expect(looks).toBeGreaterThan(before));
    // The notification follows the badge without waiting for anything else.
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return { show, hear, news, told, broken, reports, clock, looks: () => looks };
}

describe('news', () => {
  it('waits until the turn that made it has given its answer', async () => {
    const { news, told, looks, clock } = open('');
    news('outbox');
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    expect(told).toEqual([]);
    await clock.advance(0);
    await vi.waitFor(() => expect(looks()).toBe(1));
    expect(told).toEqual(['outbox']);
  });

  it('is told once, however often it was said in one turn, and again after it', async () => {
    const { news, told, looks, clock } = open('');
    for (const change of ['outbox', 'accounts', 'outbox'] as const) news(change);
    await clock.advance(0);
    await vi.waitFor(() => expect(looks()).toBe(1));
    expect(told).toEqual(['outbox', 'accounts']);
    news('outbox');
    await clock.advance(0);
    expect(told).toEqual(['outbox', 'accounts', 'outbox']);
  });
});

describe('news that can not be told', () => {
  it('keeps back none that comes after it', async () => {
    const { news, told, broken, reports, looks, clock } = open('');
    broken.add('outbox');
    news('outbox');
    await clock.advance(0);
    news('accounts');
    await clock.advance(0);
    await vi.waitFor(() => expect(looks()).toBeGreaterThan(0));
    expect(told).toEqual(['accounts']);
    expect(reports).toHaveLength(1);
  });
});

describe('a notification', () => {
  it('comes when one more needs the person, and not with every other news', async () => {
    const { show, hear } = open('');
    await hear(1);
    expect(show).toHaveBeenCalledTimes(1);
    await hear(1);
    await hear(0);
    expect(show).toHaveBeenCalledTimes(1);
    await hear(2);
    expect(show).toHaveBeenCalledTimes(2);
  });

  it('does not come after another worker has told the same, nor after unlocking', async () => {
    for (const badge of ['1', 'lock']) {
      const { show, hear } = open(badge);
      await hear(1);
      expect(show).not.toHaveBeenCalled();
    }
  });

  it('names no address, no subject and no number', async () => {
    const { show, hear } = open('');
    await hear(3);
    expect(JSON.stringify(show.mock.calls)).not.toMatch(/@|\d/);
  });
});
