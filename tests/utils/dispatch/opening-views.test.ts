import { describe, expect, it } from 'vitest';
import {
  createAccounts,
  type AccountRecord,
  type AccountsParts,
  type StoredHealth,
} from '../../../utils/accounts/accounts.ts';
import { openingHandlers } from '../../../utils/dispatch/opening-handlers.ts';
import { openingViews } from '../../../utils/dispatch/opening-views.ts';
import type { Rooms } from '../../../utils/dispatch/rooms.ts';
import { messages } from '../../../utils/messaging/messaging.ts';
import { declaration as gmail } from '../../../utils/providers/gmail/gmail.ts';
import { declaration as outlook } from '../../../utils/providers/outlook/outlook.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';

const SECRET = 'what no page may see';
const NOW = 1_800_000_000_000;
const declarations = [gmail, outlook];

const HEALTHS: Readonly<Record<string, StoredHealth>> = {
  works: { kind: 'works' },
  'signed out': { kind: 'needs-sign-in', why: 'invalid_grant' },
  'left to an administrator': {
    ...{ kind: 'needs-admin', code: 'AADSTS90094', clientId: 'id', tenant: null },
    ...{ scopes: ['Mail.Send'], link: null },
  },
  refused: { kind: 'refused', code: 'invalid_client', detail: 'gone' },
};

function recordOf(health: StoredHealth, signedInAt = NOW): AccountRecord {
  return {
    ...{ providerId: 'gmail', subject: 's', address: 'ada@example.com', name: 'Ada' },
    ...{ signInName: null, tenant: null, accountType: null, label: 'Work', colour: 'moss' },
    otherSenders: [{ kind: 'alias', name: 'Desk', address: 'desk@example.com' }],
    ...{ position: 1, granted: true, rungs: ['send'], carriesMore: ['openid'], health },
    refreshTokens: [
      { rung: 'send', token: SECRET, clientId: 'id', obtainedAt: NOW, endsAt: signedInAt },
    ],
    ...{ linkedAt: NOW, signedInAt, silentAt: null, lastUsedAt: null, renewalPause: null },
  };
}

/** With something in each object that no view knows. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, withMore(one)]);
  return { ...Object.fromEntries(entries), more: SECRET };
}

/** The first answer over stores that hold these, and more in each object than they should. */
async function firstAnswer(records: readonly AccountRecord[]) {
  const id = (index: number): string => `account-${index}`;
  const parts: unknown = {
    clock: createFakeClock(NOW),
    oauth: { redirectUri: () => 'https://x.chromiumapp.org/google' },
    providers: new Map(declarations.map((one) => [one.id, { declaration: one }])),
    defaultClients: new Map(),
    records: {
      list: () =>
        Promise.resolve({
          records: records.map((value, at) => ({ id: id(at), value: withMore(value) })),
          broken: [{ id: 'broken', code: 'corrupt' }],
        }),
    },
    clients: {
      get: () => Promise.resolve(withMore({ clientId: 'id', clientSecret: SECRET, tenant: null })),
    },
    session: {
      list: () => {
        const token = { token: SECRET, issuedAt: NOW, expiresAt: NOW, replacesRejected: false };
        return Promise.resolve({
          records: records.map((_, at) => ({ id: `${id(at)}.send`, value: withMore(token) })),
          broken: [],
        });
      },
    },
  };
  const rooms: unknown = {
    accounts: createAccounts(parts as AccountsParts),
    settings: { get: () => Promise.resolve(withMore({ defaultAccountId: id(0) })) },
    declarations,
  };
  const answer = await openingHandlers(rooms as Rooms)['accounts.list']({});
  return openingViews['accounts.list'](withMore(answer) as typeof answer);
}

describe('the first answer', () => {
  const everyHealth = Object.entries(HEALTHS).map(([what, health]) => [what, recordOf(health)]);
  const willAsk = recordOf({ kind: 'works' }, NOW - 30 * 24 * 60 * 60_000);
  const cases = [...everyHealth, ['about to ask', willAsk]] as [string, AccountRecord][];

  it.each(cases)(
    'holds what its view names and nothing else: an account that is %s',
    async (...one) => {
      const answer = await firstAnswer([one[1]]);
      expect(answer.accounts).toHaveLength(1);
      expect(messages['accounts.list'].answer().parse(answer)).toStrictEqual(answer);
      expect(JSON.stringify(answer)).not.toContain(SECRET);
    },
  );

  it('tells of every way that an account can be doing', async () => {
    const answer = await firstAnswer(cases.map(([, record]) => record));
    const kinds = answer.accounts.map(({ health }) => health.kind);
    expect(kinds).toEqual(['works', 'needs-sign-in', 'needs-admin', 'refused', 'will-ask']);
  });
});
