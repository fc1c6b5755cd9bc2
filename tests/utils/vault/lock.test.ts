import { describe, expect, it } from 'vitest';
import { secret } from '../../../utils/platform/platform.ts';
import { decodeEnvelope, encodeEnvelope } from '../../../utils/vault/envelope.ts';
import { OPEN_KEY_ENTRY, TRIES_ENTRY, type KeyStore } from '../../../utils/vault/vault.ts';
import { waitAfterMs } from '../../../utils/vault/unlock-tries.ts';
import {
  createLockWorld,
  fill,
  NEW,
  OLD,
  readAll,
  WHOLE,
  workerOf,
  type LockWorld,
} from './lock-world.ts';
import { bytesOf, codeOf } from './test-vault.ts';

const LABEL = { kind: 'draft', id: 'd1', version: 1 };
const CLEAR = bytesOf('Dear Ann');
const PASSKEY = {
  credentialId: bytesOf('credential'),
  prfInput: new Uint8Array(32).fill(1),
  prfOutput: new Uint8Array(32).fill(2),
};

/** A world in which everything is stored and the lock was switched on. */
async function lockedWorld(): Promise<LockWorld> {
  const world = createLockWorld();
  await fill(workerOf(world));
  const worker = workerOf(world);
  await worker.vault.lock.turnOn(OLD);
  await worker.vault.finishChange(worker.holders);
  return world;
}

/** As after the browser was started again: what lay in memory is gone. */
async function restarted(world: LockWorld): Promise<LockWorld> {
  await world.session.clear();
  return world;
}

async function rowOf(keys: KeyStore): Promise<NonNullable<Awaited<ReturnType<KeyStore['read']>>>> {
  const row = await keys.read();
  if (!row) throw new Error('no keys');
  return row;
}

describe('a lock', () => {
  it('is off until somebody switches it on', async () => {
    const world = createLockWorld();
    const { vault } = workerOf(world);
    expect(await vault.lock.state()).toBe('off');
    await vault.prepare();
    expect(await vault.lock.state()).toBe('off');
    expect(world.session.stored.size).toBe(0);
    expect(await vault.isOpen()).toBe(true);
  });

  it('seals everything by a new key and forgets the device key and the key of before', async () => {
    const world = createLockWorld();
    await fill(workerOf(world));
    const before = await rowOf(world.keys);
    const worker = workerOf(world);
    await worker.vault.lock.turnOn(OLD);
    expect(await worker.vault.finishChange(worker.holders)).toBe(true);
    const after = await rowOf(world.keys);
    expect(after.deviceKey).toBeNull();
    expect(after.retired).toEqual([]);
    const envelope = decodeEnvelope(after.envelope);
    expect(envelope.wraps.map(({ type }) => type)).toEqual([2]);
    const oldId = Buffer.from(decodeEnvelope(before.envelope).keyId);
    expect(Buffer.from(envelope.keyId)).not.toEqual(oldId);
    const records = [...world.local.stored.values(), ...world.session.stored.values()];
    for (const stored of records.filter((text) => text.includes('.'))) {
      expect(Buffer.from(stored.split('.')[1] ?? '', 'base64').includes(oldId)).toBe(false);
    }
    expect(await readAll(workerOf(world))).toEqual(WHOLE);
  });

  it('can be switched on before anything was ever sealed', async () => {
    const world = createLockWorld();
    const { vault } = workerOf(world);
    await vault.lock.turnOn(OLD);
    expect(await vault.lock.state()).toBe('open');
    await expect(vault.open(LABEL, await vault.seal(LABEL, CLEAR))).resolves.toEqual(CLEAR);
    await restarted(world);
    expect(await workerOf(world).vault.lock.state()).toBe('locked');
  });

  it('is refused when it is on already', async () => {
    const { vault } = workerOf(await lockedWorld());
    expect(await codeOf(vault.lock.turnOn(NEW))).toBe('refused');
  });

  it('stays open for the next worker, and is locked when the browser starts again', async () => {
    const world = await lockedWorld();
    expect(await workerOf(world).vault.lock.state()).toBe('open');
    expect(await readAll(workerOf(world))).toEqual(WHOLE);
    await restarted(world);
    const worker = workerOf(world);
    expect(await worker.vault.lock.state()).toBe('locked');
    expect(await worker.vault.isOpen()).toBe(false);
    expect(await codeOf(worker.accounts.get('a1'))).toBe('locked');
    expect(await codeOf(worker.vault.seal(LABEL, CLEAR))).toBe('locked');
  });

  it('opens with the passphrase, typed on whatever keyboard', async () => {
    const world = createLockWorld();
    await workerOf(world).vault.lock.turnOn(secret('caf\u00e9 \u212bngstr\u00f6m'));
    await restarted(world);
    const { vault } = workerOf(world);
    await expect(vault.lock.unlock(secret('cafe\u0301 A\u030angstro\u0308m'))).resolves.toEqual({
      kind: 'done',
    });
    expect(await vault.lock.state()).toBe('open');
  });

  it('goes back to a device key with the passphrase, and loses nothing', async () => {
    const world = await lockedWorld();
    const worker = workerOf(world);
    expect(await worker.vault.lock.turnOff(NEW)).toMatchObject({ kind: 'wrong' });
    expect(await worker.vault.lock.turnOff(OLD)).toEqual({ kind: 'done' });
    expect(world.session.stored.has(OPEN_KEY_ENTRY)).toBe(false);
    await restarted(world);
    const next = workerOf(world);
    expect(await next.vault.lock.state()).toBe('off');
    expect(await readAll(next)).toEqual({ ...WHOLE, token: null });
    expect((await next.vault.inventory())!.wraps.map(({ type }) => type)).toEqual(['device']);
  });

  it('changes the passphrase: the old one opens nothing afterwards', async () => {
    const world = await lockedWorld();
    expect(await workerOf(world).vault.lock.changePassphrase(OLD, NEW)).toEqual({ kind: 'done' });
    await restarted(world);
    const { vault } = workerOf(world);
    expect(await vault.lock.unlock(OLD)).toMatchObject({ kind: 'wrong' });
    expect(await vault.lock.unlock(NEW)).toEqual({ kind: 'done' });
  });
});

