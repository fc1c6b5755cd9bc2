import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createActivity } from '../../../utils/activity/activity.ts';
import { createDispatch, type Handlers } from '../../../utils/dispatch/dispatch.ts';
import { privacyHandlers } from '../../../utils/dispatch/privacy-handlers.ts';
import type { Rooms } from '../../../utils/dispatch/rooms.ts';
import { STORES } from '../../../utils/dispatch/stored-things.ts';
import type { AnswerOf, MessageName, RequestOf } from '../../../utils/messaging/messaging.ts';
import { createMailStore } from '../../../utils/outbox/outbox.ts';
import { createStoredDatabases } from '../../../utils/platform/platform.ts';
import { declaration } from '../../../utils/providers/gmail/gmail.ts';
import type { Result } from '../../../utils/result/result.ts';
import { createSettings } from '../../../utils/settings/settings.ts';
import { createKeyStore, createVault } from '../../../utils/vault/vault.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea } from '../../harness/fake-storage.ts';

const ANN = '3d6f0a4c-8b1e-4f6d-9a70-5c2e1b3d4f60';
const PAGE = { ownPage: true, path: '/options.html' };

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

/** The real stores, settings, log and keys; accounts that answer what a test wants. */
function stage(accounts: Partial<Record<keyof Rooms['accounts'], unknown>> = {}) {
  const clock = createFakeClock();
  const [local, session, sync] = [1, 2, 3].map(() => createFakeStorageArea());
  if (!local || !session || !sync) throw new Error('three areas');
  const settings = createSettings({ area: local });
  const store = createMailStore();
  const vault = createVault({
    keys: createKeyStore(),
    clock,
    random: {
      bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      uuid: () => crypto.randomUUID(),
      fraction: () => 0,
    },
    ...{ local, session, onUnfinishedChange: () => {} },
  });
  const activity = createActivity({
    clock,
    hosts: declaration.hosts,
    log: { report: () => {} },
    choices: () => settings.get(),
  });
  const traces = {
    clear: vi.fn(() => Promise.resolve()),
    withdrawRights: vi.fn(() => Promise.resolve()),
  };
  const rooms = {
    accounts: {
      list: () => Promise.resolve([]),
      unreadable: () => Promise.resolve([]),
      ...accounts,
    },
    ...{ settings, activity, vault, local, session, sync, traces },
    outbox: { inventory: () => store.stock(), wipe: () => store.clear() },
    declarations: [declaration],
    databases: createStoredDatabases(indexedDB),
    hostPermissions: { granted: () => Promise.resolve([]) },
    changed: () => {},
  } as unknown as Rooms;
  const dispatch = createDispatch({
    handlers: privacyHandlers(rooms) as unknown as Handlers,
    log: { report: () => {} },
    isClosing: () => false,
  });
  const ask = async <Name extends MessageName>(
    name: Name,
    request: RequestOf<Name>,
  ): Promise<AnswerOf<Name>> => {
    const answer = (await dispatch({ name, request }, PAGE)) as Result<AnswerOf<Name>, unknown>;
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return answer.value;
  };
  const call = (at: number, host = 'gmail.googleapis.com'): void =>
    activity.recordCall({
      at,
      host,
      purpose: 'send-mail',
      accountId: ANN,
      status: 200,
      requestBytes: 10,
      answerBytes: 20,
      durationMs: 5,
      result: host === 'gmail.googleapis.com' ? 'answered' : 'host-not-allowed',
      requestId: null,
    });
  return { clock, ...{ local, session, sync }, ...{ settings, vault, traces, call, ask } };
}

/** Things that nobody knows, as a newer version would leave them. */
async function leaveForeignStore(): Promise<void> {
  const connection = await openDB('attic', 1, {
    upgrade: (made) => void made.createObjectStore('boxes'),
  });
  await connection.put('boxes', 'x', 'y');
  connection.close();
}

