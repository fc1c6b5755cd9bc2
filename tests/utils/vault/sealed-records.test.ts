import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { createSealedRecords, type KeyStore } from '../../../utils/vault/vault.ts';
import { createFakeStorageArea, type FakeStorageArea } from '../../harness/fake-storage.ts';
import { codeOf, freshKeyStore, freshVault, strongRandom, vaultOver } from './test-vault.ts';
import vectors from './vectors.json' with { type: 'json' };

const schema = z.object({ address: z.string().check(z.maxLength(40)), uses: z.number() });
const ANN = { address: 'ann@example.com', uses: 3 };
const BEN = { address: 'ben@example.com', uses: 0 };
const ID = 'e2b7f1de-3a0b-4e15-a6c7-1f3b5c7d9e10';
const OTHER = '9d1f0c2b-5e4a-4b3c-8d7e-6f5a4b3c2d1e';

function recordsOver(area: FakeStorageArea, keys: KeyStore) {
  return createSealedRecords({
    vault: vaultOver(keys),
    area,
    kind: 'account',
    version: 3,
    schema: () => schema,
  });
}

function fresh() {
  const area = createFakeStorageArea();
  const keys = freshKeyStore();
  return { area, keys, records: recordsOver(area, keys) };
}

/** Puts another value in place of a stored one, as somebody with the profile in hand could. */
function tamper(area: FakeStorageArea, id: string, change: (text: string) => unknown): void {
  const key = `account/${id}`;
  area.stored.set(key, JSON.stringify(change(JSON.parse(area.stored.get(key)!) as string)));
}

describe('sealed records', () => {
  it('come back as they were put, also in the next worker', async () => {
    const { area, keys, records } = fresh();
    await records.put(ID, ANN);
    await expect(records.get(ID)).resolves.toEqual(ANN);
    await expect(recordsOver(area, keys).get(ID)).resolves.toEqual(ANN);
  });

  it('are null where there is none, and need no key to know it', async () => {
    const { keys, records } = fresh();
    const read = vi.spyOn(keys, 'read');
    await expect(records.get(ID)).resolves.toBeNull();
    await expect(records.list()).resolves.toEqual({ records: [], broken: [] });
    expect(read).not.toHaveBeenCalled();
  });

  it('replace what was there', async () => {
    const { records, area } = fresh();
    await records.put(ID, ANN);
    await records.put(ID, BEN);
    await expect(records.get(ID)).resolves.toEqual(BEN);
    expect(area.stored.size).toBe(1);
  });

  it('are listed with their ids, those of other kinds left out', async () => {
    const { area, keys, records } = fresh();
    await records.put(ID, ANN);
    await records.put(OTHER, BEN);
    const drafts = createSealedRecords({
      vault: vaultOver(keys),
      area,
      kind: 'account-draft',
      version: 1,
      schema: () => schema,
    });
    await drafts.put(ID, ANN);
    const listing = await records.list();
    expect(listing.broken).toEqual([]);
    expect(new Map(listing.records.map(({ id, value }) => [id, value]))).toEqual(
      new Map([
        [ID, ANN],
        [OTHER, BEN],
      ]),
    );
  });

  it('are gone when they are removed', async () => {
    const { area, records } = fresh();
    await records.put(ID, ANN);
    await records.remove(ID);
    await records.remove(OTHER);
    await expect(records.get(ID)).resolves.toBeNull();
    expect(area.stored.size).toBe(0);
  });

  it('show nothing in store but kind, random id, version and sealed bytes', async () => {
    const { area, records } = fresh();
    await records.put(ID, ANN);
    expect([...area.stored.keys()]).toEqual([`account/${ID}`]);
    expect(area.stored.get(`account/${ID}`)).toMatch(/^"3\.UE9TA[A-Za-z0-9+/]+={0,2}"$/);
  });

  it.each(['ann@example.com', 'a/b', '', 'a b', 'ä', 'x'.repeat(129)])(
    'refuse %j as an id, since ids are stored in clear',
    async (id) => {
      const { area, records } = fresh();
      expect(await codeOf(records.put(id, ANN))).toBe('refused');
      expect(area.stored.size).toBe(0);
    },
  );

  it.each(['', 'Account', 'a/b', 'a@b'])('refuse %j as a kind', (kind) => {
    expect(() =>
      createSealedRecords({
        vault: freshVault(),
        area: createFakeStorageArea(),
        kind,
        version: 1,
        schema: () => schema,
      }),
    ).toThrow('refused');
  });

  it('refuse a value that could not be read back, and keep the one before', async () => {
    const { records } = fresh();
    await records.put(ID, ANN);
    expect(await codeOf(records.put(ID, { ...ANN, address: 'x'.repeat(41) }))).toBe('refused');
    expect(await codeOf(records.put(ID, { ...ANN, uses: NaN }))).toBe('refused');
    await expect(records.get(ID)).resolves.toEqual(ANN);
  });

  it('are sealed without what the schema does not name', async () => {
    const { records } = fresh();
    const more = { ...ANN, phone: '1' };
    await records.put(ID, more);
    await expect(records.get(ID)).resolves.toEqual(ANN);
  });

  it('ask their schema when they are put, and not when they are read', async () => {
    const { area, keys, records } = fresh();
    await records.put(ID, ANN);
    const reader = createSealedRecords({
      vault: vaultOver(keys),
      area,
      kind: 'account',
      version: 3,
      schema: (): typeof schema => {
        throw new Error('every start of the worker would build it');
      },
    });
    await expect(reader.get(ID)).resolves.toEqual(ANN);
    expect((await reader.list()).records).toEqual([{ id: ID, value: ANN }]);
    expect(await codeOf(reader.put(ID, BEN))).toBe('refused');
    await expect(reader.get(ID)).resolves.toEqual(ANN);
  });

  it('hold any text', async () => {
    const { area, keys } = fresh();
    const texts = createSealedRecords({
      vault: vaultOver(keys),
      area,
      kind: 'text',
      version: 1,
      schema: () => z.string(),
    });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        await texts.put(ID, text);
        expect(await texts.get(ID)).toBe(text);
      }),
    );
  });
});

