import type { Aadsts } from './aadsts.ts';
import { accountDisabled, blockedByPolicy, mfaNeeded } from './aadsts-errors.ts';

/**
 * What stands between an account and its tokens beside a password: a second factor that is asked for anew
 * (AADSTS50076), a policy of the company (53003), or that the account was disabled (50057).
 */
export type Standing = 'fine' | 'second-factor-needed' | 'blocked' | 'disabled';

/** The standing of every account. */
export interface Standings {
  of(email: string): Standing;
  set(email: string, standing: Standing): void;
}

/** All fine at first. */
export function createStandings(): Standings {
  const all = new Map<string, Standing>();
  return {
    of: (email) => all.get(email) ?? 'fine',
    set: (email, standing) => void all.set(email, standing),
  };
}

/** The error of a request that cannot ask the person; null when nothing stands in the way. */
export function standingComplaint(standing: Standing, where: 'token' | 'silent'): Aadsts | null {
  const name = where === 'token' ? 'invalid_grant' : null;
  switch (standing) {
    case 'fine':
      return null;
    case 'second-factor-needed':
      return mfaNeeded(name ?? 'interaction_required');
    case 'blocked':
      return blockedByPolicy(name ?? 'access_denied');
    case 'disabled':
      return accountDisabled(name ?? 'interaction_required');
  }
}
