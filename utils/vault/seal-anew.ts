import type { RecordLabel } from './record-format.ts';
import { VaultError } from './vault-error.ts';

/**
 * Seals a record anew by the data key of now. Null when nothing is to be done: it is sealed by that
 * key already, or by none that is here.
 * @throws VaultError `corrupt` when a key of before sealed it and it does not open; `locked`, `storage`
 */
export type SealAnew = (
  label: RecordLabel,
  sealed: Uint8Array,
) => Promise<Uint8Array<ArrayBuffer> | null>;

/**
 * Whoever stores what the vault has sealed. When the data key changes each holder goes through all
 * that is its own; it may be stopped anywhere and is asked again until everything is done.
 */
export interface SealedHolder {
  /**
   * Hands each record to `anew` and stores what comes back in its place, but only if it is still the
   * one that was handed over: what was written meanwhile is newer, and sealed by the key of now.
   * Resolves to how many could not be sealed anew and still need the key of before; they are left
   * as they are. Rejects only when the browser's storage fails or the vault is locked.
   */
  sealAnew(anew: SealAnew): Promise<number>;
}

/** Goes on after a record that can't be sealed anew: 1, for the count of those that are left. @throws VaultError `locked`, `storage` */
export function leftBehind(error: unknown): 1 {
  const ofRecord =
    error instanceof VaultError && error.code !== 'locked' && error.code !== 'storage';
  if (!ofRecord) throw error;
  return 1;
}
