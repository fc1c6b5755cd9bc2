import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSettingsFile, writeSettingsFile } from '../../../utils/settings/settings.ts';
import { createSettings } from '../../../utils/settings/settings.ts';
import { createFakeStorageArea } from '../../harness/fake-storage.ts';

const ID = '3d6f0a4c-8b1e-4f6d-9a70-5c2e1b3d4f60';
const file = (settings: unknown, more: object = {}): string =>
  JSON.stringify({ format: 'postern-settings', version: 1, settings, ...more });

describe('a settings file', () => {
  it('brings back what was written, and no id of this browser', async () => {
    const settings = createSettings({ area: createFakeStorageArea() });
    const values = await settings.patch({ activityRetentionDays: 7, defaultAccountId: ID });
    const text = writeSettingsFile(values);
    expect(text).not.toContain(ID);
    const read = readSettingsFile(text);
    expect(read).toMatchObject({ kind: 'readable', leftOut: [] });
    expect(read).toHaveProperty('values.activityRetentionDays', 7);
    expect(read).not.toHaveProperty('values.settingsFollow');
  });
  it('is taken in part, and what is left out is named with its reason', () => {
    const text = file(
      { activityRetentionDays: 9_999, callLogOn: false, defaultAccountId: ID, shoeSize: 44 },
      { templates: [] },
    );
    expect(readSettingsFile(text)).toEqual({
      kind: 'readable',
      values: { callLogOn: false },
      leftOut: [
        { name: 'activityRetentionDays', why: 'not-allowed' },
        { name: 'defaultAccountId', why: 'stays-here' },
        { name: 'shoeSize', why: 'unknown' },
        { name: 'templates', why: 'unknown' },
      ],
    });
  });
  it.each([
    ['no-json', '{"format": "postern-settings"'],
    ['no-json', '<html>'],
    ['other-format', '[]'],
    ['other-format', '{"format":"other","version":1,"settings":{}}'],
    ['other-format', file([])],
    ['newer', file({}, { version: 2 })],
    ['too-large', ' '.repeat(100_001)],
  ])('is refused as %s when it is no such file', (why, text) => {
    expect(readSettingsFile(text)).toEqual({ kind: 'unreadable', why });
  });
  it('never throws, and takes nothing that a setting may not have', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (settings) => {
        const read = readSettingsFile(file(settings));
        if (read.kind === 'readable') expect(Object.keys(read.values)).not.toContain('__proto__');
      }),
    );
    const hostile =
      '{"format":"postern-settings","version":1,"settings":{"__proto__":{"callLogOn":false},"constructor":1}}';
    expect(readSettingsFile(hostile)).toMatchObject({ kind: 'readable', values: {} });
    expect(({} as { callLogOn?: boolean }).callLogOn).toBeUndefined();
  });
});
