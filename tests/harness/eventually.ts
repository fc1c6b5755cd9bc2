/** How long to look, how often, and what was waited for when it did not come. */
export interface Patience {
  readonly withinMs?: number;
  readonly everyMs?: number;
  /** Ends the sentence "waited 5 s in vain for …". */
  readonly what: string;
}

/**
 * Looks again until there is something to see: the one place where the harness lets time pass.
 * Answers the first value that is not null, undefined or false.
 * @throws Error when nothing came in time; what `look` last threw is its cause.
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  { withinMs = 10_000, everyMs = 25, what }: Patience,
): Promise<Exclude<T, null | undefined | false>> {
  const endsAt = performance.now() + withinMs;
  let cause: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (isThere(seen)) return seen;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= endsAt) {
      throw new Error(`waited ${withinMs / 1000} s in vain for ${what}`, { cause });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

function isThere<T>(value: T): value is Exclude<T, null | undefined | false> {
  return value !== null && value !== undefined && value !== false;
}
