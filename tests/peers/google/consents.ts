/** What a person has allowed a project to do. */
export interface Consent {
  readonly scopes: ReadonlySet<string>;
  /** Whether a refresh token was allowed. */
  readonly offline: boolean;
}

/**
 * What people have allowed, per account and project: clients of one project share it
 * (PROVIDERS.md A1 include_granted_scopes, A4).
 */
export interface Consents {
  of(account: string, project: string): Consent;
  /** Adds to what was allowed; never takes away. */
  add(account: string, project: string, consent: Consent): void;
  /** Takes all away: revocation is per project, not per token (PROVIDERS.md A4). */
  remove(account: string, project: string): void;
}

/** Nothing allowed at first. */
export function createConsents(): Consents {
  const all = new Map<string, Consent>();
  const key = (account: string, project: string): string => `${project} ${account}`;
  const none: Consent = { scopes: new Set(), offline: false };
  const of: Consents['of'] = (account, project) => all.get(key(account, project)) ?? none;
  return {
    of,
    add: (account, project, more) => {
      const before = of(account, project);
      all.set(key(account, project), {
        scopes: new Set([...before.scopes, ...more.scopes]),
        offline: before.offline || more.offline,
      });
    },
    remove: (account, project) => void all.delete(key(account, project)),
  };
}
