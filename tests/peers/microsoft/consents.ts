/** What people and administrators have allowed an app (entra-docs permissions-consent-overview.md). */
export interface Consents {
  /** All that the app may do for this person: their own consent and their tenant's. Names of scopes. */
  of(who: Who): ReadonlySet<string>;
  /** Adds to what the person has allowed; never takes away. */
  add(who: Who, names: Iterable<string>): void;
  /** An administrator allows it for everybody in the tenant. */
  approve(tenant: string, client: string, names: Iterable<string>): void;
  /** The person takes their own consent back; the tenant's stays. */
  remove(who: Who): void;
  /** The apps that the person has allowed themselves. */
  clientsOf(account: string): readonly string[];
}

/** A person and an app. */
export interface Who {
  readonly account: string;
  /** The person's tenant; the tenant of all personal accounts for a personal one. */
  readonly tenant: string;
  readonly client: string;
}

/** Nothing allowed at first. */
export function createConsents(): Consents {
  const byPeople = new Map<string, Map<string, Set<string>>>();
  const byTenants = new Map<string, Set<string>>();
  const own = ({ account, client }: Pick<Who, 'account' | 'client'>): Set<string> =>
    byPeople.get(account)?.get(client) ?? new Set();
  return {
    of: (who) => new Set([...own(who), ...(byTenants.get(`${who.tenant} ${who.client}`) ?? [])]),
    add: (who, names) => {
      const apps = byPeople.get(who.account) ?? new Map<string, Set<string>>();
      apps.set(who.client, new Set([...own(who), ...names]));
      byPeople.set(who.account, apps);
    },
    approve: (tenant, client, names) => {
      const key = `${tenant} ${client}`;
      byTenants.set(key, new Set([...(byTenants.get(key) ?? []), ...names]));
    },
    remove: ({ account, client }) => void byPeople.get(account)?.delete(client),
    clientsOf: (account) => [...(byPeople.get(account)?.keys() ?? [])],
  };
}
