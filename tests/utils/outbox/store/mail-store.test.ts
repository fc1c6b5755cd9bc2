import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { draftRecord, type MailRecord } from '../../../../utils/outbox/store/mail-record.ts';
import { createMailStore } from '../../../../utils/outbox/outbox.ts';

const SEALED = new Uint8Array([1, 2, 3]);

function queuedRecord(id: string, dueAt: number, more: Partial<MailRecord> = {}): MailRecord {
  const state = { kind: 'queued' } as const;
  return { ...draftRecord(id, 'a', 0), state, lane: 'a', dueAt, queuedAt: dueAt, ...more };
}

describe('the store of mails', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('asks the browser for a strict commit with every write', async () => {
    const store = createMailStore(randomUUID());
    await store.find('warm-up');
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await store.add({ record: draftRecord('m', 'a', 0), content: SEALED });
    await store.change('m', (record) => ({ record }));
    await store.remove('m', () => true);
    const options = transaction.mock.calls.map(([, mode, more]) => [mode, more?.durability]);
    expect(options).toEqual([
      ['readwrite', 'strict'],
      ['readwrite', 'strict'],
      ['readwrite', 'strict'],
    ]);
  });

  it('lets one of two steps win that are taken at once', async () => {
    const store = createMailStore(randomUUID());
    await store.add({ record: draftRecord('m', 'a', 0), content: SEALED });
    const step = (record: MailRecord) =>
      record.revision === 1 ? { record: { ...record, revision: 2 } } : null;
    const won = await Promise.all([store.change('m', step), store.change('m', step)]);
    expect(won.filter((record) => record !== null)).toHaveLength(1);
  });

  it('wipes the content in the transaction that stores the receipt', async () => {
    const store = createMailStore(randomUUID());
    await store.add({ record: draftRecord('m', 'a', 0), content: SEALED });
    const failing = store.change('m', (record) => {
      // A record that can't be cloned: the whole transaction must leave nothing.
      return { record: { ...record, id: Symbol('no key') as unknown as string }, content: null };
    });
    await expect(failing).rejects.toMatchObject({ code: 'storage' });
    await expect(store.find('m')).resolves.toMatchObject({ content: SEALED });
    await store.change('m', (record) => ({ record, content: null }));
    await expect(store.find('m')).resolves.toMatchObject({ content: null });
  });

  it('leaves what it can not read as it is, and goes on around it', async () => {
    const name = randomUUID();
    const store = createMailStore(name);
    await store.add({ record: queuedRecord('good', 5), content: SEALED });
    const newer = { ...queuedRecord('newer', 1), recordVersion: 99 };
    const database = await openDB(name);
    await database.put('mails', newer);
    await expect(store.nextDue('a', 10, new Set())).resolves.toMatchObject({ id: 'good' });
    await expect(store.find('newer')).resolves.toBeNull();
    await expect(store.change('newer', (record) => ({ record }))).resolves.toBeNull();
    await store.prune(1e15);
    await expect(store.counts()).resolves.toMatchObject({ 'needs-you': 1, waiting: 1 });
    const listed = await store.page({ group: 'needs-you', offset: 0, limit: 9 });
    expect(listed.map(({ found }) => found.readable)).toEqual([false]);
    await expect(database.get('mails', 'newer')).resolves.toEqual(newer);
    database.close();
  });

  const SLOW = { timeout: 60_000 };

  it(
    'opens ten thousand mails that can not be read once, however many are sent',
    SLOW,
    async () => {
      const name = randomUUID();
      const store = createMailStore(name);
      await store.add({ record: queuedRecord('good', 90_000), content: SEALED });
      const database = await openDB(name);
      const adding = database.transaction('mails', 'readwrite');
      for (let at = 0; at < 10_000; at += 1) {
        const one = { ...queuedRecord(`newer-${at}`, at), recordVersion: 99 };
        const damaged = { ...queuedRecord(`broken-${at}`, at), revision: 'x' };
        void adding.store.put(at % 2 === 0 ? one : damaged);
      }
      await adding.done;
      database.close();
      const read = vi.spyOn(IDBObjectStore.prototype, 'get');
      for (let sent = 0; sent < 20; sent += 1) {
        await expect(store.nextDue('a', 1e6, new Set())).resolves.toMatchObject({ id: 'good' });
        await expect(store.wakeAt('a', new Set())).resolves.toBe(90_000);
      }
      expect(read.mock.calls.length).toBeLessThan(10_000 + 100);
    },
  );

  it('chooses what an ended worker left first, and what fails again and again last', async () => {
    const store = createMailStore(randomUUID());
    const sending = { kind: 'sending', startedAt: 0, settling: false } as const;
    await store.add({ record: queuedRecord('troubled', 1, { failures: 4 }), content: null });
    await store.add({ record: queuedRecord('second', 3), content: null });
    await store.add({ record: queuedRecord('first', 2), content: null });
    await store.add({ record: queuedRecord('left', 4, { state: sending }), content: null });
    await store.add({ record: queuedRecord('later', 99), content: null });
    const order: string[] = [];
    const seen = new Set<string>();
    for (let next = await store.nextDue('a', 50, seen); next;) {
      order.push(next.id);
      seen.add(next.id);
      next = await store.nextDue('a', 50, seen);
    }
    expect(order).toEqual(['left', 'first', 'second', 'troubled']);
    await expect(store.wakeAt('a', seen)).resolves.toBe(99);
  });

  it('answers delivery by reading a few of ten thousand mails', async () => {
    const name = randomUUID();
    const store = createMailStore(name);
    const left = { kind: 'sending', startedAt: 0, settling: false } as const;
    await store.add({ record: queuedRecord('left', 20_000, { state: left }), content: null });
    const database = await openDB(name);
    const filling = database.transaction('mails', 'readwrite');
    for (let nth = 0; nth < 10_000; nth++) {
      await filling.store.put(queuedRecord(`m${nth}`, nth, { schedule: null }));
    }
    await filling.done;
    database.close();
    const steps = vi.spyOn(IDBCursor.prototype, 'continue');
    const whole = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const none = new Set<string>();
    // What an ended worker left is found behind everything that was queued before it.
    await expect(store.nextDue('a', 50_000, none)).resolves.toMatchObject({ id: 'left' });
    await expect(store.wakeAt('a', none)).resolves.toBe(0);
    await expect(store.inState('a', ['held', 'waiting-for-right'])).resolves.toEqual([]);
    await expect(store.scheduledBefore('a', 50_000)).resolves.toEqual([]);
    await expect(store.lanes()).resolves.toEqual(['a']);
    expect(steps.mock.calls.length).toBeLessThan(50);
    expect(whole).not.toHaveBeenCalled();
  });

  it('knows the accounts that have something to do, and those that wait', async () => {
    const store = createMailStore(randomUUID());
    await store.add({ record: draftRecord('draft', 'c', 0), content: null });
    await store.add({ record: queuedRecord('m', 1), content: null });
    const waiting = { kind: 'waiting-for-right', rung: 'send' } as const;
    await store.add({
      record: queuedRecord('w', 1, { lane: 'b', accountId: 'b', dueAt: null, state: waiting }),
      content: null,
    });
    await expect(store.lanes()).resolves.toEqual(['a', 'b']);
    await expect(store.inState('b', ['waiting-for-right'])).resolves.toMatchObject([{ id: 'w' }]);
    await expect(store.wakeAt('b', new Set())).resolves.toBeNull();
  });

  it('forgets all that belongs to an account, and nothing else', async () => {
    const store = createMailStore(randomUUID());
    await store.add({ record: queuedRecord('m', 1), content: SEALED });
    await store.add({ record: draftRecord('mine', 'a', 0), content: SEALED });
    await store.add({ record: draftRecord('theirs', 'b', 0), content: SEALED });
    await store.change('m', (record) => ({ record, holdUntil: 77 }));
    await expect(store.heldUntil('a')).resolves.toBe(77);
    await store.removeAccount('a');
    await expect(store.heldUntil('a')).resolves.toBeNull();
    await expect(store.ids()).resolves.toEqual(['theirs']);
    await expect(store.stock()).resolves.toEqual([
      { kind: 'drafts', count: 1, sizeBytes: SEALED.length, oldestAt: 0 },
      { kind: 'mails', count: 0, sizeBytes: 0, oldestAt: null },
      { kind: 'receipts', count: 0, sizeBytes: 0, oldestAt: null },
      { kind: 'files', count: 0, sizeBytes: 0, oldestAt: null },
      { kind: 'merges', count: 0, sizeBytes: 0, oldestAt: null },
    ]);
  });

  it('keeps receipts for as long as it is told', async () => {
    const store = createMailStore(randomUUID());
    for (const sentAt of [10, 20]) {
      const state = { kind: 'sent', sentAt, messageId: null, threadId: null } as const;
      const record = { ...draftRecord(`at ${sentAt}`, 'a', 0), state };
      await store.add({ record, content: null });
    }
    await store.add({ record: draftRecord('draft', 'a', 0), content: null });
    await store.prune(20);
    await expect(store.ids()).resolves.toEqual(['at 20', 'draft']);
  });

  it('says what went wrong in a word', async () => {
    const store = createMailStore(randomUUID());
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    const adding = store.add({ record: draftRecord('m', 'a', 0), content: SEALED });
    await expect(adding).rejects.toMatchObject({ name: 'OutboxError', code: 'storage-full' });
    full.mockRestore();
    await expect(store.find('m')).resolves.toBeNull();
  });
});
