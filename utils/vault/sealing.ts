import type { Random } from '../platform/platform.ts';
import { joined, unshared, type Bytes } from './byte-layout.ts';
import {
  encodeLabel,
  NONCE_BYTES,
  recordHeader,
  splitRecord,
  type RecordLabel,
} from './record-format.ts';
import { orVaultError } from './vault-error.ts';
import type { DataKey } from './wrapped-key.ts';

/** Seals under a label by this key. @throws VaultError `refused` for a bad label, `storage` */
export async function sealBy(
  by: { readonly subtle: SubtleCrypto; readonly random: Random; readonly dataKey: DataKey },
  label: RecordLabel,
  clear: Uint8Array,
): Promise<Bytes> {
  const boundLabel = encodeLabel(label);
  const header = recordHeader(by.dataKey.id);
  const iv = by.random.bytes(NONCE_BYTES);
  const gcm = { name: 'AES-GCM', iv, additionalData: joined(header, boundLabel) };
  const body = await orVaultError('storage', () =>
    by.subtle.encrypt(gcm, by.dataKey.key, unshared(clear)),
  );
  return joined(header, iv, new Uint8Array(body));
}

/** Opens what this key sealed under the same label. @throws VaultError `corrupt`, `refused`, `unsupported-version` */
export async function openBy(
  by: { readonly subtle: SubtleCrypto; readonly dataKey: DataKey },
  label: RecordLabel,
  sealed: Uint8Array,
): Promise<Bytes> {
  const boundLabel = encodeLabel(label);
  const record = splitRecord(unshared(sealed));
  const additionalData = joined(record.header, boundLabel);
  const gcm = { name: 'AES-GCM', iv: record.nonce, additionalData };
  const clear = await orVaultError('corrupt', () =>
    by.subtle.decrypt(gcm, by.dataKey.key, record.body),
  );
  return new Uint8Array(clear);
}
