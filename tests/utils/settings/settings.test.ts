import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSettings, SettingsError } from '../../../utils/settings/settings.ts';
import { createFakeStorageArea } from '../../harness/fake-storage.ts';

const DEFAULTS = {
  defaultAccountId: null,
  activityRetentionDays: 30,
  callLogOn: true,
  undoSeconds: 10,
  lateToleranceMinutes: 60,
  receiptRetentionDays: 30,
  lockIdleMinutes: 15,
  settingsFollow: false,
  followedAt: 0,
};
const ID = '0b9a6c1e-52d7-4f43-9c0a-7e1f0d3b2a95';

function holding(settings: unknown) {
  const area = createFakeStorageArea({ settings });
  return { area, settings: createSettings({ area }) };
}

function stored(area: ReturnType<typeof createFakeStorageArea>, key: string): unknown {
  const json = area.stored.get(key);
  return json === undefined ? null : JSON.parse(json);
}

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => null,
    (cause: unknown) => cause,
  );
  return error instanceof SettingsError ? error.code : `no SettingsError: ${String(error)}`;
}

describe('settings', () => {
  it('have their defaults on a fresh machine, and reading writes nothing', async () => {
    const area = createFakeStorageArea();
    await expect(createSettings({ area }).get()).resolves.toEqual(DEFAULTS);
    expect(area.stored.size).toBe(0);
  });

  it('change by what is named and nothing else, and last', async () => {
    const area = createFakeStorageArea();
    const settings = createSettings({ area });
    await expect(settings.patch({ defaultAccountId: ID })).resolves.toEqual({
      ...DEFAULTS,
      defaultAccountId: ID,
    });
    await settings.patch({ callLogOn: false });
    await expect(createSettings({ area }).get()).resolves.toEqual({
      ...DEFAULTS,
      defaultAccountId: ID,
      callLogOn: false,
    });
  });

  it('lose no change when two are made at once', async () => {
    const area = createFakeStorageArea();
    const settings = createSettings({ area });
    await Promise.all([
      settings.patch({ defaultAccountId: ID }),
      settings.patch({ activityRetentionDays: 7 }),
      settings.patch({ callLogOn: false }),
    ]);
    await expect(settings.get()).resolves.toEqual({
      ...DEFAULTS,
      defaultAccountId: ID,
      activityRetentionDays: 7,
      callLogOn: false,
    });
  });

  it('store only what was chosen, so that a later default reaches everybody else', async () => {
    const area = createFakeStorageArea();
    await createSettings({ area }).patch({ callLogOn: false });
    expect(stored(area, 'settings')).toEqual({ version: 1, values: { callLogOn: false } });
  });

  it('keep what this version does not know', async () => {
    const { area, settings } = holding({
      version: 1,
      values: { density: 'high', callLogOn: false },
    });
    await expect(settings.get()).resolves.toEqual({ ...DEFAULTS, callLogOn: false });
    await settings.patch({ defaultAccountId: ID });
    expect(stored(area, 'settings')).toEqual({
      version: 1,
      values: { density: 'high', callLogOn: false, defaultAccountId: ID },
    });
    expect(stored(area, 'settings.broken')).toBeNull();
  });

  it.each([
    ['an address as the default account', { defaultAccountId: 'ann@example.com' }],
    ['a name as the default account', { defaultAccountId: 'Ann Doe' }],
    ['a retention of no days', { activityRetentionDays: 0 }],
    ['a retention beyond a year', { activityRetentionDays: 366 }],
    ['half a day', { activityRetentionDays: 1.5 }],
    ['a lock that falls at once', { lockIdleMinutes: 0 }],
    ['a lock that falls after five hours', { lockIdleMinutes: 300 }],
  ])('refuse %s and keep what was there', async (_, changes) => {
    const { area, settings } = holding({ version: 1, values: { callLogOn: false } });
    expect(await codeOf(settings.patch(changes))).toBe('refused');
    expect(stored(area, 'settings')).toEqual({ version: 1, values: { callLogOn: false } });
  });

  it('refuse a setting that there is not', async () => {
    const { settings } = holding(null);
    const changes = { password: 'x' } as Parameters<typeof settings.patch>[0];
    expect(await codeOf(settings.patch(changes))).toBe('refused');
  });

  it('say storage when the area refuses, and go on afterwards', async () => {
    const { area, settings } = holding({ version: 1, values: {} });
    for (const operation of ['get', 'set'] as const) {
      area.failNext(operation);
      expect(await codeOf(settings.patch({ callLogOn: false }))).toBe('storage');
    }
    area.failNext('get');
    expect(await codeOf(settings.get())).toBe('storage');
    await expect(settings.get()).resolves.toEqual(DEFAULTS);
    await expect(settings.patch({ callLogOn: false })).resolves.toMatchObject({ callLogOn: false });
  });
});

