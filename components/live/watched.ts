/** A value that changes, for who draws it. */
export interface Watched<T> {
  readonly value: T;
  /** Hears of each change after it. Returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
}

/** A watched value that its owner may set. What is set anew as it is tells nobody. */
export interface Settable<T> extends Watched<T> {
  value: T;
}

/** Begins with `first`. */
export function createWatched<T>(first: T): Settable<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get value() {
      return value;
    },
    set value(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
