/** `refused`: a record that does not fit the schema (told to the log only). `storage`: see `cause`. */
export type ActivityErrorCode = 'refused' | 'storage';

/** The one error of this room. */
export class ActivityError extends Error {
  readonly code: ActivityErrorCode;
  constructor(code: ActivityErrorCode, options?: ErrorOptions) {
    super(`activity: ${code}`, options);
    this.name = 'ActivityError';
    this.code = code;
  }
}

/**
 * Runs `work`; whatever it fails with is `storage`.
 * @throws ActivityError
 */
export async function orStorageError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new ActivityError('storage', { cause });
  }
}