describe('settings that can not be read', () => {
  it('fall back one by one: a broken one takes no other with it', async () => {
    const broken = {
      version: 1,
      values: { defaultAccountId: ID, activityRetentionDays: 'many', callLogOn: false },
    };
    const { area, settings } = holding(broken);
    await expect(settings.get()).resolves.toEqual({
      ...DEFAULTS,
      defaultAccountId: ID,
      callLogOn: false,
    });
    expect([...area.stored.keys()]).toEqual(['settings']);
    await settings.patch({ callLogOn: true });
    expect(stored(area, 'settings.broken')).toEqual([broken]);
    expect(stored(area, 'settings')).toEqual({
      version: 1,
      values: { defaultAccountId: ID, callLogOn: true },
    });
  });

  it.each([
    ['a text', 'x'],
    ['a list', [1]],
    ['no version', { values: {} }],
    ['no values', { version: 1 }],
    ['a version that never was', { version: 0, values: {} }],
    ['a newer version', { version: 2, values: { callLogOn: false } }],
  ])('(%s) have their defaults, and are kept when a change replaces them', async (_, old) => {
    const { area, settings } = holding(old);
    await expect(settings.get()).resolves.toEqual(DEFAULTS);
    expect(stored(area, 'settings')).toEqual(old);
    await settings.patch({ defaultAccountId: ID });
    expect(stored(area, 'settings.broken')).toEqual([old]);
    await expect(settings.get()).resolves.toEqual({ ...DEFAULTS, defaultAccountId: ID });
  });

  it('are all kept when it happens again, and each only once', async () => {
    const area = createFakeStorageArea({ settings: 'first' });
    const settings = createSettings({ area });
    area.failNext('set');
    expect(await codeOf(settings.patch({ callLogOn: false }))).toBe('storage');
    await settings.patch({ callLogOn: false });
    await area.set('settings', 'second');
    const set = area.set.bind(area);
    area.set = (key, value) =>
      key === 'settings' ? Promise.reject(new Error('died in between')) : set(key, value);
    expect(await codeOf(settings.patch({ callLogOn: false }))).toBe('storage');
    area.set = set;
    await settings.patch({ callLogOn: false });
    expect(stored(area, 'settings.broken')).toEqual(['first', 'second']);
  });

  it('keep even a list of broken settings that is none itself', async () => {
    const area = createFakeStorageArea({ settings: 'second', 'settings.broken': 'first' });
    await createSettings({ area }).patch({ callLogOn: false });
    expect(stored(area, 'settings.broken')).toEqual(['first', 'second']);
  });

  it('never keep anybody from reading settings, whatever lies there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (value, values) => {
        for (const old of [value, { version: 1, values }]) {
          const settings = await holding(old).settings.get();
          expect(Object.keys(settings).sort()).toEqual(Object.keys(DEFAULTS).sort());
        }
      }),
      { numRuns: 300 },
    );
  });
});
