import type { EpochMs, Random } from '../platform/platform.ts';
import { joined, sameBytes, type Bytes } from './byte-layout.ts';
import {
  decodeEnvelope,
  encodeEnvelope,
  WRAP_ID_BYTES,
  WRAP_TYPES,
  wrapAssociatedData,
} from './envelope.ts';
import { newKeyId } from './key-id.ts';
import type { StoredKeys } from './key-store.ts';
import { NONCE_BYTES, TAG_BYTES } from './record-format.ts';
import { orVaultError, VaultError } from './vault-error.ts';

/** The data key, open: it seals and opens, but its bytes can't be had. */
export interface DataKey {
  readonly id: Bytes;
  readonly key: CryptoKey;
}

const DATA_KEY_BYTES = 32;
const DEVICE_WRAP_VERSION = 1;
const DEVICE_BODY_BYTES = NONCE_BYTES + DATA_KEY_BYTES + TAG_BYTES;
const AES_256_GCM = { name: 'AES-GCM', length: 256 } as const;

/**
 * Makes a data key and a device key that wraps it. Nothing is stored yet. The bytes of both stay
 * inside WebCrypto; the data key is extractable only until this returns, because wrapping asks for that.
 * @throws VaultError `storage`
 */
export async function makeKeys(parts: {
  readonly subtle: SubtleCrypto;
  readonly random: Random;
  readonly now: EpochMs;
}): Promise<StoredKeys> {
  const { subtle, random, now } = parts;
  return orVaultError('storage', async () => {
    const deviceKey = await subtle.generateKey(AES_256_GCM, false, ['wrapKey', 'unwrapKey']);
    const dataKey = await subtle.generateKey(AES_256_GCM, true, ['encrypt', 'decrypt']);
    const envelope = { keyId: await newKeyId(random, subtle), createdAt: now };
    const wrap = {
      type: WRAP_TYPES.device,
      version: DEVICE_WRAP_VERSION,
      id: random.bytes(WRAP_ID_BYTES),
      createdAt: now,
    };
    const nonce = random.bytes(NONCE_BYTES);
    const wrapped = await subtle.wrapKey('raw', dataKey, deviceKey, {
      name: 'AES-GCM',
      iv: nonce,
      additionalData: wrapAssociatedData(envelope, wrap),
    });
    return {
      deviceKey: { id: wrap.id, createdAt: now, key: deviceKey },
      envelope: encodeEnvelope({
        ...envelope,
        wraps: [{ ...wrap, body: joined(nonce, new Uint8Array(wrapped)) }],
      }),
    };
  });
}

/**
 * Opens the data key with the device key.
 * @throws VaultError `locked` when only other wraps than the device's can open it, `no-key` when
 * nothing here can, `corrupt` when the device's wrap is not what the device key made,
 * `unsupported-version`
 */
export async function openWithDevice(stored: StoredKeys, subtle: SubtleCrypto): Promise<DataKey> {
  const envelope = decodeEnvelope(stored.envelope);
  const deviceKey = stored.deviceKey;
  const wrap = envelope.wraps.find(
    ({ type, id }) =>
      type === WRAP_TYPES.device && deviceKey !== null && sameBytes(id, deviceKey.id),
  );
  if (!wrap || !deviceKey) {
    const others = envelope.wraps.some(({ type }) => type !== WRAP_TYPES.device);
    throw new VaultError(others ? 'locked' : 'no-key');
  }
  if (wrap.version > DEVICE_WRAP_VERSION) throw new VaultError('unsupported-version');
  if (wrap.version < 1 || wrap.body.length !== DEVICE_BODY_BYTES) throw new VaultError('corrupt');
  const key = await orVaultError('corrupt', () =>
    subtle.unwrapKey(
      'raw',
      wrap.body.subarray(NONCE_BYTES),
      deviceKey.key,
      {
        name: 'AES-GCM',
        iv: wrap.body.subarray(0, NONCE_BYTES),
        additionalData: wrapAssociatedData(envelope, wrap),
      },
      AES_256_GCM,
      false,
      ['encrypt', 'decrypt'],
    ),
  );
  return { id: envelope.keyId, key };
}
