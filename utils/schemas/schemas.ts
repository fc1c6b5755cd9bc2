/**
 * Room `schemas`: zod as it may run here.
 *
 * The policy of an extension forbids eval, which zod would otherwise try when its first schema is
 * asked. Modules import zod/mini by itself; this comes along with it: in Chromium both are one part
 * of the worker, which is read when the first schema is built (bundling/part-of-module.ts). Called
 * by nobody: entrypoints/background.ts imports it for what it does.
 */
import * as z from 'zod/mini';

z.config({ jitless: true });