describe('a lock that falls', () => {
  it('takes the key out of memory at once, and lets this worker end what it has begun', async () => {
    const world = await lockedWorld();
    const { vault } = workerOf(world);
    const sealed = await vault.seal(LABEL, CLEAR);
    expect(await vault.lock.beginClosing()).toBe(true);
    expect(world.session.stored.has(OPEN_KEY_ENTRY)).toBe(false);
    expect(await vault.lock.state()).toBe('closing');
    expect(await vault.isOpen()).toBe(false);
    await expect(vault.open(LABEL, sealed)).resolves.toEqual(CLEAR);
    expect(await workerOf(world).vault.lock.state()).toBe('locked');
    vault.lock.close();
    expect(await codeOf(vault.open(LABEL, sealed))).toBe('locked');
  });

  it('stays open when it is unlocked before it has fallen', async () => {
    const { vault } = workerOf(await lockedWorld());
    await vault.lock.beginClosing();
    await vault.lock.unlock(OLD);
    vault.lock.close();
    expect(await vault.lock.state()).toBe('open');
    expect(await vault.isOpen()).toBe(true);
  });

  it('does not fall where it is off or locked', async () => {
    expect(await workerOf(createLockWorld()).vault.lock.beginClosing()).toBe(false);
    const { vault } = workerOf(await restarted(await lockedWorld()));
    expect(await vault.lock.beginClosing()).toBe(false);
    expect(vault.lock.isClosing()).toBe(false);
  });
});

describe('what is on its way while the key changes', () => {
  it('still opens when it was sealed before and is stored after', async () => {
    const world = createLockWorld();
    const worker = workerOf(world);
    await fill(worker);
    const late = await worker.vault.seal(LABEL, CLEAR);
    await worker.vault.lock.turnOn(OLD);
    // This worker has sealed by the key of before, so that is kept until another one has looked.
    expect(await worker.vault.finishChange(worker.holders)).toBe(false);
    await expect(worker.vault.open(LABEL, late)).resolves.toEqual(CLEAR);
    const next = workerOf(world);
    await expect(next.vault.open(LABEL, late)).resolves.toEqual(CLEAR);
    expect(next.unfinished()).toBe(1);
    expect(await next.vault.finishChange(next.holders)).toBe(true);
  });

  it('is not overwritten by what was read before: a record in a storage area', async () => {
    const world = createLockWorld();
    await fill(workerOf(world));
    const worker = workerOf(world);
    await worker.vault.lock.turnOn(OLD);
    await worker.accounts.sealAnew(async (label, sealed) => {
      if (label.id === 'a1') await worker.accounts.put('a1', 'newer@example.com');
      return worker.vault.seal(label, await worker.vault.open(label, sealed));
    });
    expect(await worker.accounts.get('a1')).toBe('newer@example.com');
    expect(await worker.accounts.get('a2')).toBe('grace@example.com');
  });

  it('is not overwritten by what was read before: a mail', async () => {
    const world = createLockWorld();
    await fill(workerOf(world));
    const worker = workerOf(world);
    await worker.vault.lock.turnOn(OLD);
    const newer = await worker.vault.seal(LABEL, CLEAR);
    const [, , outbox] = worker.holders;
    await outbox!.sealAnew(async (label, sealed) => {
      await world.mails.change('mail-1', (record) => ({ record, content: newer }));
      return worker.vault.seal(label, await worker.vault.open(label, sealed));
    });
    expect((await world.mails.find('mail-1'))!.content).toEqual(newer);
  });

  it('keeps the key of before for a record that does not open, and takes no other with it', async () => {
    const world = createLockWorld();
    await fill(workerOf(world));
    const damaged = JSON.parse(world.local.stored.get('account/a1')!) as string;
    await world.local.set('account/a1', `${damaged.slice(0, -8)}AAAAAAA=`);
    const worker = workerOf(world);
    await worker.vault.lock.turnOn(OLD);
    expect(await worker.vault.finishChange(worker.holders)).toBe(false);
    expect((await worker.vault.inventory())!.retired).toBe(1);
    expect(await codeOf(worker.accounts.get('a1'))).toBe('corrupt');
    expect(await worker.accounts.get('a2')).toBe('grace@example.com');
  });
});

