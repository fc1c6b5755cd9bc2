/** Where time comes from, and how the page gets its turn. Both are replaced in tests. */
export interface PacerParts {
  /** Milliseconds, rising. */
  readonly now: () => number;
  /** Resolves after the page had a chance to run. */
  readonly yieldToPage: () => Promise<void>;
  /** Ends the search; null when nothing does. */
  readonly signal: AbortSignal | null;
}

/** Cuts long work into slices, so that the page never stands still. */
export interface Pacer {
  /** Whether this slice is used up. */
  isDue(): boolean;
  /**
   * Gives the page its turn and begins the next slice.
   * @throws the signal's reason when it was aborted.
   */
  rest(): Promise<void>;
  /** Whether all the time that one search may take is used up. */
  isOver(): boolean;
}

/** One slice: a quarter of a frame, so that scrolling and typing stay smooth. */
const SLICE_MS = 4;

/** After this a search answers with what it has: the person waits for a window to open. */
const SEARCH_MS = 2_000;

/** Starts the clock of one search. */
export function createPacer(parts: PacerParts): Pacer {
  const startedMs = parts.now();
  let sliceStartedMs = startedMs;
  return {
    isDue: () => parts.now() - sliceStartedMs >= SLICE_MS,
    isOver: () => parts.now() - startedMs >= SEARCH_MS,
    async rest() {
      await parts.yieldToPage();
      parts.signal?.throwIfAborted();
      sliceStartedMs = parts.now();
    },
  };
}

/**
 * Lets the page run: `scheduler.yield` where there is one (Chrome 129, Firefox 142), which comes back before
 * other tasks do; else a message to ourselves, which unlike a timer is not slowed down in a hidden tab.
 */
export function yieldToPage(): Promise<void> {
  const scheduler: unknown = Reflect.get(globalThis, 'scheduler');
  if (isYielding(scheduler)) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function isYielding(value: unknown): value is { yield(): Promise<void> } {
  return (
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'yield') === 'function'
  );
}
