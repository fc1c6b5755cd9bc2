import { describe, expect, it } from 'vitest';
import {
  isSound,
  readSettings,
  settingNames,
  type SettingsPlan,
} from '../../../utils/settings/settings-schema.ts';

const plan: SettingsPlan = {
  version: 3,
  migrations: {
    1: ({ logCalls, ...rest }) => ({ ...rest, callLogOn: logCalls }),
    2: (older) => {
      if (older['poison'] === true) throw new TypeError('a mistake');
      return { ...older, activityRetentionDays: 7 };
    },
  },
};

describe('settings of an older version', () => {
  it('come through every step in order', () => {
    const found = readSettings({ version: 1, values: { logCalls: false, density: 'high' } }, plan);
    expect(found).toEqual({
      settings: {
        ...readSettings(null, plan).settings,
        activityRetentionDays: 7,
        callLogOn: false,
      },
      kept: { density: 'high', callLogOn: false, activityRetentionDays: 7 },
      damaged: false,
    });
  });

  it('are called damaged when a step is missing', () => {
    const gap = { version: 3, migrations: { 2: plan.migrations[2]! } };
    expect(readSettings({ version: 1, values: {} }, gap)).toMatchObject({
      kept: {},
      damaged: true,
    });
  });

  it('are called damaged when a step chokes on them', () => {
    const stored = { version: 2, values: { poison: true } };
    expect(readSettings(stored, plan)).toMatchObject({ kept: {}, damaged: true });
  });
});

/** For each setting, values at its edges, and values beyond them. */
const EDGES: Readonly<Record<string, { sound: readonly unknown[]; unsound: readonly unknown[] }>> =
  {
    defaultAccountId: { sound: [null, 'a', 'a-Z_9'.repeat(12)], unsound: ['', 'a b', 'a@b', 7] },
    activityRetentionDays: { sound: [1, 365], unsound: [0, 366, 1.5, '30', null, NaN] },
    undoSeconds: { sound: [0, 60], unsound: [-1, 61, 0.5, null] },
    lateToleranceMinutes: { sound: [1, 10_080], unsound: [0, 10_081, null] },
    receiptRetentionDays: { sound: [1, 365], unsound: [0, 366, null] },
    callLogOn: { sound: [true, false], unsound: [0, 'true', null] },
    lockIdleMinutes: { sound: [null, 1, 240], unsound: [0, 241, 1.5, '15'] },
    settingsFollow: { sound: [true, false], unsound: [1, null] },
    followedAt: { sound: [0, 1_700_000_000_000.5], unsound: [Infinity, NaN, '0', null] },
  };

describe('a setting', () => {
  it.each(Object.entries(EDGES))(
    '%s has the values that it may have, and no other',
    (name, edges) => {
      for (const value of edges.sound) expect(isSound(name, value), String(value)).toBe(true);
      for (const value of edges.unsound) expect(isSound(name, value), String(value)).toBe(false);
    },
  );

  it('that this version knows has its edges told here, and a default that it may have', () => {
    expect([...settingNames()].sort()).toEqual(Object.keys(EDGES).sort());
    const { settings } = readSettings(null, plan);
    for (const [name, value] of Object.entries(settings)) expect(isSound(name, value)).toBe(true);
  });

  it('that this version does not know is let be, also by a name that every object has', () => {
    expect(isSound('density', 'high')).toBe(true);
    expect(isSound('constructor', 1)).toBe(true);
  });
});

describe('what is stored as settings', () => {
  it.each([
    7,
    'text',
    [],
    {},
    { version: 0, values: {} },
    { version: 3, values: [] },
    { values: {} },
  ])('is called damaged when it has not the form of settings: %j', (stored) => {
    expect(readSettings(stored, plan)).toEqual({ ...readSettings(null, plan), damaged: true });
  });
});
