import type { Aadsts } from './aadsts.ts';
import {
  notMultiTenant,
  personalNotSupported,
  personalOnly,
  unknownTenant,
  workOnly,
  wrongTenant,
} from './aadsts-errors.ts';
import type { MicrosoftAccount, MicrosoftClient, MicrosoftTenant } from './microsoft-options.ts';
import { PERSONAL_TENANT } from './microsoft-options.ts';

/** Whose accounts an address of login.microsoftonline.com is for (PROVIDERS.md B1 "Authorities"). */
export interface Authority {
  /** As it stood in the path. */
  readonly name: string;
  readonly accepts: 'all' | 'work' | 'personal' | 'one-tenant';
  /** For `one-tenant`. */
  readonly tenant: MicrosoftTenant | null;
}

/** Reads the first part of the path: common, organizations, consumers, or a tenant's id or domain. */
export function readAuthority(
  name: string,
  tenants: readonly MicrosoftTenant[],
): Authority | { readonly refused: Aadsts } {
  const wanted = name.toLowerCase();
  if (wanted === 'common') return { name, accepts: 'all', tenant: null };
  if (wanted === 'organizations') return { name, accepts: 'work', tenant: null };
  if (wanted === 'consumers' || wanted === PERSONAL_TENANT) {
    return { name, accepts: 'personal', tenant: null };
  }
  const tenant = tenants.find(({ id, domain }) => id === wanted || domain === wanted);
  return tenant ? { name, accepts: 'one-tenant', tenant } : { refused: unknownTenant(name) };
}

/** Whether the registration allows this authority at all ("Supported account types"). */
export function clientComplaint(
  client: MicrosoftClient,
  { accepts, tenant }: Authority,
): Aadsts | null {
  switch (client.audience ?? 'work-and-personal') {
    case 'work-and-personal':
      return null;
    case 'work':
      return accepts === 'personal' ? workOnly(client) : null;
    case 'personal':
      return accepts === 'personal' ? null : personalOnly(client);
    case 'one-tenant':
      if (accepts === 'one-tenant' && tenant?.id === client.tenant) return null;
      return accepts === 'one-tenant'
        ? unknownTenant(tenant?.domain ?? '')
        : notMultiTenant(client);
  }
}

/** Whether this account may sign in here, and why not. */
export function accountComplaint(
  account: MicrosoftAccount,
  client: MicrosoftClient,
  { accepts, tenant }: Authority,
): Aadsts | null {
  const isWork = account.tenant !== undefined;
  if (!isWork) {
    const refused = accepts === 'work' || accepts === 'one-tenant' || client.audience === 'work';
    return refused ? personalNotSupported() : null;
  }
  return tenant !== null && tenant.id !== account.tenant ? wrongTenant(tenant) : null;
}
