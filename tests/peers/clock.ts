/** The time that a peer goes by. Structurally met by the platform's Clock as well. */
export interface PeerClock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** A clock that runs like the real one (or like `base`) and can be moved forward. */
export interface MovableClock extends PeerClock {
  /** Everything that expires by time sees the jump at its next look. */
  advance(byMs: number): void;
}

/** Makes a clock that can be moved. `base` is the real time unless a test gives its own. */
export function createMovableClock(base: () => number = Date.now): MovableClock {
  let offsetMs = 0;
  return {
    now: () => base() + offsetMs,
    advance: (byMs) => {
      offsetMs += byMs;
    },
  };
}
