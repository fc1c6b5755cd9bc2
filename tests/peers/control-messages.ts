import * as z from 'zod/mini';
import type { CorsMode } from './cors.ts';
import type { FaultPlan, HoldPoint } from './faults.ts';
import type { RequestMatch } from './request-match.ts';

/**
 * What the control door takes, as JSON. Patterns are strings here (`pathPattern`, `query`,
 * `contentRange`); a fault looks as in faults.ts.
 */

const match = z.strictObject({
  host: z.optional(z.string()),
  method: z.optional(z.string()),
  path: z.optional(z.string()),
  pathPattern: z.optional(z.string()),
  query: z.optional(z.string()),
  contentRange: z.optional(z.string()),
});

const bytes = z.number().check(z.int(), z.nonnegative());

const fault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cut-before-body') }),
  z.strictObject({ kind: z.literal('cut-mid-body'), afterBytes: bytes }),
  z.strictObject({ kind: z.literal('cut-after-accept') }),
  z.strictObject({ kind: z.literal('cut-mid-answer'), afterBytes: bytes }),
  z.strictObject({ kind: z.literal('fail-after-accept'), status: z.int() }),
  z.strictObject({ kind: z.literal('answer-status'), status: z.int() }),
  z.strictObject({
    kind: z.literal('refuse'),
    status: z.int(),
    headers: z.optional(z.record(z.string(), z.string())),
    body: z.optional(z.string()),
  }),
  z.strictObject({
    kind: z.literal('too-many-requests'),
    retryAfterSeconds: z.optional(z.number()),
  }),
  z.strictObject({ kind: z.literal('unauthorized') }),
  z.strictObject({ kind: z.literal('slow-body'), bytesPerSecond: z.number().check(z.positive()) }),
  z.strictObject({ kind: z.literal('slow-answer'), delayMs: bytes }),
  z.strictObject({ kind: z.literal('forget-session'), status: z.literal([404, 410]) }),
  z.strictObject({ kind: z.literal('answer-range'), range: z.nullable(z.string()) }),
  z.strictObject({ kind: z.literal('answer-location'), location: z.nullable(z.string()) }),
  z.strictObject({ kind: z.literal('answer-length'), offBy: z.int() }),
  z.strictObject({
    kind: z.literal('answer-garbage'),
    status: z.optional(z.int()),
    body: z.optional(z.string()),
  }),
]);

const faultPlan = z.strictObject({
  match,
  fault,
  nth: z.optional(z.int()),
  times: z.optional(z.int()),
});

const hold = z.strictObject({
  match,
  at: z.optional(z.union([z.literal(['arrived', 'taken']), z.strictObject({ afterBytes: bytes })])),
  nth: z.optional(z.int()),
});

const corsMode = z.enum(['exposed', 'hidden', 'refused']);
const cors = z.strictObject({ mode: corsMode, match: z.optional(match) });

/** @throws when the JSON is not a plan of a fault. */
export function readFaultPlan(value: unknown): FaultPlan {
  const plan = faultPlan.parse(value);
  return {
    ...withoutAbsent(plan),
    match: readMatch(plan.match),
    fault: withoutAbsent(plan.fault),
  };
}

/** @throws when the JSON is not a request for a hold. */
export function readHold(value: unknown): {
  readonly match: RequestMatch;
  readonly at?: HoldPoint;
  readonly nth?: number;
} {
  const asked = hold.parse(value);
  return { ...withoutAbsent(asked), match: readMatch(asked.match) };
}

/** @throws when the JSON is not a CORS mode, with or without a match. */
export function readCors(value: unknown): {
  readonly mode: CorsMode;
  readonly match: RequestMatch | null;
} {
  const asked = cors.parse(value);
  return { mode: asked.mode, match: asked.match ? readMatch(asked.match) : null };
}

/** @throws when the JSON does not say by how much the clock is to be moved. */
export function readAdvance(value: unknown): number {
  return z.strictObject({ advanceMs: bytes }).parse(value).advanceMs;
}

/** @throws when the JSON is not an object of switches. */
export function readSwitches(value: unknown): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(value);
}

function readMatch(given: z.infer<typeof match>): RequestMatch {
  const path = given.pathPattern === undefined ? given.path : new RegExp(given.pathPattern);
  return withoutAbsent({
    host: given.host,
    method: given.method,
    path,
    query: given.query === undefined ? undefined : new RegExp(given.query),
    contentRange: given.contentRange === undefined ? undefined : new RegExp(given.contentRange),
  });
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Drops what is undefined: the shapes say "absent", not "undefined". */
function withoutAbsent<T extends object>(value: T): Present<T> {
  const present = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(present) as Present<T>;
}