describe('a wrong passphrase', () => {
  it('waits longer each time, and never more than five minutes', () => {
    const waits = [1, 2, 3, 4, 5, 6, 12, 1_000].map(waitAfterMs);
    expect(waits).toEqual([0, 0, 2_000, 4_000, 8_000, 16_000, 300_000, 300_000]);
  });

  it('makes the next one wait, also in the next worker, and wipes nothing', async () => {
    const world = await restarted(await lockedWorld());
    for (let tries = 0; tries < 2; tries++) {
      expect(await workerOf(world).vault.lock.unlock(NEW)).toEqual({
        kind: 'wrong',
        notBefore: null,
      });
    }
    const until = world.clock.now() + 2_000;
    expect(await workerOf(world).vault.lock.unlock(NEW)).toEqual({
      kind: 'wrong',
      notBefore: until,
    });
    expect(await workerOf(world).vault.lock.unlock(OLD)).toEqual({
      kind: 'too-soon',
      notBefore: until,
    });
    await world.clock.advance(2_000);
    const worker = workerOf(world);
    expect(await worker.vault.lock.unlock(OLD)).toEqual({ kind: 'done' });
    expect(await readAll(worker)).toEqual({ ...WHOLE, token: null });
    expect(world.local.stored.has(TRIES_ENTRY)).toBe(false);
  });

  it('counts when the worker is ended in the middle of the try', async () => {
    const world = await restarted(await lockedWorld());
    for (let tries = 0; tries < 3; tries++) {
      const written = Promise.withResolvers<undefined>();
      const worker = workerOf(world, async (name, call) => {
        const answer = await call();
        if (name !== 'local.set') return answer;
        written.resolve(undefined);
        return new Promise<never>(() => undefined);
      });
      void worker.vault.lock.unlock(NEW);
      await written.promise;
    }
    expect(await workerOf(world).vault.lock.unlock(OLD)).toMatchObject({ kind: 'too-soon' });
  });

  it('does not wait longer because the clock was set back', async () => {
    const world = await restarted(await lockedWorld());
    for (let tries = 0; tries < 3; tries++) await workerOf(world).vault.lock.unlock(NEW);
    world.clock.jump(-24 * 60 * 60 * 1000);
    expect(await workerOf(world).vault.lock.notBefore()).toBe(world.clock.now() + 2_000);
  });

  it('keeps nobody out when the disk is full', async () => {
    const world = await restarted(await lockedWorld());
    world.local.failAlways('set');
    expect(await workerOf(world).vault.lock.unlock(OLD)).toEqual({ kind: 'done' });
  });
});

