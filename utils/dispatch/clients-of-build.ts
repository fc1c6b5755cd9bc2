import type { ProviderDeclaration, ProviderId } from '../providers/providers.ts';

/** A client that a build carries. It never has a secret: whoever has the build could read it. */
interface BuildClient {
  readonly clientId: string;
  readonly clientSecret: null;
  readonly tenant: null;
}

/**
 * The OAuth clients that a build carries, by provider: `WXT_<PROVIDER>_CLIENT_ID` in the build's
 * environment. A person's own client goes before them.
 */
export function clientsOfBuild(
  declarations: readonly ProviderDeclaration[],
  environment: Readonly<Record<string, unknown>>,
): ReadonlyMap<ProviderId, BuildClient> {
  const clients = new Map<ProviderId, BuildClient>();
  for (const { id } of declarations) {
    const clientId = environment[`WXT_${id.toUpperCase()}_CLIENT_ID`];
    if (typeof clientId === 'string' && clientId !== '') {
      clients.set(id, { clientId, clientSecret: null, tenant: null });
    }
  }
  return clients;
}
