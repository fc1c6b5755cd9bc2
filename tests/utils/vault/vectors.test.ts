import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  createSealedRecords,
  RECORD_OVERHEAD_BYTES,
  type KeyStore,
  type StoredKeys,
  type VaultLock,
} from '../../../utils/vault/vault.ts';
import { secret } from '../../../utils/platform/platform.ts';
import { encodeEnvelope } from '../../../utils/vault/envelope.ts';
import { wrapByPasskey } from '../../../utils/vault/passkey-wrap.ts';
import { wrapByPassphrase } from '../../../utils/vault/passphrase-wrap.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea } from '../../harness/fake-storage.ts';
import * as page from './independent-format.ts';
import { codeOf, freshKeyStore, scriptedRandom, strongRandom, vaultOver } from './test-vault.ts';
import vectors from './vectors.json' with { type: 'json' };

const { dataKey, deviceKey, deviceWrap, passphraseWrap, passkeyWrap, envelopes } = vectors;

const fromHex = (hex: string): Buffer => Buffer.from(hex, 'hex');
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const head: page.EnvelopeHead = {
  keyId: fromHex(dataKey.id),
  createdAt: dataKey.createdAt,
  dataKey: fromHex(dataKey.bytes),
};

function importKey(hex: string, usages: KeyUsage[]): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(fromHex(hex)), 'AES-GCM', true, usages);
}

/** Keys as they would lie in the store of a browser that made these vectors. */
async function storedKeys(envelope: string): Promise<StoredKeys> {
  return {
    deviceKey: {
      id: new Uint8Array(fromHex(deviceKey.id)),
      createdAt: dataKey.createdAt,
      key: await importKey(deviceKey.bytes, ['wrapKey', 'unwrapKey']),
    },
    envelope: new Uint8Array(fromHex(envelope)),
    retired: [],
  };
}

async function keysWith(envelope: string): Promise<KeyStore> {
  const keys = freshKeyStore();
  await keys.createIfAbsent(await storedKeys(envelope));
  return keys;
}

