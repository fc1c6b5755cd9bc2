/** Takes things to write, one by one, and writes what has gathered at once. */
export interface BatchWriter<T> {
  /** Returns at once; never throws. */
  add(item: T): void;
  /** Resolves when everything that was added before is written, or has failed. Never rejects. */
  settled(): Promise<void>;
}

/**
 * While one batch is being written the next one gathers: no timer that a dying worker would take
 * things with, and one transaction for whatever came in the meantime. A batch that fails is told
 * to `failed` and given up.
 */
export function createBatchWriter<T>(parts: {
  readonly write: (batch: readonly T[]) => Promise<void>;
  readonly failed: (error: unknown) => void;
}): BatchWriter<T> {
  let gathered: T[] = [];
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    // What is added in the same turn goes into the same batch.
    await Promise.resolve();
    while (gathered.length > 0) {
      const batch = gathered;
      gathered = [];
      try {
        await parts.write(batch);
      } catch (error) {
        parts.failed(error);
      }
    }
    writing = null;
  }

  return {
    add(item) {
      gathered.push(item);
      writing ??= writeAll();
    },
    settled: () => writing ?? Promise.resolve(),
  };
}
