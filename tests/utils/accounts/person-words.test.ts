import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { accountRecords } from '../../../utils/accounts/accounts.ts';
import { createSealedRecords } from '../../../utils/vault/vault.ts';
import { fromVersion1 } from '../../../utils/accounts/account-record-1.ts';
import { fromVersion2 } from '../../../utils/accounts/account-record-2.ts';
import { fromVersion3 } from '../../../utils/accounts/account-record-3.ts';
import { createFakeStorageArea } from '../../harness/fake-storage.ts';
import { freshVault } from '../vault/test-vault.ts';
import { ada, grace, world } from './google-world.ts';

const VERSION_1 = {
  providerId: 'gmail',
  subject: 's-1',
  address: 'ann@example.com',
  name: 'Ann',
  granted: true,
  rungs: ['send'],
  refreshTokens: [{ rung: 'send', token: 'rt-0', clientId: 'c', obtainedAt: 5 }],
  health: { kind: 'works' },
  linkedAt: 5,
  lastUsedAt: null,
};

describe('what a person says of an account', () => {
  test('is kept: a label without control characters, and a colour', async () => {
    const made = await world();
    const { id } = await made.linked();
    expect(await made.accounts.describe(id, { label: ' Sales\n\u202eteam ', colour: 'plum' })).toBe(
      true,
    );
    expect(await made.worker().get(id)).toMatchObject({ label: 'Sales team', colour: 'plum' });
    expect(await made.accounts.describe('gone', { label: 'x', colour: null })).toBe(false);
    expect([...made.local.stored.values()].join()).not.toContain('Sales');
  });

  test('orders accounts; whoever is not named comes after, and a new one last', async () => {
    const made = await world();
    const first = await made.linked();
    made.person.habits.account = grace;
    made.clock.jump(1_000);
    const second = await made.linked();
    const order = async (): Promise<readonly string[]> =>
      (await made.accounts.list()).map(({ address }) => address);
    expect(await order()).toEqual([ada.email, grace.email]);
    await made.accounts.reorder([second.id, 'of-nobody', second.id]);
    expect(await order()).toEqual([grace.email, ada.email]);
    await made.accounts.reorder([first.id, second.id]);
    expect(await order()).toEqual([ada.email, grace.email]);
    // To sign in again moves nobody.
    await made.linked();
    expect(await order()).toEqual([ada.email, grace.email]);
  });

  test('notes aliases, each address once, and the name that was typed first', async () => {
    const made = await world();
    const { id } = await made.linked();
    const outcome = await made.accounts.setOtherSenders(id, [
      { kind: 'alias', name: ' Ada, Sales ', address: ' sales@analytical.example ' },
      { kind: 'alias', name: 'again', address: 'sales@ANALYTICAL.example' },
      { kind: 'alias', name: '', address: 'ada@bücher.example' },
    ]);
    const otherSenders = [
      { kind: 'alias', name: 'Ada, Sales', address: 'sales@analytical.example' },
      { kind: 'alias', name: '', address: 'ada@bücher.example' },
    ];
    expect(outcome).toEqual({ kind: 'saved', otherSenders });
    expect(await made.accounts.get(id)).toMatchObject({ otherSenders });
  });

  test('notes no alias when one of them can’t be used, and says which', async () => {
    const made = await world();
    const { id } = await made.linked();
    await made.accounts.setOtherSenders(id, [{ kind: 'alias', name: '', address: 'a@b.example' }]);
    const outcome = await made.accounts.setOtherSenders(id, [
      { kind: 'alias', name: 'fine', address: 'c@b.example' },
      { kind: 'alias', name: '', address: 'Ada <d@b.example>' },
      { kind: 'alias', name: 'two\r\nBcc: x@y.example', address: 'e@b.example' },
      { kind: 'alias', name: '', address: '' },
    ]);
    expect(outcome).toEqual({
      kind: 'problems',
      problems: [
        { index: 1, what: 'address' },
        { index: 2, what: 'name' },
        { index: 3, what: 'address' },
      ],
    });
    expect(await made.accounts.get(id)).toMatchObject({
      otherSenders: [{ kind: 'alias', name: '', address: 'a@b.example' }],
    });
    expect(await made.accounts.setOtherSenders('gone', [])).toEqual({ kind: 'gone' });
  });
});

/** The same account as each version of this wrote it. */
const BY_VERSION = new Map<number, unknown>([[1, VERSION_1]]);
BY_VERSION.set(2, fromVersion1(BY_VERSION.get(1)));
BY_VERSION.set(3, fromVersion2(BY_VERSION.get(2)));

