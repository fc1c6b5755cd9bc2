import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { secret, type EpochMs } from '../platform/platform.ts';
import type { Grant, RefreshOutcome } from './oauth.ts';

/** RFC 6749 appendix A.12: what an access token is made of. Anything else can't be put in a header. */
const visibleAscii = once(() =>
  z.string().check(z.minLength(1), z.maxLength(16_384), z.regex(/^[\x20-\x7e]+$/)),
);

/** A day: no provider here gives more, and a cache must not believe in a token for years. */
const MAX_LIFE_SECONDS = 86_400;

/** RFC 6749 5.1 lets a server leave the life out; then it is taken to be short. */
const UNTOLD_LIFE_SECONDS = 300;

/** A life in JSON may come with a fraction; oauth4webapi has made a number of one that is text. */
const lifeSeconds = once(() => z.pipe(z.number().check(z.gte(1)), z.transform(Math.floor)));

/** The same of a refresh token, which the library does not read: it may come as text. */
const refreshLifeSeconds = once(() =>
  z.union([
    z.number().check(z.gte(0)),
    z.pipe(z.string().check(z.regex(/^\d{1,10}$/)), z.transform(Number)),
  ]),
);

/** A successful answer in either flow (RFC 6749 4.2.2 and 5.1), numbers already parsed. */
const tokenAnswer = once(() =>
  z.object({
    access_token: visibleAscii(),
    token_type: z.string(),
    expires_in: z.optional(lifeSeconds()),
    scope: z.optional(z.string()),
    refresh_token: z.optional(visibleAscii()),
    /** Microsoft's, for refresh tokens of pages, whose end does not move (PROVIDERS B1). */
    refresh_token_expires_in: z.optional(z.catch(z.nullable(refreshLifeSeconds()), null)),
  }),
);

/** The token flow's answer in the fragment. Everything there is text. */
const fragmentAnswer = once(() =>
  z.object({
    access_token: z.string(),
    token_type: z.string(),
    expires_in: z.optional(z.pipe(z.string().check(z.regex(/^\d{1,10}$/)), z.transform(Number))),
    scope: z.optional(z.string()),
  }),
);

/** Reads the grant from a fragment (RFC 6749 4.2.2). A refresh token has no place there. */
export function readFragmentGrant(
  parameters: URLSearchParams,
  asked: { readonly scopes: readonly string[]; readonly now: EpochMs },
): RefreshOutcome {
  const fields: Record<string, string> = Object.fromEntries(parameters);
  const strange = { kind: 'unavailable', reason: 'strange-answer' } as const;
  if ('code' in fields || 'refresh_token' in fields) return strange;
  const answer = fragmentAnswer().safeParse(fields);
  return answer.success ? readGrant(answer.data, { ...asked, person: null }) : strange;
}

/** What was asked, when, and who the id_token says signed in. */
export interface AskedGrant {
  readonly scopes: readonly string[];
  readonly now: EpochMs;
  readonly person: Grant['person'];
}

/** Reads the grant from the fields of an answer. An absent scope is what was asked (RFC 6749 5.1). */
export function readGrant(fields: unknown, { scopes, now, person }: AskedGrant): RefreshOutcome {
  const answer = tokenAnswer().safeParse(fields);
  if (!answer.success) return { kind: 'unavailable', reason: 'strange-answer' };
  const { access_token, token_type, scope, refresh_token } = answer.data;
  // RFC 6749 7.1: a token of a type that is not understood must not be used. 5.1: without regard to case.
  if (token_type.toLowerCase() !== 'bearer') {
    return { kind: 'refused', code: 'wrong_token_type', detail: '' };
  }
  const life = Math.min(answer.data.expires_in ?? UNTOLD_LIFE_SECONDS, MAX_LIFE_SECONDS);
  const refreshLife = answer.data.refresh_token_expires_in ?? null;
  const grant: Grant = {
    accessToken: secret(access_token),
    expiresAt: now + life * 1_000,
    scopes: scope === undefined ? scopes : scope.split(' ').filter((name) => name !== ''),
    refreshToken: refresh_token === undefined ? null : secret(refresh_token),
    refreshTokenEndsAt: refreshLife === null ? null : now + Math.floor(refreshLife) * 1_000,
    person,
  };
  return { kind: 'granted', grant };
}
