import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { epochMs, list } from './view-parts.ts';

/**
 * What a page may see of settings that are taken along. An answer is parsed by these on its way out
 * of the worker: a field that is not named here never leaves it.
 */

const leftOut = once(() =>
  list(z.object({ name: z.string(), why: z.enum(['unknown', 'stays-here', 'not-allowed']) })),
);

/** What a settings file turned out to be; `done` when it was taken over. */
export const settingsFileOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('readable'),
      done: z.boolean(),
      // Values as JSON; those that stay as they are are not named.
      changes: list(z.object({ name: z.string(), from: z.string(), to: z.string() })),
      leftOut: leftOut(),
    }),
    z.object({
      kind: z.literal('unreadable'),
      why: z.enum(['too-large', 'no-json', 'other-format', 'newer', 'damaged']),
    }),
  ]),
);

/** Whether settings follow the person, and what lies in storage.sync. */
export const followingView = once(() =>
  z.object({
    on: z.boolean(),
    there: z.enum(['nothing', 'readable', 'newer', 'damaged']),
    changedAt: z.nullable(epochMs()),
  }),
);

/** What a settings file turned out to be. */
export type SettingsFileOutcome = z.infer<ReturnType<typeof settingsFileOutcome>>;
/** Whether settings follow the person. */
export type FollowingView = z.infer<ReturnType<typeof followingView>>;
