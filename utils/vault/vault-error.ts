/**
 * What is wrong when something can't be sealed or opened. Nothing was deleted in any of these cases.
 *
 * - `wrong-key`: whole, but sealed by another data key than the one that is here.
 * - `corrupt`: not what was sealed under this label: cut, changed, moved, or not a record at all.
 * - `unsupported-version`: written by a newer version of Postern.
 * - `locked`: the data key is here, but only a passphrase or a passkey opens it.
 * - `no-key`: there is no data key, or none that this device can open.
 * - `weak-kdf`: a stored passphrase wrap asks for less work than any that Postern writes. Somebody made it
 *   so, for a passphrase typed into it would be cheap to guess.
 * - `storage`: the browser could not read, write or compute. Trying again later may work.
 * - `refused`: a label or a value that has no place in the format: a mistake of the caller.
 */
export type VaultErrorCode =
  | 'wrong-key'
  | 'corrupt'
  | 'unsupported-version'
  | 'locked'
  | 'no-key'
  | 'weak-kdf'
  | 'storage'
  | 'refused';

/** The one error of this room. Its text names the code and never what was sealed. */
export class VaultError extends Error {
  readonly code: VaultErrorCode;
  constructor(code: VaultErrorCode, options?: ErrorOptions) {
    super(`vault: ${code}`, options);
    this.name = 'VaultError';
    this.code = code;
  }
}

/**
 * Runs `work`, and says with `code` what it means when it fails; a VaultError stays what it is.
 * @throws VaultError
 */
export async function orVaultError<T>(code: VaultErrorCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof VaultError ? cause : new VaultError(code, { cause });
  }
}
