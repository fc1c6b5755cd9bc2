import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { builtExtension } from './tools.ts';

/**
 * What background.js may weigh: the browser reads all of it at each start of the worker, for every
 * act. What only some acts need goes into a part (bundling/part-of-module.ts).
 */
export const START_BUDGET_BYTES = 100_000;

/** What the worker may weigh with all its parts. */
export const WORKER_BUDGET_BYTES = 330_000;

/** What the worker weighs in the build at hand. */
export function workerBytes(): { readonly start: number; readonly whole: number } {
  const dir = builtExtension();
  const sizeOf = (path: string): number => statSync(join(dir, path)).size;
  const start = sizeOf('background.js');
  const parts = readdirSync(join(dir, 'parts')).map((file) => sizeOf(join('parts', file)));
  return { start, whole: parts.reduce((sum, bytes) => sum + bytes, start) };
}