describe('the inventory', () => {
  it('knows every object store that the rooms make', async () => {
    const { vault, ask } = stage();
    await vault.prepare();
    const { inventory } = await ask('privacy.overview', {});
    const found = await createStoredDatabases(indexedDB).count();
    expect(found.map(({ database }) => database)).toContain('outbox');
    expect(found.map(({ database, store }) => `${database}/${store}`).sort()).toEqual(
      Object.keys(STORES).sort(),
    );
    expect(inventory.map(({ what }) => what).join()).not.toContain('no name');
  });

  it('shows a store and a key that nobody has words for', async () => {
    const { local, session, sync, ask } = stage();
    await leaveForeignStore();
    await Promise.all([local, session, sync].map((area) => area.set('odd/1', [1])));
    const { inventory } = await ask('privacy.overview', {});
    const nameless = inventory.filter(({ what }) => what.includes('no name'));
    expect(nameless.map(({ where, count }) => `${where}: ${count}`)).toEqual([
      'storage.local: 1',
      'storage.session (memory only): 1',
      'storage.sync (follows you): 1',
      'IndexedDB “attic”: 1',
    ]);
  });

  it('names what opens the keys, and since when', async () => {
    const { vault, clock, ask } = stage();
    await vault.prepare();
    const { inventory } = await ask('privacy.overview', {});
    expect(inventory.filter(({ protection }) => protection === 'key')).toMatchObject([
      { what: 'Data key, wrapped by the device key', oldestAt: clock.now() },
      { what: 'Device key, which the browser does not hand out', oldestAt: clock.now() },
    ]);
  });
});

describe('the call log', () => {
  it('has a line for every host on the list, and for what was refused', async () => {
    const { call, clock, ask } = stage();
    call(clock.now());
    call(clock.now(), 'tracker.example');
    const { hosts } = await ask('privacy.overview', {});
    expect(hosts.slice(0, -1).map(({ host }) => host)).toEqual(declaration.hosts);
    expect(hosts.find(({ host }) => host === 'gmail.googleapis.com')).toMatchObject({ calls: 1 });
    expect(hosts.at(-1)).toMatchObject({ host: 'unlisted', calls: 1, unanswered: 1 });
  });

  it('is wiped at once of what is older than it is kept from now on', async () => {
    const { call, clock, settings, ask } = stage();
    call(clock.now());
    call(clock.now() - 8 * 24 * 60 * 60 * 1000);
    const every = { host: null, accountId: null, result: null, offset: 0, limit: 10 };
    expect((await ask('privacy.calls', every)).total).toBe(2);
    await ask('privacy.keep-log-for', { days: 7 });
    expect(await settings.get()).toMatchObject({ activityRetentionDays: 7 });
    await ask('privacy.keep-log-for', { days: 365 });
    expect((await ask('privacy.calls', every)).total).toBe(1);
  });

  it.each([0, 366, 1.5])('is not kept for %d days', async (days) => {
    const { ask } = stage();
    await expect(ask('privacy.keep-log-for', { days })).rejects.toThrow('not-understood');
  });
});

describe('erasing everything', () => {
  it('leaves no row, no key and no trace, also of what nobody knows', async () => {
    const { local, session, sync, vault, traces, call, clock, ask } = stage();
    await vault.prepare();
    await leaveForeignStore();
    call(clock.now());
    await Promise.all([local, session, sync].map((area) => area.set('odd/1', [1])));
    expect(await ask('privacy.erase-everything', {})).toMatchObject({ left: [], revoked: [] });
    const rows = await createStoredDatabases(indexedDB).count();
    expect(rows.filter(({ count }) => count > 0)).toEqual([]);
    for (const area of [local, session, sync]) expect(area.stored.size).toBe(0);
    expect(traces.clear).toHaveBeenCalledBefore(traces.withdrawRights);
    expect((await ask('privacy.overview', {})).inventory.every(({ count }) => count === 0)).toBe(
      true,
    );
  });

  it('goes on where a step fails, and says which', async () => {
    const { local, session, traces, ask } = stage();
    await session.set('odd/1', 1);
    local.failAlways('clear');
    traces.withdrawRights.mockRejectedValue(new Error('no'));
    const report = await ask('privacy.erase-everything', {});
    expect(report.left).toEqual([
      'Accounts, OAuth clients and settings',
      'Allowed hosts and other rights',
    ]);
    expect(session.stored.size).toBe(0);
  });

  it('names the page to go to for each account, and counts those that could not be opened', async () => {
    const account = { id: ANN, address: 'ann@example.org', providerId: 'gmail' };
    const { ask } = stage({
      list: () => Promise.resolve([account, { ...account, id: 'b' }]),
      unreadable: () => Promise.resolve([{ id: 'c', code: 'corrupt' }]),
      revoke: (id: string) =>
        id === ANN
          ? Promise.resolve({
              kind: 'local-only',
              consentPage: 'https://example.com/mine',
              why: 'no-such-call',
            })
          : Promise.reject(new Error('broke')),
    });
    const report = await ask('privacy.erase-everything', {});
    expect(report.unreadable).toBe(1);
    expect(report.revoked).toMatchObject([
      { result: { kind: 'local-only' }, consentPage: 'https://example.com/mine' },
      { result: { kind: 'failed' }, consentPage: declaration.authorization.consentPage },
    ]);
  });
});
