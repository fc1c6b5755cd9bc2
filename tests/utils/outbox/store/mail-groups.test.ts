import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Delivery } from '../../../../utils/outbox/delivery/delivery.ts';
import { draftRecord, type MailRecord } from '../../../../utils/outbox/store/mail-record.ts';
import { listNewest } from '../../../../utils/outbox/mail-views.ts';
import { createMailStore, type MailStore } from '../../../../utils/outbox/outbox.ts';

const SEALED = new Uint8Array([1, 2, 3]);
const HOW_MANY = 10_000;

type State = MailRecord['state'];

function record(id: string, state: State, updatedAt: number): MailRecord {
  return { ...draftRecord(id, 'a', 0), state, updatedAt };
}

/** Puts records beside the store, which would wait for the disk with each. */
async function fill(name: string, records: readonly object[]): Promise<void> {
  const database = await openDB(name);
  const { store, done } = database.transaction('mails', 'readwrite');
  await Promise.all(records.map((each) => store.put(each)));
  await done;
  database.close();
}

const QUEUED: State = { kind: 'queued' };
const UNCONFIRMED: State = { kind: 'unconfirmed', attemptedAt: 1 };

describe('ten thousand mails', () => {
  let store: MailStore;
  beforeAll(async () => {
    const name = randomUUID();
    store = createMailStore(name);
    await store.counts();
    const waiting = Array.from({ length: HOW_MANY - 40 }, (_, at) => ({
      ...record(`w${at}`, QUEUED, at),
      place: 'waiting',
    }));
    const asked = Array.from({ length: 40 }, (_, at) => ({
      ...record(`u${at}`, UNCONFIRMED, at),
      place: 'needs-you',
    }));
    await fill(name, [...waiting, ...asked]);
  }, 60_000);

  it('are counted without reading one of them', async () => {
    const reads = [
      vi.spyOn(IDBObjectStore.prototype, 'get'),
      vi.spyOn(IDBObjectStore.prototype, 'getAll'),
      vi.spyOn(IDBIndex.prototype, 'getAll'),
      vi.spyOn(IDBIndex.prototype, 'openCursor'),
    ];
    await expect(store.counts()).resolves.toMatchObject({
      'needs-you': 40,
      waiting: HOW_MANY - 40,
      failed: 0,
    });
    for (const read of reads) expect(read).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('cost the popup no more openings than it shows mails', async () => {
    const opened = vi.fn(() => Promise.resolve(new Uint8Array()));
    const page: MailStore['page'] = async (asked) =>
      (await store.page(asked)).map((each) => ({ ...each, content: SEALED }));
    const deps = {
      store: { ...store, page },
      vault: { open: opened },
      accounts: { get: () => Promise.resolve(null) },
    } as unknown as Delivery;
    // What is no JSON is shown as damaged; here it only counts how often that is tried.
    await listNewest(deps, { 'needs-you': 10, failed: 10, waiting: 5, sending: 5 });
    expect(opened).toHaveBeenCalledTimes(15);
  });
});

describe('the groups of the outbox', () => {
  it('are paged through from the newest, each mail once', async () => {
    const name = randomUUID();
    const store = createMailStore(name);
    await store.counts();
    const waiting = Array.from({ length: 100 }, (_, at) => record(`w${at}`, QUEUED, at));
    await fill(
      name,
      waiting.map((each) => ({ ...each, place: 'waiting' })),
    );
    const idsFrom = async (offset: number): Promise<(string | false)[]> =>
      (await store.page({ group: 'waiting', offset, limit: 30 })).map(
        ({ found }) => found.readable && found.record.id,
      );
    expect((await idsFrom(0))[0]).toBe('w99');
    const both = [...(await idsFrom(20)), ...(await idsFrom(50))];
    expect(new Set(both).size).toBe(60);
    await expect(idsFrom(99)).resolves.toEqual(['w0']);
    await expect(idsFrom(100)).resolves.toEqual([]);
  });

  it('follow each step of a mail', async () => {
    const store = createMailStore(randomUUID());
    await store.add({ record: record('m', QUEUED, 1), content: SEALED });
    await expect(store.counts()).resolves.toMatchObject({ waiting: 1, failed: 0 });
    const returned = { kind: 'draft', returned: true } as const;
    await store.change('m', (before) => ({ record: { ...before, state: returned } }));
    await expect(store.counts()).resolves.toMatchObject({ waiting: 0, failed: 1 });
  });

  it('leave out what is shown with its merge, until it is taken out', async () => {
    const store = createMailStore(randomUUID());
    const ofMerge = { ...record('m', QUEUED, 1), batchId: 'b' };
    await store.add({ record: ofMerge, content: SEALED });
    await expect(store.counts()).resolves.toMatchObject({ waiting: 0 });
    await store.change('m', (before) => ({ record: { ...before, apart: true } }));
    await expect(store.counts()).resolves.toMatchObject({ waiting: 1 });
  });

  it('know what an older version stored, and count what can’t be read as needing the person', async () => {
    const name = randomUUID();
    const older = await openDB(name, 4, {
      upgrade(database) {
        const mails = database.createObjectStore('mails', { keyPath: 'id' });
        for (const table of ['contents', 'holds', 'paces', 'files', 'pieces', 'batches']) {
          database.createObjectStore(table);
        }
        void mails.put(record('old', QUEUED, 1));
        void mails.put({ id: 'broken', recordVersion: 2 });
      },
    });
    older.close();
    const store = createMailStore(name);
    await expect(store.counts()).resolves.toMatchObject({ waiting: 1, 'needs-you': 1 });
    const [broken] = await store.page({ group: 'needs-you', offset: 0, limit: 5 });
    expect(broken?.found).toEqual({ readable: false, id: 'broken', code: 'corrupt' });
  });
});
