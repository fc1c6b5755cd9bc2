/** Work by name: different names side by side, one name one after the other. */
export interface Lanes {
  /** Runs the lane; while it is under way, it is run once more afterwards. Resolves when it has ended. */
  start(lane: string): Promise<void>;
  underWay(): ReadonlySet<string>;
  /** Resolves when the lane (null: every lane) has ended. Never rejects. */
  idle(lane: string | null): Promise<void>;
}

/** Lanes of one kind of work. */
export function createLanes(work: (lane: string) => Promise<void>): Lanes {
  const running = new Map<string, Promise<void>>();
  const askedAgain = new Set<string>();

  async function drive(lane: string): Promise<void> {
    try {
      do {
        askedAgain.delete(lane);
        await work(lane);
      } while (askedAgain.has(lane));
    } finally {
      askedAgain.delete(lane);
      running.delete(lane);
    }
  }

  return {
    start(lane) {
      const known = running.get(lane);
      if (known) {
        askedAgain.add(lane);
        return known;
      }
      const driven = drive(lane);
      running.set(lane, driven);
      return driven;
    },
    underWay: () => new Set(running.keys()),
    async idle(lane) {
      const chosen = [...running].filter(([name]) => lane === null || name === lane);
      await Promise.allSettled(chosen.map(([, driven]) => driven));
    },
  };
}