/** A store in which an account lies as this version wrote it. */
async function storeOf(version: number, account: unknown) {
  const [vault, area] = [freshVault(), createFakeStorageArea()];
  const { kind } = accountRecords;
  const schema = (): z.ZodMiniUnknown => z.unknown();
  await createSealedRecords({ vault, area, kind, version, schema }).put('a', account);
  return { area, records: createSealedRecords({ vault, area, ...accountRecords }) };
}

describe('an account of an earlier version', () => {
  test.each([1, 2, 3])('(%s) is read from the store as one of this version', async (version) => {
    const { records } = await storeOf(version, BY_VERSION.get(version));
    const read = await records.get('a');
    expect(read).toEqual({
      ...VERSION_1,
      ...{ signInName: null, tenant: null, accountType: null, label: '', colour: null },
      ...{ otherSenders: [], position: 5, carriesMore: [], signedInAt: 5, silentAt: null },
      refreshTokens: [{ ...VERSION_1.refreshTokens[0], endsAt: null }],
      renewalPause: null,
    });
    expect(accountRecords.schema().parse(read)).toEqual(read);
  });

  test.each([1, 2, 3])('(%s) that is damaged is said to be so, and stays', async (version) => {
    for (const damaged of [{}, { ...VERSION_1, refreshTokens: 7, aliases: [], label: 7 }]) {
      const { area, records } = await storeOf(version, damaged);
      const before = await area.get('account/a');
      expect(await records.list()).toEqual({ records: [], broken: [{ id: 'a', code: 'corrupt' }] });
      expect(await area.get('account/a')).toBe(before);
    }
  });
});

describe('an account of a later version', () => {
  test('is said to be of one, and stays as it is', async () => {
    const { area, records } = await storeOf(accountRecords.version + 1, { __proto__: null, x: 1 });
    const before = await area.get('account/a');
    const broken = [{ id: 'a', code: 'unsupported-version' }];
    expect(await records.list()).toEqual({ records: [], broken });
    expect(await area.get('account/a')).toBe(before);
  });
});

describe('an account of version 3', () => {
  test('is one whose token may be renewed at once, and that is none is said to be damaged', () => {
    const older = { address: 'ann@example.com', rungs: ['send'] };
    expect(fromVersion3(older)).toEqual({ ...older, renewalPause: null });
    for (const strange of [null, 7, 'x']) expect(() => fromVersion3(strange)).toThrow();
  });
});

describe('an account of version 2', () => {
  test('keeps its aliases as aliases, and everything else as it was', () => {
    const older = {
      address: 'ann@example.com',
      rungs: ['send'],
      aliases: [{ name: 'A', address: 'a@b.example' }],
    };
    expect(fromVersion2(older)).toEqual({
      address: 'ann@example.com',
      rungs: ['send'],
      otherSenders: [{ kind: 'alias', name: 'A', address: 'a@b.example' }],
    });
    for (const strange of [null, 7, {}, { aliases: 'x' }]) {
      expect(() => fromVersion2(strange)).toThrow();
    }
  });

  test('is read from the store as one of this version', async () => {
    const vault = freshVault();
    const area = createFakeStorageArea();
    const anything = createSealedRecords({
      vault,
      area,
      kind: accountRecords.kind,
      version: 2,
      schema: () => z.looseObject({}),
    });
    const aliases = [{ name: 'Sales', address: 'sales@b.example' }];
    await anything.put('a', { ...z.looseObject({}).parse(fromVersion1(VERSION_1)), aliases });
    const records = createSealedRecords({ vault, area, ...accountRecords });
    expect(await records.get('a')).toMatchObject({
      otherSenders: [{ kind: 'alias', name: 'Sales', address: 'sales@b.example' }],
      refreshTokens: [{ token: 'rt-0' }],
      renewalPause: null,
    });
  });
});

describe('an account of version 1', () => {
  test('is opened with all that it had, and can be written again', async () => {
    const vault = freshVault();
    const area = createFakeStorageArea();
    const records = createSealedRecords({ vault, area, ...accountRecords });
    const before = fromVersion1(VERSION_1);
    expect(before).toMatchObject({
      ...VERSION_1,
      refreshTokens: [{ token: 'rt-0', endsAt: null }],
    });
    await records.put('a', accountRecords.schema().parse(fromVersion3(fromVersion2(before))));
    expect(await records.get('a')).toMatchObject({
      address: 'ann@example.com',
      position: 5,
      otherSenders: [],
      label: '',
    });
  });

  test('that is none is said to be damaged, and stays', () => {
    for (const strange of [null, 7, [], {}, { ...VERSION_1, refreshTokens: 'x' }]) {
      expect(() => fromVersion1(strange)).toThrow();
    }
  });
});

