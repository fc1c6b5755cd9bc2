/**
 * Room `once`: builds a value when it is first asked for, and keeps it.
 *
 * For schemas above all: a worker starts again for every act, and one that built each schema of the
 * house on its way in would spend more time on that than on the act (docs/benchmarks.md). A schema
 * at the top of a module is `once(() => z.object(…))` and is called where it is used; nothing is
 * built by importing it. It refuses to hide a failure: a build that throws is tried again next time.
 * Called by every room that has a border.
 */

/** Gives what `build` made; `build` runs at the first call and, unless it throws, never again. */
export function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | null = null;
  return () => (built ??= { value: build() }).value;
}
