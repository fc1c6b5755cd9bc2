import type { ProviderDeclaration, Rung } from '../providers/providers.ts';
import type { AccountRecord } from './account-record.ts';
import { RUNGS } from '../vocabulary/vocabulary.ts';

/** Each rung once, lowest right first. */
export function inOrder(rungs: readonly Rung[]): Rung[] {
  return RUNGS.filter((each) => rungs.includes(each));
}

/** Scopes that say who the person is (OpenID Connect Core 5.4 and 11). They give no right over a mailbox. */
const IDENTITY_SCOPES: readonly string[] = [
  'openid',
  'email',
  'profile',
  'offline_access',
  // Google's answers name two of them so (PROVIDERS A1).
  'https://www.googleapis.com/auth/userinfo.email',
  'https://www.googleapis.com/auth/userinfo.profile',
  // Microsoft's for asking that of Graph: whoever lacks it is not told who the person is.
  'User.Read',
];

type Declared = Pick<ProviderDeclaration, 'rungs' | 'authorization'>;

/** Whether such an account can have that right at all. */
export function canHaveRung(
  { rungs, workRungs }: Pick<ProviderDeclaration, 'rungs' | 'workRungs'>,
  { accountType }: Pick<AccountRecord, 'accountType'>,
  rung: Rung,
): boolean {
  if (rungs[rung] === null) return false;
  return accountType !== 'personal' || !workRungs.includes(rung);
}

/** What came of asking for a rung. */
export interface GrantedRights {
  /** The rungs that stand on what was asked for and given. */
  readonly rungs: readonly Rung[];
  /** Rights that were asked for and not given: boxes left unticked. */
  readonly missing: readonly string[];
  /** Rights that were given although neither this rung nor one that is held asks for them. */
  readonly more: readonly string[];
}

/**
 * Compares what was granted with what was asked for a rung. Only rights are compared: servers name
 * the identity scopes anew in their answers, or leave them out, and who the person is they tell when
 * they are asked. What came unasked gives no rung: the person took no such step. (A work account's
 * token at Microsoft carries everything that was ever allowed, tests/peers/microsoft/README.md.)
 */
export function grantedRights(
  { rungs, authorization }: Declared,
  asked: { readonly rung: Rung; readonly held: readonly Rung[] },
  granted: readonly string[],
): GrantedRights {
  const { scopePrefix } = authorization;
  const bare = (scope: string): string =>
    scopePrefix !== '' && scope.startsWith(scopePrefix) ? scope.slice(scopePrefix.length) : scope;
  const given = new Set(granted.map(bare).filter((scope) => !IDENTITY_SCOPES.includes(scope)));
  const rightsOf = (rung: Rung): readonly string[] =>
    (rungs[rung] ?? []).map(bare).filter((scope) => !IDENTITY_SCOPES.includes(scope));
  const wanted = rightsOf(asked.rung);
  const known = [...wanted, ...asked.held.flatMap(rightsOf)];
  const stands = (rung: Rung): boolean => {
    const rights = rightsOf(rung);
    return rights.length > 0 && rights.every((right) => wanted.includes(right) && given.has(right));
  };
  return {
    rungs: RUNGS.filter(stands),
    missing: wanted.filter((right) => !given.has(right)),
    more: [...given].filter((right) => !known.includes(right)),
  };
}
