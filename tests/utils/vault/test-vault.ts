import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../../../utils/platform/platform.ts';
import {
  createKeyStore,
  createVault,
  VaultError,
  type KeyStore,
  type Vault,
  type VaultParts,
} from '../../../utils/vault/vault.ts';
import { createFakeClock } from '../../harness/fake-clock.ts';
import { createFakeStorageArea } from '../../harness/fake-storage.ts';

/** Randomness as strong as the browser's. */
export const strongRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  uuid: () => randomUUID(),
  fraction: () => 0.5,
};

/** Hands out these bytes, in this order, and insists that they are asked for in these sizes. */
export function scriptedRandom(...script: readonly string[]): Random {
  const rest = script.map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
  return {
    ...strongRandom,
    bytes(length) {
      const next = rest.shift();
      if (next?.length !== length) throw new Error(`asked for ${length} bytes`);
      return next;
    },
  };
}

/** A key store of its own, as on a fresh machine. */
export function freshKeyStore(): KeyStore {
  return createKeyStore({ databaseName: randomUUID() });
}

/** A vault over these keys, as another worker would build it. */
export function vaultOver(
  keys: KeyStore,
  random: Random = strongRandom,
  others: Partial<VaultParts> = {},
): Vault {
  return createVault({
    keys,
    random,
    clock: createFakeClock(),
    local: createFakeStorageArea(),
    session: createFakeStorageArea(),
    onUnfinishedChange: () => undefined,
    ...others,
  });
}

/** A vault with a key store of its own. */
export function freshVault(): Vault {
  return vaultOver(freshKeyStore());
}

/** The code that something fails with. Fails itself when it does not, or with another error. */
export async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof VaultError) return error.code;
    throw error;
  }
  throw new Error('it did not fail');
}

/** Bytes of a text. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