describe('a record that can not be read', () => {
  const damage: readonly (readonly [string, (text: string) => unknown, string])[] = [
    ['no text', () => ({ a: 1 }), 'corrupt'],
    ['empty', () => '', 'corrupt'],
    ['without a version', (text) => text.slice(2), 'corrupt'],
    ['with a version that is none', (text) => `03${text.slice(1)}`, 'corrupt'],
    ['cut', (text) => text.slice(0, -1), 'corrupt'],
    ['cut by a whole group', (text) => text.slice(0, -4), 'corrupt'],
    ['not base64', (text) => `${text.slice(0, 9)}!${text.slice(10)}`, 'corrupt'],
    [
      'changed',
      (text) => `${text.slice(0, 60)}${text[60] === 'A' ? 'B' : 'A'}${text.slice(61)}`,
      'corrupt',
    ],
    ['said to be older', (text) => `2${text.slice(1)}`, 'corrupt'],
    ['newer', (text) => `4${text.slice(1)}`, 'unsupported-version'],
    ['much newer', (text) => `4294967296${text.slice(1)}`, 'unsupported-version'],
  ];

  it.each(damage)(
    '(%s) is named and left as it is, and the others are read',
    async (_, change, code) => {
      const { area, records } = fresh();
      await records.put(ID, ANN);
      await records.put(OTHER, BEN);
      tamper(area, ID, change);
      const before = new Map(area.stored);
      expect(await codeOf(records.get(ID))).toBe(code);
      await expect(records.list()).resolves.toEqual({
        records: [{ id: OTHER, value: BEN }],
        broken: [{ id: ID, code }],
      });
      expect(area.stored).toEqual(before);
      await records.remove(ID);
      await expect(records.list()).resolves.toEqual({
        records: [{ id: OTHER, value: BEN }],
        broken: [],
      });
    },
  );

  it('is corrupt when two were swapped', async () => {
    const { area, records } = fresh();
    await records.put(ID, ANN);
    await records.put(OTHER, BEN);
    const [mine, other] = [ID, OTHER].map((id) => area.stored.get(`account/${id}`)!);
    area.stored.set(`account/${ID}`, other!);
    area.stored.set(`account/${OTHER}`, mine!);
    const { broken } = await records.list();
    expect(broken.map(({ code }) => code)).toEqual(['corrupt', 'corrupt']);
  });

  it('can be removed even under a key that this room would never write', async () => {
    const area = createFakeStorageArea({ 'account/ann@example.com': 'x' });
    const records = recordsOver(area, freshKeyStore());
    await expect(records.list()).resolves.toMatchObject({
      broken: [{ id: 'ann@example.com', code: 'corrupt' }],
    });
    await records.remove('ann@example.com');
    expect(area.stored.size).toBe(0);
  });

  it('stays when the keys are lost, and is named', async () => {
    const { area, keys, records } = fresh();
    await records.put(ID, ANN);
    await keys.clear();
    const after = recordsOver(area, keys);
    expect(await codeOf(after.get(ID))).toBe('no-key');
    await expect(after.list()).resolves.toEqual({
      records: [],
      broken: [{ id: ID, code: 'no-key' }],
    });
    await after.put(OTHER, BEN);
    await expect(after.list()).resolves.toEqual({
      records: [{ id: OTHER, value: BEN }],
      broken: [{ id: ID, code: 'wrong-key' }],
    });
    expect(area.stored.size).toBe(2);
  });
});

