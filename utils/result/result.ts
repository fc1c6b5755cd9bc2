/**
 * Room `result`: the answer between contexts, and the check that a union was handled whole.
 *
 * A `Result` is used where an answer crosses from one context to another. Inside a room, an
 * outcome that the caller must act on is a union of its own; what is broken throws.
 */

/** Either a value or an error that the caller has to look at. Never both, never neither. */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a value that was obtained. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** Wraps an error that the caller must handle. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

/**
 * Marks a place that no value can reach. The compiler fails when a case of a union is forgotten.
 * @throws Error when reached at run time after all, naming the case that nobody handles.
 */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
