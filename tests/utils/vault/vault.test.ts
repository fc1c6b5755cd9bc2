import { openDB, wrap, type DBSchema, type IDBPDatabase } from 'idb';
import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import {
  createKeyStore,
  RECORD_OVERHEAD_BYTES,
  type KeyStore,
} from '../../../utils/vault/vault.ts';
import { closeAsBrowser } from '../../harness/close-database.ts';
import { openRecord } from './independent-format.ts';
import {
  bytesOf,
  codeOf,
  freshKeyStore,
  freshVault,
  strongRandom,
  vaultOver,
} from './test-vault.ts';
import vectors from './vectors.json' with { type: 'json' };

const LABEL = { kind: 'draft', id: '6a4cbb34-6f0a-4f3e-9d0c-31c6ad4e07b8', version: 1 };
const CLEAR = bytesOf('Dear Ann');

/** A key store that fails at what it is told to. */
function failing(keys: KeyStore, at: keyof KeyStore): KeyStore & { heal(): void } {
  let broken = true;
  const guard = <T>(name: keyof KeyStore, act: () => Promise<T>): Promise<T> =>
    broken && name === at ? Promise.reject(new DOMException('', 'UnknownError')) : act();
  return {
    read: () => guard('read', () => keys.read()),
    createIfAbsent: (candidate) => guard('createIfAbsent', () => keys.createIfAbsent(candidate)),
    replace: (before, next) => guard('replace', () => keys.replace(before, next)),
    clear: () => guard('clear', () => keys.clear()),
    heal: () => void (broken = false),
  };
}

