import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import type { Clock, EpochMs, StorageArea } from '../platform/platform.ts';

/** The key of the entry in storage.local, for the inventory. */
export const TRIES_ENTRY = 'lock-tries';

/** So many wrong passphrases cost nothing but the time of a try: fingers slip. */
const FREE_FAILURES = 2;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * Makes each wrong passphrase slower than the one before. It is written down before a try, so that
 * ending the worker or the browser starts nothing anew; nothing is ever wiped because of it. It
 * stops who sits at the keyboard, not who has copied the profile: the rounds of the derivation do that.
 */
export interface UnlockTries {
  /** When the next try may be made; null when it may be made now. */
  notBefore(): Promise<EpochMs | null>;
  /** A try begins: it counts as a failure until `succeeded`. Resolves to when the one after it may be made. */
  begin(): Promise<EpochMs | null>;
  succeeded(): Promise<void>;
}

const triesSchema = once(() =>
  z.object({ failures: z.int().check(z.nonnegative()), lastAt: z.number() }),
);

interface Tries {
  readonly failures: number;
  readonly lastAt: EpochMs;
}

/** How long the next try has to wait after so many failures. */
export function waitAfterMs(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, failures - FREE_FAILURES - 1));
}

/** Kept in storage.local; in memory as well, for when the browser will not store it (a full disk). */
export function createUnlockTries(parts: {
  readonly local: StorageArea;
  readonly clock: Pick<Clock, 'now'>;
}): UnlockTries {
  const { local, clock } = parts;
  let remembered: Tries = { failures: 0, lastAt: 0 };

  const read = async (): Promise<Tries> => {
    const stored = parseTries(await local.get(TRIES_ENTRY).catch(() => null));
    return stored.failures >= remembered.failures ? stored : remembered;
  };
  const nextTryAt = ({ failures, lastAt }: Tries): EpochMs | null => {
    const waitMs = waitAfterMs(failures);
    const now = clock.now();
    // A clock that was set back makes nobody wait longer than the wait itself.
    const at = Math.min(lastAt, now) + waitMs;
    return at > now ? at : null;
  };
  return {
    notBefore: async () => nextTryAt(await read()),
    async begin() {
      const { failures } = await read();
      remembered = { failures: failures + 1, lastAt: clock.now() };
      // A full disk must not keep anybody out; this worker remembers it all the same.
      await local.set(TRIES_ENTRY, remembered).catch(() => undefined);
      return nextTryAt(remembered);
    },
    async succeeded() {
      remembered = { failures: 0, lastAt: 0 };
      await local.remove(TRIES_ENTRY).catch(() => undefined);
    },
  };
}

/** None for what can't be read. */
function parseTries(stored: unknown): Tries {
  const parsed = triesSchema().safeParse(stored);
  return parsed.success ? parsed.data : { failures: 0, lastAt: 0 };
}