describe('the health of an account at Google', () => {
  test('says that the next send may ask, a day after the person was last seen', async () => {
    const made = await world();
    const { id } = await made.linked();
    made.clock.jump(2 * 3_600_000);
    expect(await made.accounts.get(id)).toMatchObject({ health: { kind: 'works' } });
    made.clock.jump(24 * 3_600_000);
    expect(await made.accounts.get(id)).toMatchObject({
      health: { kind: 'will-ask', why: 'nothing-kept' },
    });
    // The silent way works, so one is known again.
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
    made.clock.jump(2 * 3_600_000);
    expect(await made.accounts.get(id)).toMatchObject({ health: { kind: 'works' } });
  });

  test('says nothing of the kind where a refresh token is kept', async () => {
    const made = await world('id and secret');
    const { id } = await made.linked();
    made.clock.jump(30 * 24 * 3_600_000);
    expect(await made.accounts.get(id)).toMatchObject({ health: { kind: 'works' } });
  });
});

describe('the ladder at Google', () => {
  const COMPOSE = 'https://www.googleapis.com/auth/gmail.compose';

  test.each(['id', 'id and secret'] as const)(
    'gives one more right (client: %s)',
    async (client) => {
      const made = await world(client);
      const { id } = await made.linked();
      const outcome = await made.accounts.grantRung(id, 'drafts');
      expect(outcome).toMatchObject({
        kind: 'granted',
        account: { grantedRungs: ['send', 'drafts'], carriesMore: [] },
      });
      expect((await made.accounts.token(id, 'drafts')).kind).toBe('token');
      // A token that sends can’t do more because another was granted.
      made.clock.jump(2 * 3_600_000);
      expect((await made.accounts.token(id, 'send')).kind).toBe('token');
      expect(await made.accounts.get(id)).toMatchObject({ carriesMore: [] });
    },
  );

  test('is not given by half: an unticked box is named, and nothing is stored', async () => {
    const made = await world();
    const { id } = await made.linked();
    const before = new Map(made.local.stored);
    made.person.habits.untick = [COMPOSE];
    expect(await made.accounts.grantRung(id, 'drafts')).toEqual({
      kind: 'partly',
      rung: 'drafts',
      missing: [COMPOSE],
    });
    expect(made.local.stored).toEqual(before);
  });

  test('has no rung that the provider has not', async () => {
    const made = await world();
    const { id } = await made.linked();
    expect(await made.accounts.grantRung(id, 'shared-mailbox')).toEqual({ kind: 'no-such-right' });
    expect(await made.accounts.grantRung('gone', 'drafts')).toMatchObject({ code: 'no_account' });
  });

  test('is gone down by a real revocation, and linked again with what is kept', async () => {
    const made = await world('id and secret');
    const { id } = await made.linked();
    await made.accounts.grantRung(id, 'drafts');
    expect(await made.accounts.stepDown(id, ['send'])).toMatchObject({
      kind: 'stepped-down',
      revoked: { kind: 'revoked' },
      account: { id, grantedRungs: ['send'] },
      lostRungs: [],
    });
    expect((await made.accounts.token(id, 'send')).kind).toBe('token');
  });

  test('stays as it is when the provider could not be asked', async () => {
    const made = await world('id and secret');
    const { id } = await made.linked();
    await made.accounts.grantRung(id, 'drafts');
    made.online = false;
    expect(await made.accounts.stepDown(id, ['send'])).toMatchObject({ kind: 'not-revoked' });
    expect(await made.accounts.get(id)).toMatchObject({ grantedRungs: ['send', 'drafts'] });
  });

  test('says so when the person does not link again: what waits goes on waiting', async () => {
    const made = await world('id and secret');
    const { id } = await made.linked();
    made.person.habits.consent = 'deny';
    expect(await made.accounts.stepDown(id, ['send'])).toMatchObject({
      kind: 'not-linked',
      linking: { kind: 'cancelled' },
    });
    expect(await made.accounts.get(id)).toMatchObject({
      grant: 'none',
      health: { kind: 'needs-sign-in', why: 'no_grant' },
    });
  });
});
