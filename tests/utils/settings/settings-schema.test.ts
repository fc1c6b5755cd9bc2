import { describe, expect, it } from 'vitest';
import { readSettings, type SettingsPlan } from '../../../utils/settings/settings-schema.ts';

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
