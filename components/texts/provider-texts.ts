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

/** What was typed looks otherwise than the provider's own do; it can be saved all the same. */
export function oddValueText(
  provider: string,
  { label, help }: Pick<ProviderView['clientFields'][number], 'label' | 'help'>,
): string {
  return `What stands under “${label}” doesn’t look like one of ${provider}’s. ${help} Nothing was saved. Compare it with the provider’s console, or save it all the same.`;
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
