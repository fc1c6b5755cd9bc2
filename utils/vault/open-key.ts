import type { StorageArea } from '../platform/platform.ts';
import { hex, type Bytes } from './byte-layout.ts';
import { orVaultError } from './vault-error.ts';
import { KEY_BYTES, type RawDataKey } from './wrapped-key.ts';

/** The key of the entry in storage.session, for the inventory. */
export const OPEN_KEY_ENTRY = 'open-data-key';

/**
 * The raw data key while the lock is on and open, so that the next worker can go on. It lies in
 * storage.session, which is memory: gone with the browser, and closed to content scripts.
 */
export interface OpenKeyStore {
  /** Null when it is not there, or not that of this data key. @throws VaultError `storage` */
  read(keyId: Bytes): Promise<RawDataKey | null>;
  /** @throws VaultError `storage` */
  write(key: RawDataKey): Promise<void>;
  /** @throws VaultError `storage` */
  remove(): Promise<void>;
}

/** Over the browser's session area. */
export function createOpenKeyStore(session: StorageArea): OpenKeyStore {
  return {
    async read(keyId) {
      const found = await orVaultError('storage', () => session.get(OPEN_KEY_ENTRY));
      const prefix = `${hex(keyId)} `;
      if (typeof found !== 'string' || !found.startsWith(prefix)) return null;
      const bytes = bytesOfHex(found.slice(prefix.length));
      return bytes.length === KEY_BYTES ? { id: keyId, bytes } : null;
    },
    write: ({ id, bytes }) =>
      orVaultError('storage', () => session.set(OPEN_KEY_ENTRY, `${hex(id)} ${hex(bytes)}`)),
    remove: () => orVaultError('storage', () => session.remove(OPEN_KEY_ENTRY)),
  };
}

/** Empty for what is not hexadecimal. */
function bytesOfHex(text: string): Bytes {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return new Uint8Array();
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
