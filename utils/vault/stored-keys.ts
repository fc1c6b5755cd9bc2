import type { KeyStore, StoredKeys } from './key-store.ts';
import { orVaultError, VaultError } from './vault-error.ts';

interface KeyHolder {
  readonly keys: KeyStore;
}

/** Null when there are none. @throws VaultError `storage`, `corrupt`, `unsupported-version` */
export function readKeys({ keys }: KeyHolder): Promise<StoredKeys | null> {
  return orVaultError('storage', () => keys.read());
}

/** @throws VaultError `no-key` when there are none, and as `readKeys` */
export async function existingKeys(parts: KeyHolder): Promise<StoredKeys> {
  const stored = await readKeys(parts);
  if (!stored) throw new VaultError('no-key');
  return stored;
}
