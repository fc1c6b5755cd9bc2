/** What is said of providers before anything is linked. */
import type { ProviderView } from '../../utils/messaging/messaging.ts';

const KINDS: Readonly<Partial<Record<ProviderView['id'], string>>> = {
  gmail: 'Gmail and Google Workspace',
  outlook: 'Outlook.com, Hotmail and Microsoft 365',
};

/** Which mailboxes a provider has. */
export function mailboxesText({ id, name }: Pick<ProviderView, 'id' | 'name'>): string {
  return KINDS[id] ?? name;
}

const TENANTS: Readonly<Record<string, string>> = {
  common: 'Any: work, school and personal accounts',
  organizations: 'Work and school accounts',
  consumers: 'Personal accounts',
};

/** Whose accounts may sign in, for a name that a provider offers; the name itself where there is no text. */
export function tenantText(tenant: string): string {
  return (Object.hasOwn(TENANTS, tenant) ? TENANTS[tenant] : undefined) ?? tenant;
}
