type Found = Readonly<Record<string, unknown>>;

/** Reads of one storage area, and its writes among them. */
export interface JointReads {
  /** What lies under this key and perhaps under others; null for all there is. */
  readonly read: (key: string | null) => Promise<Found>;
  /** Runs `act` behind the reads that were asked for before it. */
  readonly behindReads: <T>(act: () => Promise<T>) => Promise<T>;
  /**
   * Asks for all there is now, for who reads within `forMs`: a worker that has just started has
   * better things to do than to wait for its first message and only then for the disk. A write ends
   * it; one by another context meanwhile is not seen, so it is for who alone writes.
   */
  readonly readAhead: (forMs: number) => void;
}

/**
 * Asks the browser once for all that is read in the same turn: each question costs a worker that has
 * just started up to half a millisecond, and a page's first message reads four things.
 * @param ask as `get` of a storage area: these keys, or all for null
 */
export function createJointReads(
  ask: (keys: readonly string[] | null) => Promise<Found>,
): JointReads {
  let waiting: Waiting | null = null;
  let ahead: { readonly found: Promise<Found>; readonly until: number } | null = null;
  // Async: what the browser throws at once is a rejection of these reads as well.
  const asked = async (keys: readonly string[] | null): Promise<Found> => await ask(keys);
  const go = (mine: Waiting): void => {
    if (waiting !== mine) return;
    waiting = null;
    mine.resolve(asked(mine.all ? null : mine.keys));
  };
  const wait = (): Waiting => {
    const mine = { keys: [], all: false, ...Promise.withResolvers<Found>() };
    queueMicrotask(() => go(mine));
    return mine;
  };
  const endAhead = (): void => void (ahead = null);
  return {
    read(key) {
      if (ahead && performance.now() < ahead.until) return ahead.found;
      endAhead();
      waiting ??= wait();
      if (key === null) waiting.all = true;
      else waiting.keys.push(key);
      return waiting.promise;
    },
    behindReads(act) {
      endAhead();
      if (waiting) go(waiting);
      return act();
    },
    readAhead(forMs) {
      const found = asked(null);
      ahead = { found, until: performance.now() + forMs };
      // Who reads meanwhile asks the browser again, and hears what is wrong by that.
      found.catch(endAhead);
    },
  };
}

/** What was asked for in this turn. */
interface Waiting {
  readonly keys: string[];
  all: boolean;
  readonly promise: Promise<Found>;
  readonly resolve: (found: Promise<Found>) => void;
}
