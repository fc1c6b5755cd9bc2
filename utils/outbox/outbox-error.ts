/**
 * What broke in the outbox. Nothing was lost in any of these cases.
 *
 * - `storage`: the browser would not read or write. Trying again later may work.
 * - `storage-full`: there is no room left on the disk.
 * - `superseded`: the mail was taken back or wiped while it was worked on.
 * - `no-bytes`: the bytes of an attachment are not here.
 */
export type OutboxErrorCode = 'storage' | 'storage-full' | 'superseded' | 'no-bytes';

/** The one error of this room. Its text names the code and nothing of the mail. */
export class OutboxError extends Error {
  readonly code: OutboxErrorCode;
  constructor(code: OutboxErrorCode, options?: ErrorOptions) {
    super(`outbox: ${code}`, options);
    this.name = 'OutboxError';
    this.code = code;
  }
}

/**
 * Runs work on the browser's storage and says in our words what went wrong.
 * @throws OutboxError
 */
export async function orOutboxError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof OutboxError) throw cause;
    const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
    throw new OutboxError(full ? 'storage-full' : 'storage', { cause });
  }
}
