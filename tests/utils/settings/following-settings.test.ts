import { describe, expect, it } from 'vitest';
import { createFollowingSettings } from '../../../utils/settings/settings.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea } from '../../harness/fake-storage.ts';

const ID = '3d6f0a4c-8b1e-4f6d-9a70-5c2e1b3d4f60';

/** Browsers of one person, with one sync between them. */
function browsers() {
  const sync = createFakeStorageArea();
  const clock = createFakeClock();
  const reports: unknown[] = [];
  const open = () =>
    createFollowingSettings({
      area: createFakeStorageArea(),
      sync,
      clock,
      log: { report: (_where, error) => void reports.push(error) },
    });
  return { sync, clock, reports, open };
}

describe('settings that follow', () => {
  it('go nowhere before the person wants it', async () => {
    const { sync, open } = browsers();
    const one = open();
    await one.patch({ activityRetentionDays: 7 });
    expect(sync.stored.size).toBe(0);
    expect(await one.following()).toEqual({ on: false, there: 'nothing', changedAt: null });
  });

  it('bring a change to another browser, and no id of this one', async () => {
    const { sync, clock, open } = browsers();
    const [one, other] = [open(), open()];
    await one.patch({ defaultAccountId: ID, activityRetentionDays: 7 });
    await one.follow();
    expect([...sync.stored.values()].join()).not.toContain(ID);
    await other.follow();
    expect(await other.get()).toMatchObject({ activityRetentionDays: 7, defaultAccountId: null });
    await clock.advance(1_000);
    await other.patch({ activityRetentionDays: 14 });
    await one.takeOver();
    expect(await one.get()).toMatchObject({ activityRetentionDays: 14, defaultAccountId: ID });
  });

  it('let the later change win, whoever hears of it first', async () => {
    const { clock, open } = browsers();
    const [one, other] = [open(), open()];
    await one.follow();
    await other.follow();
    await one.patch({ activityRetentionDays: 7 });
    await clock.advance(1_000);
    await other.patch({ activityRetentionDays: 14 });
    await other.takeOver();
    await one.takeOver();
    expect((await one.get()).activityRetentionDays).toBe(14);
    expect((await other.get()).activityRetentionDays).toBe(14);
  });

  it.each([
    ['newer', { version: 2, changedAt: 9e15, values: { activityRetentionDays: 1 } }],
    ['damaged', 'x'],
    ['damaged', { version: 1, values: 7 }],
  ])('leave a record alone that is %s', async (there, record) => {
    const { sync, open } = browsers();
    await sync.set('settings', record);
    const before = sync.stored.get('settings');
    const one = open();
    expect(await one.follow()).toMatchObject({ on: true, there });
    await one.patch({ activityRetentionDays: 7 });
    await one.takeOver();
    expect(sync.stored.get('settings')).toBe(before);
    expect((await one.get()).activityRetentionDays).toBe(7);
  });

  it('take no value that a setting may not have', async () => {
    const { sync, open } = browsers();
    const values = { activityRetentionDays: -1, callLogOn: false, defaultAccountId: ID };
    await sync.set('settings', { version: 1, changedAt: 9e15, values });
    const one = open();
    await one.follow();
    expect(await one.get()).toMatchObject({
      activityRetentionDays: 30,
      callLogOn: false,
      defaultAccountId: null,
    });
  });

  it('stay changed here when the browser does not take them, and say so to the log', async () => {
    const { sync, reports, open } = browsers();
    const one = open();
    await one.follow();
    sync.failNext('set', new Error('QUOTA_BYTES_PER_ITEM'));
    expect(await one.patch({ activityRetentionDays: 7 })).toMatchObject({
      activityRetentionDays: 7,
    });
    expect(reports).toHaveLength(1);
  });

  it('keep to the browser’s limit for one item', async () => {
    const { sync, open } = browsers();
    const one = open();
    await one.follow();
    const [item = ''] = sync.stored.values();
    expect(item.length).toBeGreaterThan(20);
    expect(item.length).toBeLessThan(8_192);
  });

  it('leave what lies there to other browsers, or take it away, as the person wants', async () => {
    const { sync, open } = browsers();
    const one = open();
    await one.follow();
    expect(await one.stay({ remove: false })).toMatchObject({ on: false, there: 'readable' });
    expect(await one.stay({ remove: true })).toMatchObject({ on: false, there: 'nothing' });
    await one.patch({ activityRetentionDays: 7 });
    expect(sync.stored.size).toBe(0);
  });
});
