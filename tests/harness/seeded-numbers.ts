/** Mulberry32: small, and the same numbers in [0, 1) from the same seed. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of these, by a number in [0, 1). */
export function oneOf<T>(from: readonly T[], number: number): T {
  const found = from[Math.floor(number * from.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}
