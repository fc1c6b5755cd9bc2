import type { EpochMs, Random } from '../platform/platform.ts';
import { joined, sameBytes, type Bytes } from './byte-layout.ts';
import {
  decodeEnvelope,
  encodeEnvelope,
  WRAP_ID_BYTES,
  WRAP_TYPES,
  wrapAssociatedData,
  type Envelope,
  type Wrap,
} from './envelope.ts';
import { newKeyId } from './key-id.ts';
import type { DeviceKey, StoredKeys } from './key-store.ts';
import { NONCE_BYTES, TAG_BYTES } from './record-format.ts';
import { orVaultError, VaultError } from './vault-error.ts';
import { AES_256_GCM, KEY_BYTES, type DataKey, type RawDataKey } from './wrapped-key.ts';

const DEVICE_WRAP_VERSION = 1;
const DEVICE_BODY_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/** What making keys takes. */
interface Making {
  readonly subtle: SubtleCrypto;
  readonly random: Random;
  readonly now: EpochMs;
}

/**
 * Makes a data key and a device key that wraps it. Nothing is stored yet. The bytes of both stay
 * inside WebCrypto; the data key is extractable only until this returns, because wrapping asks for that.
 * @throws VaultError `storage`
 */
export async function makeKeys(making: Making): Promise<StoredKeys> {
  const { subtle, random, now } = making;
  return orVaultError('storage', async () => {
    const deviceKey = await newDeviceKey(subtle);
    const dataKey = await subtle.generateKey(AES_256_GCM, true, ['encrypt', 'decrypt']);
    const head = { keyId: await newKeyId(random, subtle), createdAt: now };
    return { ...(await wrappedForDevice(making, head, { dataKey, deviceKey })), retired: [] };
  });
}

/** Wraps a data key that is known in clear by a new device key, and by nothing else. @throws VaultError `storage` */
export async function wrapForDevice(
  making: Making,
  head: Omit<Envelope, 'wraps'>,
  raw: RawDataKey,
): Promise<Pick<StoredKeys, 'deviceKey' | 'envelope'>> {
  const { subtle } = making;
  return orVaultError('storage', async () => {
    const deviceKey = await newDeviceKey(subtle);
    // Extractable for as long as wrapping takes.
    const dataKey = await subtle.importKey('raw', raw.bytes, AES_256_GCM, true, ['encrypt']);
    return wrappedForDevice(making, head, { dataKey, deviceKey });
  });
}

function newDeviceKey(subtle: SubtleCrypto): Promise<CryptoKey> {
  return subtle.generateKey(AES_256_GCM, false, ['wrapKey', 'unwrapKey']);
}

async function wrappedForDevice(
  { subtle, random, now }: Making,
  head: Omit<Envelope, 'wraps'>,
  keys: { readonly dataKey: CryptoKey; readonly deviceKey: CryptoKey },
): Promise<Pick<StoredKeys, 'deviceKey' | 'envelope'>> {
  const wrap = {
    type: WRAP_TYPES.device,
    version: DEVICE_WRAP_VERSION,
    id: random.bytes(WRAP_ID_BYTES),
    createdAt: now,
  };
  const nonce = random.bytes(NONCE_BYTES);
  const wrapped = await subtle.wrapKey('raw', keys.dataKey, keys.deviceKey, {
    name: 'AES-GCM',
    iv: nonce,
    additionalData: wrapAssociatedData(head, wrap),
  });
  return {
    deviceKey: { id: wrap.id, createdAt: now, key: keys.deviceKey },
    envelope: encodeEnvelope({
      ...head,
      wraps: [{ ...wrap, body: joined(nonce, new Uint8Array(wrapped)) }],
    }),
  };
}

/**
 * Opens the data key with the device key. Null when the device key is not what opens it: then only
 * a passphrase or a passkey does.
 * @throws VaultError `no-key` when nothing here can open it, `corrupt` when the device's wrap is not
 * what the device key made, `unsupported-version`
 */
export async function openWithDevice(
  stored: StoredKeys,
  subtle: SubtleCrypto,
): Promise<DataKey | null> {
  const found = deviceWrapOf(stored);
  if (!found) return null;
  const key = await unwrapped(found, { subtle, extractable: false });
  return { id: found.envelope.keyId, key };
}

/** The same, as the bytes of the key: for sealing them under another key when that takes its place. */
export async function openRawWithDevice(
  stored: StoredKeys,
  subtle: SubtleCrypto,
): Promise<RawDataKey | null> {
  const found = deviceWrapOf(stored);
  if (!found) return null;
  const key = await unwrapped(found, { subtle, extractable: true });
  const bytes = await orVaultError('storage', () => subtle.exportKey('raw', key));
  return { id: found.envelope.keyId, bytes: new Uint8Array(bytes) };
}

/** True where no lock is on; also where the device key is gone and nothing else opens the data key. */
export function opensByDevice({ envelope, deviceKey }: StoredKeys): boolean {
  const { wraps } = decodeEnvelope(envelope);
  return (
    wraps.every(({ type }) => type === WRAP_TYPES.device) ||
    wraps.some(({ id }) => deviceKey !== null && sameBytes(id, deviceKey.id))
  );
}

interface DeviceWrap {
  readonly envelope: Envelope;
  readonly wrap: Wrap;
  readonly deviceKey: DeviceKey;
}

function deviceWrapOf(stored: StoredKeys): DeviceWrap | null {
  const envelope = decodeEnvelope(stored.envelope);
  const deviceKey = stored.deviceKey;
  const wrap = envelope.wraps.find(
    ({ type, id }) =>
      type === WRAP_TYPES.device && deviceKey !== null && sameBytes(id, deviceKey.id),
  );
  if (!wrap || !deviceKey) {
    const others = envelope.wraps.some(({ type }) => type !== WRAP_TYPES.device);
    if (others) return null;
    throw new VaultError('no-key');
  }
  if (wrap.version > DEVICE_WRAP_VERSION) throw new VaultError('unsupported-version');
  if (wrap.version < 1 || wrap.body.length !== DEVICE_BODY_BYTES) throw new VaultError('corrupt');
  return { envelope, wrap, deviceKey };
}

function unwrapped(
  { envelope, wrap, deviceKey }: DeviceWrap,
  { subtle, extractable }: { readonly subtle: SubtleCrypto; readonly extractable: boolean },
): Promise<CryptoKey> {
  const gcm = {
    name: 'AES-GCM',
    iv: wrap.body.subarray(0, NONCE_BYTES),
    additionalData: wrapAssociatedData(envelope, wrap),
  };
  const body: Bytes = wrap.body.subarray(NONCE_BYTES);
  return orVaultError('corrupt', () =>
    subtle.unwrapKey('raw', body, deviceKey.key, gcm, AES_256_GCM, extractable, [
      'encrypt',
      'decrypt',
    ]),
  );
}