describe('the test vectors', () => {
  it('follow from the page alone, without any code of the room', () => {
    expect(toHex(page.keyId(fromHex(dataKey.idRandom)))).toBe(dataKey.id);
    const device = page.deviceWrap(
      head,
      { id: fromHex(deviceKey.id), createdAt: head.createdAt, nonce: fromHex(deviceWrap.nonce) },
      fromHex(deviceKey.bytes),
    );
    const passphrase = page.passphraseWrap(
      head,
      {
        id: fromHex(passphraseWrap.id),
        createdAt: passphraseWrap.createdAt,
        nonce: fromHex(passphraseWrap.nonce),
      },
      { ...passphraseWrap, salt: fromHex(passphraseWrap.salt) },
    );
    const passkey = page.passkeyWrap(
      head,
      {
        id: fromHex(passkeyWrap.id),
        createdAt: passkeyWrap.createdAt,
        nonce: fromHex(passkeyWrap.nonce),
      },
      {
        prfInput: fromHex(passkeyWrap.prfInput),
        credentialId: fromHex(passkeyWrap.credentialId),
        prfOutput: fromHex(passkeyWrap.prfOutput),
      },
    );
    expect([device, passphrase, passkey].map(toHex)).toEqual([
      deviceWrap.bytes,
      passphraseWrap.bytes,
      passkeyWrap.bytes,
    ]);
    expect(toHex(page.envelope(head, [device]))).toBe(envelopes.device);
    expect(toHex(page.envelope(head, [passphrase, device, passkey]))).toBe(envelopes.all);
    expect(toHex(page.envelope(head, [passphrase, passkey]))).toBe(envelopes.locked);
  });

  it.each(vectors.records)('hold for $what: the page seals to these bytes', (record) => {
    expect(toHex(page.recordAssociatedData(head.keyId, record.label))).toBe(record.associatedData);
    const sealed = page.sealRecord({
      ...head,
      label: record.label,
      nonce: fromHex(record.nonce),
      clear: fromHex(record.clear),
    });
    expect(toHex(sealed)).toBe(record.sealed);
  });

  it.each(vectors.records)('hold for $what: the vault seals to these bytes', async (record) => {
    const vault = vaultOver(await keysWith(envelopes.device), scriptedRandom(record.nonce));
    const sealed = await vault.seal(record.label, fromHex(record.clear));
    expect(toHex(sealed)).toBe(record.sealed);
    expect(sealed.length - fromHex(record.clear).length).toBe(RECORD_OVERHEAD_BYTES);
  });

  it.each(vectors.records)('hold for $what: the vault opens these bytes', async (record) => {
    const vault = vaultOver(await keysWith(envelopes.device));
    expect(toHex(await vault.open(record.label, fromHex(record.sealed)))).toBe(record.clear);
  });

  it.each(vectors.refused)('hold for what is $what: $code', async ({ label, sealed, code }) => {
    const vault = vaultOver(await keysWith(envelopes.device));
    expect(await codeOf(vault.open(label, fromHex(sealed)))).toBe(code);
  });

  it('hold for a new envelope: the vault makes these bytes', async () => {
    const made = [
      await importKey(deviceKey.bytes, ['wrapKey', 'unwrapKey']),
      await importKey(dataKey.bytes, ['encrypt', 'decrypt']),
    ];
    const real = crypto.subtle;
    const subtle = {
      digest: real.digest.bind(real),
      wrapKey: real.wrapKey.bind(real),
      unwrapKey: real.unwrapKey.bind(real),
      generateKey: () => Promise.resolve(made.shift()),
    };
    const keys = freshKeyStore();
    const random = scriptedRandom(dataKey.idRandom, deviceKey.id, deviceWrap.nonce);
    const vault = vaultOver(keys, random, {
      clock: createFakeClock(dataKey.createdAt),
      crypto: { subtle: subtle as unknown as SubtleCrypto },
    });
    await vault.prepare();
    expect(toHex((await keys.read())!.envelope)).toBe(envelopes.device);
  });

  it('hold for an envelope with every kind of wrap: the device opens it among the others', async () => {
    const vault = vaultOver(await keysWith(envelopes.all));
    const [record] = vectors.records;
    expect(toHex(await vault.open(record!.label, fromHex(record!.sealed)))).toBe(record!.clear);
    await expect(vault.inventory()).resolves.toEqual({
      keyId: dataKey.id,
      createdAt: dataKey.createdAt,
      deviceKeyCreatedAt: dataKey.createdAt,
      retired: 0,
      wraps: [
        { type: 'passphrase', createdAt: passphraseWrap.createdAt },
        { type: 'device', createdAt: dataKey.createdAt },
        { type: 'passkey', createdAt: passkeyWrap.createdAt },
      ],
    });
  });

  it('hold for a passphrase wrap and a passkey wrap: the vault makes these bytes', async () => {
    const tools = (...script: readonly string[]) => ({
      subtle: crypto.subtle,
      random: scriptedRandom(...script),
      clock: createFakeClock(),
    });
    const made = {
      head: { keyId: new Uint8Array(head.keyId), createdAt: head.createdAt },
      raw: { id: new Uint8Array(head.keyId), bytes: new Uint8Array(head.dataKey) },
    };
    const byPassphrase = await wrapByPassphrase(
      tools(passphraseWrap.id, passphraseWrap.salt, passphraseWrap.nonce),
      made,
      {
        passphrase: secret(passphraseWrap.passphrase),
        rounds: passphraseWrap.rounds,
        now: passphraseWrap.createdAt,
      },
    );
    const byPasskey = await wrapByPasskey(tools(passkeyWrap.id, passkeyWrap.nonce), made, {
      credentialId: new Uint8Array(fromHex(passkeyWrap.credentialId)),
      prfInput: new Uint8Array(fromHex(passkeyWrap.prfInput)),
      prfOutput: new Uint8Array(fromHex(passkeyWrap.prfOutput)),
      now: passkeyWrap.createdAt,
    });
    for (const [wrap, bytes] of [
      [byPassphrase, passphraseWrap.bytes],
      [byPasskey, passkeyWrap.bytes],
    ] as const) {
      const envelope = toHex(encodeEnvelope({ ...made.head, wraps: [wrap] }));
      expect(envelope.slice(2 * 29)).toBe(bytes);
    }
  });

  it('hold for a locked envelope: passphrase and passkey open it, and with it the records', async () => {
    const [record] = vectors.records;
    const prfOutput = new Uint8Array(fromHex(passkeyWrap.prfOutput));
    for (const unlock of [
      (lock: VaultLock) => lock.unlock(secret(passphraseWrap.passphrase)),
      (lock: VaultLock) => lock.unlockByPasskey({ prfOutput }),
    ]) {
      const keys = freshKeyStore();
      const { envelope } = await storedKeys(envelopes.all);
      await keys.createIfAbsent({ deviceKey: null, envelope, retired: [] });
      const vault = vaultOver(keys);
      expect(await vault.lock.state()).toBe('locked');
      expect(await unlock(vault.lock)).toEqual({ kind: 'done' });
      expect(toHex(await vault.open(record!.label, fromHex(record!.sealed)))).toBe(record!.clear);
    }
  });

  it('hold for a record in a storage area', async () => {
    const { kind, id, version, value, text } = vectors.stored;
    const area = createFakeStorageArea({ [`${kind}/${id}`]: text });
    const records = createSealedRecords({
      vault: vaultOver(await keysWith(envelopes.device)),
      area,
      kind,
      version,
      schema: () => z.object({ address: z.string() }),
    });
    await expect(records.get(id)).resolves.toEqual(value);
  });

  it('have the sizes that the page tells', () => {
    const credentialIdBytes = passkeyWrap.credentialId.length / 2;
    expect({
      overhead: RECORD_OVERHEAD_BYTES,
      device: deviceWrap.bytes.length / 2,
      passphrase: passphraseWrap.bytes.length / 2,
      passkey: passkeyWrap.bytes.length / 2 - credentialIdBytes,
      envelope: envelopes.device.length / 2,
    }).toEqual({ overhead: 48, device: 88, passphrase: 109, passkey: 122, envelope: 117 });
  });

  it('are reproduced by nobody who draws other random numbers', async () => {
    const vault = vaultOver(await keysWith(envelopes.device), strongRandom);
    const [record] = vectors.records;
    const clear = fromHex(record!.clear);
    const twice = [
      toHex(await vault.seal(record!.label, clear)),
      toHex(await vault.seal(record!.label, clear)),
      record!.sealed,
    ];
    expect(new Set(twice).size).toBe(3);
  });
});
