type Found = Readonly<Record<string, unknown>>;

/** Reads of one storage area, and its writes among them. */
export interface JointReads {
  /** What lies under this key and perhaps under others; null for all there is. */
  readonly read: (key: string | null) => Promise<Found>;
  /** Runs `act` behind the reads that were asked for before it. */
  readonly behindReads: <T>(act: () => Promise<T>) => Promise<T>;
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
  return {
    read(key) {
      waiting ??= wait();
      if (key === null) waiting.all = true;
      else waiting.keys.push(key);
      return waiting.promise;
    },
    behindReads(act) {
      if (waiting) go(waiting);
      return act();
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