describe('a vault that is warmed up', () => {
  it('has read the key before the first act needs it, and reads it once', async () => {
    const keys = freshKeyStore();
    const sealed = await vaultOver(keys).seal(LABEL, CLEAR);
    const read = vi.spyOn(keys, 'read');
    const vault = vaultOver(keys);
    vault.warmUp();
    await expect(vault.open(LABEL, sealed)).resolves.toEqual(CLEAR);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('makes no key', async () => {
    const keys = freshKeyStore();
    const vault = vaultOver(keys);
    vault.warmUp();
    expect(await vault.inventory()).toBeNull();
    expect(await keys.read()).toBeNull();
  });

  it('leaves it to the act to say what is wrong, and to try again', async () => {
    const keys = failing(freshKeyStore(), 'read');
    const vault = vaultOver(keys);
    vault.warmUp();
    expect(await codeOf(vault.seal(LABEL, CLEAR))).toBe('storage');
    keys.heal();
    await expect(vault.seal(LABEL, CLEAR)).resolves.toBeInstanceOf(Uint8Array);
  });
});

describe('sealing and opening', () => {
  it('gives back what was sealed', async () => {
    const vault = freshVault();
    await expect(vault.open(LABEL, await vault.seal(LABEL, CLEAR))).resolves.toEqual(CLEAR);
  });

  it('goes on in the next worker', async () => {
    const keys = freshKeyStore();
    const sealed = await vaultOver(keys).seal(LABEL, CLEAR);
    await expect(vaultOver(keys).open(LABEL, sealed)).resolves.toEqual(CLEAR);
  });

  it('adds the same number of bytes to 25 MB and to nothing', async () => {
    const vault = freshVault();
    const large = new Uint8Array(25 * 1024 * 1024).fill(7);
    const sealed = await vault.seal(LABEL, large);
    expect(sealed.length).toBe(large.length + RECORD_OVERHEAD_BYTES);
    expect(Buffer.from(await vault.open(LABEL, sealed)).equals(large)).toBe(true);
    expect((await vault.seal(LABEL, new Uint8Array())).length).toBe(RECORD_OVERHEAD_BYTES);
  });

  it('takes bytes that are a part of something larger, or shared', async () => {
    const vault = freshVault();
    const part = bytesOf('xxDear Annxx').subarray(2, 10);
    const shared = new Uint8Array(new SharedArrayBuffer(CLEAR.length));
    shared.set(CLEAR);
    for (const clear of [part, shared]) {
      const sealed = await vault.seal(LABEL, clear);
      await expect(
        vault.open(LABEL, Buffer.concat([Buffer.alloc(3), sealed]).subarray(3)),
      ).resolves.toEqual(CLEAR);
    }
  });

  it('keeps the pieces of a file in their places, and knows when the last one is missing', async () => {
    const vault = freshVault();
    const piece = (index: number, last: boolean) => ({
      kind: 'attachment-piece',
      id: `${LABEL.id}/${index}/${last ? 1 : 0}`,
      version: 1,
    });
    const first = await vault.seal(piece(0, false), bytesOf('first'));
    const second = await vault.seal(piece(1, true), bytesOf('second'));
    await expect(vault.open(piece(0, false), first)).resolves.toEqual(bytesOf('first'));
    await expect(vault.open(piece(1, true), second)).resolves.toEqual(bytesOf('second'));
    expect(await codeOf(vault.open(piece(0, false), second))).toBe('corrupt');
    expect(await codeOf(vault.open(piece(0, true), first))).toBe('corrupt');
  });

  it.each([
    ['no kind', { kind: '' }],
    ['no id', { id: '' }],
    ['a kind of 65 bytes', { kind: 'k'.repeat(65) }],
    ['an id of 513 bytes', { id: 'ü'.repeat(256) + 'x' }],
    ['half a character', { id: '\ud83d' }],
    ['a broken version', { version: 1.5 }],
    ['a version below 0', { version: -1 }],
    ['a version that does not fit', { version: 2 ** 32 }],
    ['no number as a version', { version: NaN }],
  ])('refuses a label with %s, and makes no key for it', async (_, part) => {
    const keys = freshKeyStore();
    const vault = vaultOver(keys);
    expect(await codeOf(vault.seal({ ...LABEL, ...part }, CLEAR))).toBe('refused');
    expect(await codeOf(vault.open({ ...LABEL, ...part }, CLEAR))).toBe('refused');
    await expect(keys.read()).resolves.toBeNull();
  });

  it('says what is wrong without saying what was sealed', async () => {
    const vault = freshVault();
    const sealed = await vault.seal(LABEL, CLEAR);
    const error: unknown = await vault
      .open({ ...LABEL, id: 'ann@example.com' }, sealed)
      .catch((cause: unknown) => cause);
    expect(String(error)).toBe('VaultError: vault: corrupt');
  });
});

describe('the key', () => {
  it('is not looked for before it is needed', async () => {
    const keys = freshKeyStore();
    const read = vi.spyOn(keys, 'read');
    const vault = vaultOver(keys);
    expect(read).not.toHaveBeenCalled();
    await vault.prepare();
    await Promise.all([vault.seal(LABEL, CLEAR), vault.seal(LABEL, CLEAR)]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('is one key for two contexts that start at once', async () => {
    const databaseName = randomUUID();
    const contexts = Array.from({ length: 8 }, () => vaultOver(createKeyStore({ databaseName })));
    const sealed = await Promise.all(
      contexts.map(async (vault, index) => {
        if (index % 2 === 0) await vault.prepare();
        return vault.seal(LABEL, CLEAR);
      }),
    );
    for (const vault of contexts) {
      for (const record of sealed) {
        await expect(vault.open(LABEL, record)).resolves.toEqual(CLEAR);
      }
    }
    const last = vaultOver(createKeyStore({ databaseName }));
    await expect(last.open(LABEL, sealed[0]!)).resolves.toEqual(CLEAR);
  });

  it('is made once by calls that come together, also while others try to open', async () => {
    const keys = freshKeyStore();
    const create = vi.spyOn(keys, 'createIfAbsent');
    const vault = vaultOver(keys);
    const foreign = await freshVault().seal(LABEL, CLEAR);
    const settled = await Promise.allSettled([
      vault.open(LABEL, foreign),
      vault.seal(LABEL, CLEAR),
      vault.open(LABEL, foreign),
      vault.prepare(),
      vault.seal(LABEL, CLEAR),
      vault.open(LABEL, foreign),
    ]);
    expect(settled.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(create).toHaveBeenCalledTimes(1);
  });

  it('can not be exported, and neither can the device key', async () => {
    const keys = freshKeyStore();
    const generated: CryptoKey[] = [];
    const unwrap = vi.spyOn(crypto.subtle, 'unwrapKey');
    await vaultOver(keys).prepare();
    generated.push(
      (await keys.read())!.deviceKey!.key,
      (await unwrap.mock.results[0]!.value) as CryptoKey,
    );
    unwrap.mockRestore();
    expect(generated.map(({ extractable, usages }) => ({ extractable, usages }))).toEqual([
      { extractable: false, usages: ['wrapKey', 'unwrapKey'] },
      { extractable: false, usages: ['encrypt', 'decrypt'] },
    ]);
  });

  it('lies in the store only wrapped', async () => {
    const keys = freshKeyStore();
    const exported: Uint8Array[] = [];
    const wrap = crypto.subtle.wrapKey.bind(crypto.subtle);
    const spy = vi.spyOn(crypto.subtle, 'wrapKey').mockImplementation(async (...input) => {
      exported.push(new Uint8Array(await crypto.subtle.exportKey('raw', input[1])));
      return wrap(...input);
    });
    const vault = vaultOver(keys);
    const sealed = await vault.seal(LABEL, CLEAR);
    spy.mockRestore();
    expect(openRecord(Buffer.from(exported[0]!), LABEL, Buffer.from(sealed))).toEqual(
      Buffer.from(CLEAR),
    );
    const { envelope } = (await keys.read())!;
    expect(Buffer.from(envelope).includes(Buffer.from(exported[0]!))).toBe(false);
  });
});

describe('when keys are lost', () => {
  it('says no-key, and does not make one in order to open', async () => {
    const keys = freshKeyStore();
    const sealed = await freshVault().seal(LABEL, CLEAR);
    expect(await codeOf(vaultOver(keys).open(LABEL, sealed))).toBe('no-key');
    await expect(keys.read()).resolves.toBeNull();
    await expect(vaultOver(keys).inventory()).resolves.toBeNull();
  });

  it('calls the old records wrong-key once there is a new key, and opens them when the old is back', async () => {
    const keys = freshKeyStore();
    const sealed = await vaultOver(keys).seal(LABEL, CLEAR);
    const old = (await keys.read())!;
    await keys.clear();
    const vault = vaultOver(keys);
    await vault.prepare();
    expect(await codeOf(vault.open(LABEL, sealed))).toBe('wrong-key');
    await keys.clear();
    await keys.createIfAbsent(old);
    await expect(vaultOver(keys).open(LABEL, sealed)).resolves.toEqual(CLEAR);
  });

  it.each([
    ['a lost device key', { deviceKey: false, envelope: 'device' }, 'no-key'],
    ['a lost device key and a passphrase', { deviceKey: false, envelope: 'all' }, 'locked'],
    ['no device wrap', { deviceKey: true, envelope: 'locked' }, 'locked'],
  ] as const)('does not make a new key in place of %s', async (_, stored, code) => {
    const keys = freshKeyStore();
    await vaultOver(keys).prepare();
    const { deviceKey } = (await keys.read())!;
    await keys.clear();
    const envelope = new Uint8Array(Buffer.from(vectors.envelopes[stored.envelope], 'hex'));
    await keys.createIfAbsent({
      deviceKey: stored.deviceKey ? deviceKey : null,
      envelope,
      retired: [],
    });
    const vault = vaultOver(keys);
    expect(await codeOf(vault.prepare())).toBe(code);
    expect(await codeOf(vault.seal(LABEL, CLEAR))).toBe(code);
    expect(Buffer.from((await keys.read())!.envelope)).toEqual(Buffer.from(envelope));
  });

  it('says corrupt when another device key lies under the id of the one that wrapped', async () => {
    const keys = freshKeyStore();
    await vaultOver(keys).prepare();
    const mine = (await keys.read())!;
    const other = freshKeyStore();
    await vaultOver(other).prepare();
    const swapped = { ...(await other.read())!.deviceKey!, id: mine.deviceKey!.id };
    await keys.clear();
    await keys.createIfAbsent({ ...mine, deviceKey: swapped });
    expect(await codeOf(vaultOver(keys).prepare())).toBe('corrupt');
  });

  it('finds every change of a byte of the envelope, and throws nothing but its own error', async () => {
    const keys = freshKeyStore();
    const sealed = await vaultOver(keys).seal(LABEL, CLEAR);
    const { deviceKey, envelope } = (await keys.read())!;
    for (let at = 0; at <= envelope.length; at++) {
      const damaged = at === envelope.length ? envelope.slice(0, -1) : envelope.slice();
      if (at < envelope.length) damaged[at]! ^= 0x41;
      const stored: KeyStore = {
        read: () => Promise.resolve({ deviceKey, envelope: damaged, retired: [] }),
        createIfAbsent: () => Promise.reject(new Error('not to be called')),
        replace: () => Promise.reject(new Error('not to be called')),
        clear: () => Promise.reject(new Error('not to be called')),
      };
      expect(['corrupt', 'unsupported-version', 'no-key', 'locked']).toContain(
        await codeOf(vaultOver(stored).open(LABEL, sealed)),
      );
    }
  });

  it('keeps wraps of a kind that it does not know, and says so', async () => {
    const keys = freshKeyStore();
    await vaultOver(keys).prepare();
    const { deviceKey, envelope } = (await keys.read())!;
    const unknown = Buffer.concat([Buffer.of(9, 3), Buffer.alloc(24), Buffer.of(0, 2, 1, 2)]);
    const two = new Uint8Array(Buffer.concat([envelope, unknown]));
    two[28] = 2;
    await keys.clear();
    await keys.createIfAbsent({ deviceKey, envelope: two, retired: [] });
    const vault = vaultOver(keys);
    await expect(vault.open(LABEL, await vault.seal(LABEL, CLEAR))).resolves.toEqual(CLEAR);
    expect((await vault.inventory())!.wraps.map(({ type }) => type)).toEqual(['device', 'unknown']);
  });

  it('leaves a device wrap of a newer version alone', async () => {
    const keys = freshKeyStore();
    await vaultOver(keys).prepare();
    const { deviceKey, envelope } = (await keys.read())!;
    const newer = envelope.slice();
    newer[30] = 2;
    await keys.clear();
    await keys.createIfAbsent({ deviceKey, envelope: newer, retired: [] });
    expect(await codeOf(vaultOver(keys).prepare())).toBe('unsupported-version');
  });
});

describe('when the browser fails', () => {
  it.each(['read', 'createIfAbsent'] as const)(
    'says storage when it can not %s, and goes on once it can',
    async (at) => {
      const keys = failing(freshKeyStore(), at);
      const vault = vaultOver(keys);
      expect(await codeOf(vault.seal(LABEL, CLEAR))).toBe('storage');
      expect(await codeOf(vault.prepare())).toBe('storage');
      keys.heal();
      await expect(vault.open(LABEL, await vault.seal(LABEL, CLEAR))).resolves.toEqual(CLEAR);
    },
  );

  it('leaves no half of a key behind when it dies before the key is stored', async () => {
    const keys = freshKeyStore();
    const dying = vaultOver({ ...keys, createIfAbsent: () => new Promise<never>(() => {}) });
    void dying.prepare();
    await expect(keys.read()).resolves.toBeNull();
    const next = vaultOver(keys);
    await expect(next.open(LABEL, await next.seal(LABEL, CLEAR))).resolves.toEqual(CLEAR);
  });

  it('says storage when it can not make keys', async () => {
    const keys = freshKeyStore();
    const subtle = {
      generateKey: () => Promise.reject(new Error('no')),
    } as unknown as SubtleCrypto;
    const vault = vaultOver(keys, strongRandom, { crypto: { subtle } });
    expect(await codeOf(vault.prepare())).toBe('storage');
  });
});

describe('destroying the keys', () => {
  it('makes everything unreadable for good, here and in the next worker', async () => {
    const keys = freshKeyStore();
    const vault = vaultOver(keys);
    const sealed = await vault.seal(LABEL, CLEAR);
    await vault.destroy();
    expect(await codeOf(vault.open(LABEL, sealed))).toBe('no-key');
    await expect(keys.read()).resolves.toBeNull();
    await expect(vault.inventory()).resolves.toBeNull();
    expect(await codeOf(vaultOver(keys).open(LABEL, sealed))).toBe('no-key');
  });

  it('gives what is sealed afterwards a new key, which opens nothing from before', async () => {
    const keys = freshKeyStore();
    const vault = vaultOver(keys);
    const before = await vault.seal(LABEL, CLEAR);
    await vault.destroy();
    const after = await vault.seal(LABEL, CLEAR);
    expect(await codeOf(vault.open(LABEL, before))).toBe('wrong-key');
    await expect(vaultOver(keys).open(LABEL, after)).resolves.toEqual(CLEAR);
  });

  it('also wipes a key that is being made at that moment', async () => {
    const keys = freshKeyStore();
    const vault = vaultOver(keys);
    await Promise.allSettled([vault.prepare(), vault.seal(LABEL, CLEAR), vault.destroy()]);
    await expect(keys.read()).resolves.toBeNull();
  });

  it('lets nothing that comes at the same time hold on to a wiped key', async () => {
    const keys = freshKeyStore();
    const vault = vaultOver(keys);
    const before = await vault.seal(LABEL, CLEAR);
    const next = vaultOver(keys);
    const [, , , after] = await Promise.allSettled([
      next.open(LABEL, before),
      next.destroy(),
      next.open(LABEL, before),
      next.seal(LABEL, CLEAR),
      next.prepare(),
    ]);
    expect(await codeOf(next.open(LABEL, before))).toBe('wrong-key');
    const sealed = after.status === 'fulfilled' ? after.value : new Uint8Array();
    await expect(vaultOver(keys).open(LABEL, sealed)).resolves.toEqual(CLEAR);
  });

  it('says so when it could not be done, and can be tried again', async () => {
    const keys = failing(freshKeyStore(), 'clear');
    const vault = vaultOver(keys);
    const sealed = await vault.seal(LABEL, CLEAR);
    expect(await codeOf(vault.destroy())).toBe('storage');
    await expect(vault.open(LABEL, sealed)).resolves.toEqual(CLEAR);
    keys.heal();
    await vault.destroy();
    expect(await codeOf(vault.open(LABEL, sealed))).toBe('no-key');
    await expect(keys.read()).resolves.toBeNull();
  });
});

describe('the key store', () => {
  interface RawKeys extends DBSchema {
    keys: { key: string; value: unknown };
  }

  async function storeHolding(row: unknown): Promise<KeyStore> {
    const databaseName = randomUUID();
    const raw = await openDB<RawKeys>(databaseName, 1, {
      upgrade: (database) => void database.createObjectStore('keys'),
    });
    await raw.put('keys', row, 'current');
    raw.close();
    return createKeyStore({ databaseName });
  }

  it('keeps the first of two candidates', async () => {
    const source = freshKeyStore();
    await vaultOver(source).prepare();
    const first = (await source.read())!;
    const keys = freshKeyStore();
    await keys.createIfAbsent(first);
    const second = { ...first, envelope: new Uint8Array([1, 2, 3]) };
    await expect(keys.createIfAbsent(second)).resolves.toMatchObject({ envelope: first.envelope });
  });

  it.each([
    ['nonsense', 'nonsense', 'corrupt'],
    ['another shape', { format: 1, deviceKey: 1, envelope: 'x' }, 'corrupt'],
    ['a newer format', { format: 2, keys: [] }, 'unsupported-version'],
  ])('finds %s, says what it is and leaves it there', async (_, row, code) => {
    const keys = await storeHolding(row);
    expect(await codeOf(vaultOver(keys).prepare())).toBe(code);
    expect(await codeOf(vaultOver(keys).seal(LABEL, CLEAR))).toBe(code);
    expect(await codeOf(vaultOver(keys).inventory())).toBe(code);
  });

  it('asks for writes that wait for the disk', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const vault = freshVault();
    await vault.prepare();
    await vault.destroy();
    const writes = transaction.mock.calls.filter(([, mode]) => mode === 'readwrite');
    transaction.mockRestore();
    expect(writes).toHaveLength(2);
    for (const [, , options] of writes) expect(options).toEqual({ durability: 'strict' });
  });

  it('goes on after the browser closed its database', async () => {
    const open = vi.spyOn(indexedDB, 'open');
    const keys = freshKeyStore();
    const sealed = await vaultOver(keys).seal(LABEL, CLEAR);
    const request = open.mock.results[0]!.value as IDBOpenDBRequest;
    open.mockRestore();
    closeAsBrowser(wrap(request.result) as IDBPDatabase<RawKeys>);
    await expect(vaultOver(keys).open(LABEL, sealed)).resolves.toEqual(CLEAR);
  });

  it('stores nothing when a key can not be stored', async () => {
    const keys = freshKeyStore();
    const uncloneable = {
      deviceKey: null,
      envelope: new Uint8Array([1]),
      retired: [],
      trap: () => 0,
    };
    expect(await codeOf(keys.createIfAbsent(uncloneable))).toBe('storage');
    await expect(keys.read()).resolves.toBeNull();
  });
});
