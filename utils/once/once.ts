/**
 * Room `once`: builds a value when it is first asked for, and keeps it.
 *
 * For schemas above all: a worker starts again for every act, and one that built each schema of the
 * house on its way in would spend more time on that than on the act (docs/benchmarks.md). A schema
 * at the top of a module is `once(() => z.object(…))` and is called where it is used; nothing is
 * built by importing it. `withLate` does the same for acts that few starts need, whose code Chromium
 * then need not read (bundling/part-of-module.ts). It refuses to hide a failure: a build that throws is tried again next time.
 * Called by every room that has a border.
 */

/** Gives what `build` made; `build` runs at the first call and, unless it throws, never again. */
export function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | null = null;
  return () => (built ??= { value: build() }).value;
}

/**
 * `early`, and what `late` makes beside it: that is made when something is first asked for that
 * `early` does not have. Listing what there is, as a spread does, makes all of it.
 */
export function withLate<Early extends object, Late extends object>(
  early: Early,
  late: () => Late,
): Early & Late {
  const whole = once(() => ({ ...late(), ...early }));
  return new Proxy(early, {
    get: (target, name) => Reflect.get(name in target ? target : whole(), name) as unknown,
    has: (_target, name) => name in whole(),
    ownKeys: () => Reflect.ownKeys(whole()),
    getOwnPropertyDescriptor: (_target, name) => Reflect.getOwnPropertyDescriptor(whole(), name),
  }) as Early & Late;
}
