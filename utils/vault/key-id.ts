import type { Random } from '../platform/platform.ts';
import { joined, sameBytes, type Bytes } from './byte-layout.ts';

/** Length of the id of a data key. */
export const KEY_ID_BYTES = 16;

const RANDOM_BYTES = 12;
const CHECK_PREFIX = new TextEncoder().encode('postern key id');

/**
 * A new id for a data key: 12 random bytes and 4 that follow from them. The check lets a record
 * with a damaged id be called `corrupt`, and only one that names another real key `wrong-key`.
 */
export async function newKeyId(random: Random, subtle: SubtleCrypto): Promise<Bytes> {
  const unique = random.bytes(RANDOM_BYTES);
  return joined(unique, await checkBytes(unique, subtle));
}

/** Whether these bytes can be the id of any data key. */
export async function isKeyId(id: Bytes, subtle: SubtleCrypto): Promise<boolean> {
  return sameBytes(
    id.subarray(RANDOM_BYTES),
    await checkBytes(id.subarray(0, RANDOM_BYTES), subtle),
  );
}

async function checkBytes(unique: Bytes, subtle: SubtleCrypto): Promise<Bytes> {
  const digest = await subtle.digest('SHA-256', joined(CHECK_PREFIX, unique));
  return new Uint8Array(digest, 0, KEY_ID_BYTES - RANDOM_BYTES);
}
