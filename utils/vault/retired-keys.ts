import type { Random } from '../platform/platform.ts';
import { hex, type Bytes } from './byte-layout.ts';
import { KEY_ID_BYTES } from './key-id.ts';
import { sealBy, openBy } from './sealing.ts';
import { VaultError } from './vault-error.ts';
import { heldKey, KEY_BYTES, wipe, type DataKey, type RawDataKey } from './wrapped-key.ts';

const label = { kind: 'retired-data-key', id: 'key', version: 1 } as const;

/** What is needed to seal and open keys of before. */
export interface RetiredTools {
  readonly subtle: SubtleCrypto;
  readonly random: Random;
}

/** Seals a key of before under the key of now. @throws VaultError `storage` */
export function retire(
  { subtle, random }: RetiredTools,
  dataKey: DataKey,
  before: RawDataKey,
): Promise<Bytes> {
  const clear = new Uint8Array(KEY_ID_BYTES + KEY_BYTES);
  clear.set(before.id);
  clear.set(before.bytes, KEY_ID_BYTES);
  return sealBy({ subtle, random, dataKey }, label, clear).finally(() => clear.fill(0));
}

/** Opens keys of before in clear, to be retired again under another key. @throws VaultError `corrupt`, `storage` */
export async function openRetired(
  subtle: SubtleCrypto,
  dataKey: DataKey,
  retired: readonly Bytes[],
): Promise<RawDataKey[]> {
  return Promise.all(
    retired.map(async (sealed) => {
      const clear = await openBy({ subtle, dataKey }, label, sealed);
      if (clear.length !== KEY_ID_BYTES + KEY_BYTES) throw new VaultError('corrupt');
      return { id: clear.subarray(0, KEY_ID_BYTES), bytes: clear.subarray(KEY_ID_BYTES) };
    }),
  );
}

/** Opens keys of before for opening what they sealed, by their id in hexadecimal. @throws VaultError */
export async function holdRetired(
  subtle: SubtleCrypto,
  dataKey: DataKey,
  retired: readonly Bytes[],
): Promise<ReadonlyMap<string, DataKey>> {
  const raw = await openRetired(subtle, dataKey, retired);
  const held = await Promise.all(raw.map((key) => heldKey(subtle, { ...key, id: key.id.slice() })));
  wipe(...raw);
  return new Map(held.map((key) => [hex(key.id), key]));
}
