import type { Grant } from '../oauth/oauth.ts';
import type { EpochMs, Secret } from '../platform/platform.ts';
import type { Authorization } from '../providers/providers.ts';
import type { AccountRecord } from './account-record.ts';

type RefreshTokens = AccountRecord['refreshTokens'];

/**
 * The refresh tokens with a new one in the place of its rung's. Where none came the old ones stay:
 * a server that does not rotate says nothing (RFC 6749 6).
 */
export function withRefreshToken(
  before: RefreshTokens,
  { token, ...about }: Omit<RefreshTokens[number], 'token'> & { readonly token: Secret | null },
): RefreshTokens {
  if (token === null) return before;
  return [...before.filter(({ rung }) => rung !== about.rung), { ...about, token: token.reveal() }];
}

/**
 * When a refresh token ends for good; null when no end is known. One that came in the place of
 * another has the end of that one: rotation does not move it (PROVIDERS B1).
 */
export function endOfRefreshToken(
  { refreshTokenLifeMs }: Pick<Authorization, 'refreshTokenLifeMs'>,
  { refreshTokenEndsAt }: Pick<Grant, 'refreshTokenEndsAt'>,
  about: { readonly now: EpochMs; readonly rotated: RefreshTokens[number] | null },
): EpochMs | null {
  if (refreshTokenEndsAt !== null) return refreshTokenEndsAt;
  if (about.rotated) return about.rotated.endsAt;
  return refreshTokenLifeMs === null ? null : about.now + refreshTokenLifeMs;
}
