import { randomBytes, randomUUID } from 'node:crypto';
import type { Random } from '../../utils/platform/platform.ts';

/** Real randomness where it must not repeat, and none where it would only make a test jitter. */
export function createTestRandom(fraction = 0.5): Random {
  return {
    bytes: (length) => new Uint8Array(randomBytes(length)),
    uuid: () => randomUUID(),
    fraction: () => fraction,
  };
}
