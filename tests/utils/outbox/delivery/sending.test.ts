import { describe, expect, it } from 'vitest';
import { openDB } from 'idb';
import {
  createMailWorld,
  liveByAlarms,
  liveOn,
  OTHER_ACCOUNT_ID,
  viewOf,
  writeDraft,
  type MailWorld,
} from '../../../harness/mail-world.ts';

const HOUR = 60 * 60 * 1000;
const BYTES = { method: 'PUT', contentRange: /^bytes \d/ };
const QUESTION = { method: 'PUT', contentRange: /^bytes \*/ };
const OPENING = { method: 'POST', host: 'gmail.googleapis.com' };

async function stateOf(world: MailWorld, id: string) {
  return (await viewOf(world, id)).state;
}

/** Presses Send and waits until nothing more happens without an alarm. */
async function send(world: MailWorld, id: string): Promise<void> {
  const worker = world.worker();
  await worker.send(id);
  await worker.run();
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

describe('a mail that is sent', () => {
  it('takes two requests, leaves a receipt and no alarm', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    await send(world, id);
    expect(world.router.log.requests().map(({ method }) => method)).toEqual(['POST', 'PUT']);
    await expect(viewOf(world, id)).resolves.toMatchObject({
      state: { kind: 'sent', sentAt: world.clock.now() },
      subject: '',
      recipients: '',
      unreadable: null,
    });
    expect([...world.alarms]).toEqual([]);
    expect(world.reports).toEqual([]);
    expect(world.accounts.used).toBe(1);
    expect(world.events).toMatchObject([{ kind: 'mail-sent', code: null, durationMs: 0 }]);
  });

  it('keeps ids and times of it, and wipes content and session', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    await send(world, id);
    const [delivery] = world.google.deliveries;
    await expect(world.store.find(id)).resolves.toMatchObject({
      content: null,
      record: {
        earlier: null,
        state: { kind: 'sent', messageId: delivery?.id, threadId: delivery?.threadId },
      },
    });
  });

  it('leaves its receipt for as many days as the person chose', async () => {
    const world = createMailWorld();
    world.choices = { ...world.choices, receiptRetentionDays: 2 };
    const id = await writeDraft(world);
    await send(world, id);
    world.clock.jump(2 * 24 * HOUR);
    await world.worker().run();
    await expect(world.store.ids()).resolves.toEqual([id]);
    world.clock.jump(1);
    await world.worker().run();
    await expect(world.store.ids()).resolves.toEqual([]);
  });

  it('never lies in clear on the disk: no address, no subject, no text, no session', async () => {
    const world = createMailWorld();
    const subject = 'Larchwood-Quotation';
    const id = await writeDraft(world, { subject, text: 'Confidential-Prices' });
    world.router.faults.add({ match: BYTES, fault: { kind: 'cut-before-body' }, times: Infinity });
    world.router.faults.add({
      match: QUESTION,
      fault: { kind: 'refuse', status: 503 },
      times: Infinity,
    });
    await send(world, id);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sending', settling: true });
    const stored = await dumpOf(world);
    expect(stored).toContain(id);
    for (const word of [subject, 'Confidential', 'ann@example', 'ada.lovelace', 'upload_id']) {
      expect(stored).not.toContain(word);
    }
  });

  it('keeps its Message-ID and its Date from the first attempt on', async () => {
    const world = createMailWorld();
    const first = world.clock.now();
    const id = await writeDraft(world);
    world.router.faults.add({ match: BYTES, fault: { kind: 'too-many-requests' } });
    const question = { match: QUESTION, fault: { kind: 'forget-session', status: 404 } } as const;
    world.router.faults.add(question);
    await send(world, id);
    expect((await stateOf(world, id)).kind).toBe('retry');
    const before = await world.store.find(id);
    world.clock.jump(3 * HOUR);
    await liveOn(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
    expect(before?.record.dateAt).toBe(first);
    const accepted = textOf(world.google.deliveries[0]?.accepted);
    expect(accepted).toMatch(/^Date: Mon, 0?5 Jan 2026 09:00:00 \+0000\r$/m);
    expect(accepted).toMatch(/^Message-ID: <[\w-]+@gmail\.example>\r$/m);
  });

  it('reaches those in Bcc', async () => {
    const world = createMailWorld();
    const bcc = [{ name: '', address: 'crm@dropbox.example' }];
    await send(world, await writeDraft(world, { bcc }));
    expect(world.google.deliveries[0]?.envelope.to).toContain('crm@dropbox.example');
    expect(textOf(world.google.deliveries[0]?.delivered)).not.toContain('dropbox');
  });
});

