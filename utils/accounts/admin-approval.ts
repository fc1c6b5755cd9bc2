import type { NoGrant, OAuthClient } from '../oauth/oauth.ts';
import type { ProviderDeclaration, Rung } from '../providers/providers.ts';
import type { StoredHealth } from './account-record.ts';

/** What the person can hand to their administrator: which client, which rights, and where to approve. */
export function needsAdmin(
  { rungs, authorization }: ProviderDeclaration,
  { code, approvable }: Extract<NoGrant, { readonly kind: 'needs-admin' }>,
  about: {
    readonly client: OAuthClient;
    readonly rung: Rung;
    /** The person's own organisation, where it is known already. */
    readonly tenant: string | null;
  },
): Extract<StoredHealth, { readonly kind: 'needs-admin' }> {
  const { client, rung } = about;
  const { tenancy } = authorization;
  const named =
    tenancy && client.tenant !== null && !Object.hasOwn(tenancy.authorities, client.tenant)
      ? client.tenant
      : null;
  const tenant = about.tenant ?? named;
  const link =
    tenancy && approvable
      ? tenancy.approvalPage
          .replace('{tenant}', encodeURIComponent(tenant ?? tenancy.approvalTenant))
          .replace('{clientId}', encodeURIComponent(client.clientId))
      : null;
  return {
    kind: 'needs-admin',
    code,
    clientId: client.clientId,
    tenant,
    scopes: [...(rungs[rung] ?? [])],
    link,
  };
}