describe('a passkey', () => {
  it('opens the vault beside the passphrase', async () => {
    const world = await lockedWorld();
    const { vault } = workerOf(world);
    expect(await vault.lock.passkey()).toBeNull();
    expect(await vault.lock.addPasskey(NEW, PASSKEY)).toMatchObject({ kind: 'wrong' });
    expect(await vault.lock.addPasskey(OLD, PASSKEY)).toEqual({ kind: 'done' });
    await restarted(world);
    const next = workerOf(world);
    const { credentialId, prfInput, prfOutput } = PASSKEY;
    expect(await next.vault.lock.passkey()).toEqual({ credentialId, prfInput });
    const other = { prfOutput: new Uint8Array(32).fill(3) };
    expect(await next.vault.lock.unlockByPasskey(other)).toEqual({
      kind: 'wrong',
      notBefore: null,
    });
    expect(await next.vault.lock.unlockByPasskey({ prfOutput })).toEqual({ kind: 'done' });
    expect(await readAll(next)).toEqual({ ...WHOLE, token: null });
    await restarted(world);
    expect(await workerOf(world).vault.lock.unlock(OLD)).toEqual({ kind: 'done' });
  });

  it('stays when the passphrase changes, and goes when it is removed or the lock is switched off', async () => {
    const world = await lockedWorld();
    const { vault } = workerOf(world);
    await vault.lock.addPasskey(OLD, PASSKEY);
    await vault.lock.changePassphrase(OLD, NEW);
    expect(await vault.lock.unlockByPasskey(PASSKEY)).toEqual({ kind: 'done' });
    await vault.lock.removePasskey();
    expect(await codeOf(vault.lock.unlockByPasskey(PASSKEY))).toBe('no-key');
    await vault.lock.addPasskey(NEW, PASSKEY);
    await vault.lock.turnOff(NEW);
    expect(await vault.lock.passkey()).toBeNull();
  });

  it.each([
    ['a short answer', { prfOutput: new Uint8Array(31) }],
    ['a short question', { prfInput: new Uint8Array(31) }],
    ['no credential', { credentialId: new Uint8Array() }],
    ['a credential that is too long', { credentialId: new Uint8Array(1024) }],
  ])('is refused with %s', async (_, part) => {
    const { vault } = workerOf(await lockedWorld());
    expect(await codeOf(vault.lock.addPasskey(OLD, { ...PASSKEY, ...part }))).toBe('refused');
    expect(await vault.lock.passkey()).toBeNull();
  });
});

describe('a stored passphrase wrap', () => {
  /** Writes other rounds into the wrap, as somebody would who has the disk. */
  async function withRounds(rounds: number): Promise<LockWorld> {
    const world = await restarted(await lockedWorld());
    const row = await rowOf(world.keys);
    const envelope = decodeEnvelope(row.envelope);
    const wraps = envelope.wraps.map((wrap) => {
      const body = wrap.body.slice();
      new DataView(body.buffer).setUint32(1, rounds);
      return { ...wrap, body };
    });
    const next = { ...row, envelope: encodeEnvelope({ ...envelope, wraps }) };
    await world.keys.replace(row, next);
    return world;
  }

  it('asks for 600,000 rounds or more', async () => {
    const world = await lockedWorld();
    const [wrap] = decodeEnvelope((await rowOf(world.keys)).envelope).wraps;
    expect(new DataView(wrap!.body.slice().buffer).getUint32(1)).toBeGreaterThanOrEqual(600_000);
  });

  it.each([
    [0, 'weak-kdf'],
    [1, 'weak-kdf'],
    [599_999, 'weak-kdf'],
    [50_000_001, 'corrupt'],
    [2 ** 32 - 1, 'corrupt'],
  ])('is refused with %i rounds: %s', async (rounds, code) => {
    const { vault } = workerOf(await withRounds(rounds));
    expect(await codeOf(vault.lock.unlock(OLD))).toBe(code);
  });

  it('with more rounds than it was made with opens nothing', async () => {
    const { vault } = workerOf(await withRounds(700_000));
    expect(await vault.lock.unlock(OLD)).toMatchObject({ kind: 'wrong' });
  });
});

describe('keys that were damaged by hand while the lock is on', () => {
  it.each([
    ['cut', (envelope: Uint8Array<ArrayBuffer>) => envelope.slice(0, -9), 'corrupt'],
    ['of a newer version', changedAt(3), 'unsupported-version'],
    ['changed in the sealed key', changedAt(-1), null],
  ])('say so when they are %s, and nothing is deleted', async (_, damage, code) => {
    const world = await restarted(await lockedWorld());
    const row = await rowOf(world.keys);
    await world.keys.replace(row, { ...row, envelope: damage(row.envelope) });
    const before = world.local.stored.get('account/a1');
    const tried = workerOf(world).vault.lock.unlock(OLD);
    if (code === null) expect(await tried).toMatchObject({ kind: 'wrong' });
    else expect(await codeOf(tried)).toBe(code);
    expect(world.local.stored.get('account/a1')).toBe(before);
    expect(await world.keys.read()).not.toBeNull();
  });

  it('can be erased without the passphrase, and what comes after is sealed by new ones', async () => {
    const world = await restarted(await lockedWorld());
    const { vault } = workerOf(world);
    await vault.destroy();
    expect(await vault.lock.state()).toBe('off');
    await expect(vault.open(LABEL, await vault.seal(LABEL, CLEAR))).resolves.toEqual(CLEAR);
  });
});

/** Raises one byte; a negative place counts from the end. */
function changedAt(place: number) {
  return (envelope: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    const changed = envelope.slice();
    const at = place < 0 ? changed.length + place : place;
    changed[at] = (changed[at] ?? 0) + 1;
    return changed;
  };
}