describe('a mail that Google refuses', () => {
  it('becomes a draft again that says why, and can be sent when it was changed', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const message = 'Invalid To header: ann@example.com';
    const body = JSON.stringify({
      error: { code: 400, message, errors: [{ reason: 'invalidArgument' }] },
    });
    world.router.faults.add({ match: BYTES, fault: { kind: 'refuse', status: 400, body } });
    await send(world, id);
    const rejection = { code: 'invalidArgument', detail: message };
    expect(await stateOf(world, id)).toEqual({ kind: 'draft', reason: rejection });
    await expect(world.worker().openDraft(id)).resolves.toMatchObject({ rejection });
    expect(await dumpOf(world)).not.toContain('Invalid To');
    expect(world.events).toMatchObject([{ kind: 'mail-rejected', code: 'invalidArgument' }]);
    await send(world, id);
    expect(world.accepted()).toBe(1);
  });
});

describe('what waits', () => {
  it('for a sign-in asks nobody until the account works again, and then goes by itself', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    world.accounts.instead = { kind: 'needs-sign-in', why: 'invalid_grant' };
    await send(world, id);
    expect(await stateOf(world, id)).toEqual({ kind: 'waiting-for-sign-in', why: 'invalid_grant' });
    expect(world.accounts.health).toEqual({ kind: 'needs-sign-in', why: 'invalid_grant' });
    expect([...world.alarms]).toEqual([]);
    world.accounts.instead = null;
    await liveOn(world);
    expect(world.router.log.requests()).toEqual([]);
    world.accounts.health = { kind: 'works' };
    await liveOn(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
  });

  it.for([
    { kind: 'needs-sign-in', why: 'invalid_grant' },
    { kind: 'refused', code: 'ErrorAccountSuspend', detail: '' },
  ] as const)('behind many others asks no more once all of them met %j', async (instead) => {
    const world = createMailWorld();
    const ids: string[] = [];
    world.online = false;
    for (let count = 0; count < 8; count += 1) {
      ids.push(await writeDraft(world));
      await send(world, ids.at(-1) ?? '');
    }
    world.online = true;
    world.accounts.instead = instead;
    await liveOn(world);
    expect(world.events.filter(({ kind }) => kind === 'mail-waits')).toHaveLength(3);
    const kinds = await Promise.all(ids.map(async (id) => (await stateOf(world, id)).kind));
    expect(new Set(kinds).size).toBe(1);
    expect(kinds[0]).not.toBe('queued');
    expect([...world.alarms]).toEqual([]);
    world.accounts.instead = null;
    world.accounts.health = { kind: 'works' };
    await liveOn(world);
    expect(world.accepted()).toBe(8);
  });

  it('for a right goes when the right is there', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    world.accounts.instead = { kind: 'missing-right', rung: 'send' };
    world.accounts.grantedRungs = [];
    await send(world, id);
    await liveOn(world);
    expect(await stateOf(world, id)).toEqual({ kind: 'waiting-for-right', rung: 'send' });
    world.accounts.instead = null;
    world.accounts.grantedRungs = ['send'];
    await liveOn(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
  });

  it('for a client that Google refuses says so in its words, and can be tried again', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const refused = {
      kind: 'refused',
      code: 'invalid_client',
      detail: 'The client was deleted.',
    } as const;
    world.accounts.instead = refused;
    await send(world, id);
    expect(await stateOf(world, id)).toEqual(refused);
    world.accounts.instead = null;
    const worker = world.worker();
    await expect(worker.retry(id)).resolves.toBe(true);
    await worker.run();
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
    expect(world.accounts.health).toEqual({ kind: 'works' });
  });

  it('for the network is queued, and goes when the browser is online', async () => {
    const world = createMailWorld();
    world.online = false;
    const id = await writeDraft(world);
    await send(world, id);
    await liveByAlarms(world, 3);
    expect(await stateOf(world, id)).toEqual({ kind: 'queued' });
    expect(world.alarms.size).toBe(1);
    world.online = true;
    await liveOn(world);
    expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
  });

  it('for an account that is gone is kept', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    world.online = false;
    await send(world, id);
    world.accounts.linked = false;
    world.online = true;
    await liveOn(world);
    expect(await stateOf(world, id)).toEqual({ kind: 'waiting-for-sign-in', why: 'no_grant' });
    await expect(world.worker().backToDraft(id)).resolves.toBe(true);
  });
});

describe('a limit', () => {
  it('slows the account that met it, for as long as Google asked, and no other', async () => {
    const world = createMailWorld();
    const [one, two] = [await writeDraft(world), await writeDraft(world)];
    const other = await writeDraft(world, {}, OTHER_ACCOUNT_ID);
    const fault = { kind: 'too-many-requests', retryAfterSeconds: 600 } as const;
    world.router.faults.add({ match: OPENING, fault });
    const worker = world.worker();
    await worker.send(one);
    await worker.run();
    await worker.send(two);
    await worker.send(other);
    await worker.run();
    const notBefore = world.clock.now() + 600_000;
    expect(await stateOf(world, one)).toEqual({ kind: 'retry', notBefore, reason: 'rate-limit' });
    expect(await stateOf(world, two)).toEqual({ kind: 'queued' });
    expect(await stateOf(world, other)).toMatchObject({ kind: 'sent' });
    expect([...world.alarms.values()]).toEqual([notBefore]);
    await liveByAlarms(world);
    expect(world.accepted()).toBe(3);
  });
});