describe('what is wrong with the whole', () => {
  it('is thrown, not blamed on the records: locked', async () => {
    const { area, keys, records } = fresh();
    await records.put(ID, ANN);
    await keys.clear();
    await keys.createIfAbsent({
      deviceKey: null,
      envelope: new Uint8Array(Buffer.from(vectors.envelopes.locked, 'hex')),
      retired: [],
    });
    expect(await codeOf(recordsOver(area, keys).list())).toBe('locked');
  });

  it('is thrown, not blamed on the records: keys that can not be read', async () => {
    const { area, keys, records } = fresh();
    await records.put(ID, ANN);
    const broken = { ...keys, read: () => Promise.reject(new Error('gone')) };
    expect(await codeOf(recordsOver(area, broken).list())).toBe('storage');
  });

  it.each(['get', 'set', 'remove', 'entries'] as const)(
    'is storage when the area refuses to %s, once',
    async (operation) => {
      const { area, records } = fresh();
      await records.put(ID, ANN);
      area.failNext(operation);
      const act = {
        get: () => records.get(ID),
        set: () => records.put(ID, BEN),
        remove: () => records.remove(ID),
        entries: () => records.list(),
      }[operation];
      expect(await codeOf(act())).toBe('storage');
      await expect(records.get(ID)).resolves.toEqual(ANN);
      await act();
    },
  );
});

describe('records of older versions', () => {
  const area = createFakeStorageArea();
  const vault = vaultOver(freshKeyStore(), strongRandom);
  const first = createSealedRecords({
    vault,
    area,
    kind: 'account',
    version: 1,
    schema: () => z.object({ mail: z.string() }),
  });
  const migrate = {
    1: (older: unknown) => ({ address: z.parse(z.object({ mail: z.string() }), older).mail }),
    2: (older: unknown) => ({ ...z.parse(z.looseObject({}), older), uses: 0 }),
  };

  it('are migrated step by step when they are read, and left as they are in store', async () => {
    await first.put(ID, { mail: 'ann@example.com' });
    const before = new Map(area.stored);
    const third = createSealedRecords({
      vault,
      area,
      kind: 'account',
      version: 3,
      schema: () => schema,
      migrate,
    });
    await expect(third.get(ID)).resolves.toEqual({ address: 'ann@example.com', uses: 0 });
    expect((await third.list()).records).toHaveLength(1);
    expect(area.stored).toEqual(before);
    await third.put(ID, ANN);
    await expect(third.get(ID)).resolves.toEqual(ANN);
    expect(await codeOf(first.get(ID))).toBe('unsupported-version');
  });

  it('are named and kept when a step is missing or fails', async () => {
    await first.put(ID, { mail: 'ann@example.com' });
    const before = new Map(area.stored);
    const gap = createSealedRecords({
      vault,
      area,
      kind: 'account',
      version: 3,
      schema: () => schema,
      migrate: { 2: migrate[2] },
    });
    expect(await codeOf(gap.get(ID))).toBe('unsupported-version');
    const wrong = createSealedRecords({
      vault,
      area,
      kind: 'account',
      version: 2,
      schema: () => schema,
      migrate: {
        1: () => {
          throw new TypeError('a mistake');
        },
      },
    });
    expect(await codeOf(wrong.get(ID))).toBe('corrupt');
    expect(area.stored).toEqual(before);
  });
});
