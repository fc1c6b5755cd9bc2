import { statSync } from 'node:fs';
import { join } from 'node:path';
import { builtExtension } from './tools.ts';

/**
 * What the worker may weigh. It is one static script (import() throws in a worker) that the browser
 * reads, compiles and runs for every act, so a room that needs more has to be worth it.
 */
export const WORKER_BUDGET_BYTES = 300_000;

/** What it weighs in the build at hand. */
export function workerBytes(): number {
  return statSync(join(builtExtension(), 'background.js')).size;
}