describe('a mail that can not be opened', () => {
  it('is kept and shown, and blocks no other', async () => {
    const world = createMailWorld();
    world.online = false;
    const [poisoned, good] = [await writeDraft(world), await writeDraft(world)];
    await send(world, poisoned);
    await send(world, good);
    await world.store.change(poisoned, (record) => ({ record, content: new Uint8Array(90) }));
    world.online = true;
    await liveOn(world, 3);
    expect(await stateOf(world, good)).toMatchObject({ kind: 'sent' });
    await expect(viewOf(world, poisoned)).resolves.toMatchObject({
      state: { kind: 'queued' },
      unreadable: 'corrupt',
    });
    // It is looked at again now and then, not all the time.
    expect(world.alarms.get('outbox')).toBe(world.clock.now() + HOUR);
    await world.worker().dismiss(poisoned);
    expect((await world.worker().list()).map(({ id }) => id)).toEqual([good]);
  });
});

describe('a disk that is full', () => {
  it.for([1, 2, 3, 4])(
    'at the write number %i of an attempt loses and doubles nothing',
    async (nth) => {
      const world = createMailWorld();
      world.online = false;
      const id = await writeDraft(world);
      await send(world, id);
      world.online = true;
      const original = { ...world.store };
      let writes = 0;
      world.store.change = async (changed, step) => {
        writes += 1;
        if (writes === nth) throw new Error('the disk is full');
        return original.change(changed, step);
      };
      await liveOn(world);
      expect(writes).toBeGreaterThan(nth);
      expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
      expect(world.accepted()).toBe(1);
    },
  );
});

describe('a mail of several slices at a server that never says what it holds', () => {
  it('is tried ever more seldom and comes back with the reason, and nothing arrives', async () => {
    const world = createMailWorld();
    world.allowedHosts.add('gmail.googleapis.com');
    const fault = { kind: 'answer-range', range: null } as const;
    world.router.faults.add({ match: { method: 'PUT' }, fault, times: Infinity });
    const id = await writeDraft(world, { text: 'A line about larch.\n'.repeat(150_000) });
    const startedAt = world.clock.now();
    await send(world, id);
    await liveByAlarms(world);
    expect(await stateOf(world, id)).toEqual({
      kind: 'draft',
      reason: { code: 'upload_stuck', detail: '' },
    });
    expect(world.accepted()).toBe(0);
    expect(world.clock.now() - startedAt).toBeGreaterThan(2 * HOUR);
    expect(world.router.log.requests({ method: 'POST' }).length).toBeLessThan(30);
  });
});

describe('mails for which no token can be had for a time', () => {
  it('wait that long with the reason, whatever wakes a worker, and then go', async () => {
    const world = createMailWorld();
    const id = await writeDraft(world);
    const other = await writeDraft(world);
    const reason = 'rate-limit';
    const until = world.clock.now() + 3 * HOUR;
    world.accounts.instead = { kind: 'unavailable', reason, retryAfterMs: 3 * HOUR };
    const worker = world.worker();
    await worker.send(id);
    await worker.send(other);
    await worker.run();
    const states = await Promise.all([id, other].map((mail) => stateOf(world, mail)));
    expect(states).toContainEqual({ kind: 'retry', reason, notBefore: until });
    const asked = world.accounts.asked;
    await world.clock.advance(HOUR);
    await world.worker().run();
    await world.worker().run();
    expect(world.accounts.asked).toBe(asked);
    expect(world.router.log.requests()).toEqual([]);
    world.accounts.instead = null;
    await liveByAlarms(world);
    expect(world.clock.now()).toBeGreaterThanOrEqual(until);
    expect(world.accepted()).toBe(2);
  });
});

describe('two workers that live at once', () => {
  it('send one mail, even where no lock keeps them apart', async () => {
    const world = createMailWorld();
    world.locks = false;
    for (let round = 0; round < 20; round++) {
      const id = await writeDraft(world);
      const workers = [world.worker(), world.worker(), world.worker()];
      await workers[0]?.send(id);
      await Promise.all(workers.map((worker) => worker.run()));
      await liveOn(world);
      expect(await stateOf(world, id)).toMatchObject({ kind: 'sent' });
      expect(world.accepted()).toBe(round + 1);
    }
  });
});

/** Everything that lies in the databases, as text. */
async function dumpOf(world: MailWorld): Promise<string> {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  let text = '';
  for (const name of names) {
    const database = await openDB(name);
    for (const table of database.objectStoreNames) {
      for (const value of await database.getAll(table)) text += readableIn(value);
    }
    database.close();
  }
  expect(world.reports).toEqual([]);
  return text;
}

function readableIn(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value);
  if (Array.isArray(value)) return value.map(readableIn).join(' ');
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).map(readableIn).join(' ');
  }
  return String(value);
}
