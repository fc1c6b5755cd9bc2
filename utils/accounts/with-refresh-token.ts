import type { Secret } from '../platform/platform.ts';
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
