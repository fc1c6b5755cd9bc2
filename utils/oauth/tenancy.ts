import type { AuthorizationServer, OAuthClient, Tenancy } from './oauth.ts';

/** Where the organisation stands in an endpoint. */
const IN_ENDPOINT = '{tenant}';
/** Where Microsoft's metadata writes it in `issuer` (entra-docs id-token-claims-reference.md). */
const IN_ISSUER = '{tenantid}';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DOMAIN =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/** Whether a text can name whose accounts may sign in: an authority of the server, an id, a domain. */
export function isTenantName({ authorities }: Tenancy, text: string): boolean {
  return Object.hasOwn(authorities, text) || GUID.test(text) || DOMAIN.test(text);
}

/**
 * An endpoint with the client's organisation in its place.
 * @throws TypeError for a name that would make another address of it; the client book keeps none
 */
export function endpointFor(
  { tenancy }: Pick<AuthorizationServer, 'tenancy'>,
  { tenant }: Pick<OAuthClient, 'tenant'>,
  endpoint: string,
): string {
  if (!tenancy) return endpoint;
  const name = tenant ?? tenancy.defaultTenant;
  if (!isTenantName(tenancy, name)) throw new TypeError('not the name of a tenant');
  return endpoint.replace(IN_ENDPOINT, name.toLowerCase());
}

/** The `iss` that an id_token with this `tid` must have; null for a `tid` that is none. */
export function issuerOf(template: string, tid: unknown): string | null {
  if (typeof tid !== 'string' || !GUID.test(tid)) return null;
  return template.replace(IN_ISSUER, tid);
}

/** Whether `iss` of a redirect can be from this server, whichever the organisation. */
export function isIssuer(
  { issuer, tenancy }: Pick<AuthorizationServer, 'issuer' | 'tenancy'>,
  said: string,
): boolean {
  if (!tenancy) return said === issuer;
  const [before = '', after = ''] = issuer.split(IN_ISSUER);
  const tid = said.slice(before.length, said.length - after.length);
  return issuerOf(issuer, tid) === said;
}

/** Whether a person of this organisation may come in by the client's authority. */
export function letsIn(
  tenancy: Tenancy,
  client: Pick<OAuthClient, 'tenant'>,
  tid: string,
): boolean {
  const name = (client.tenant ?? tenancy.defaultTenant).toLowerCase();
  const personal = tid.toLowerCase() === tenancy.personalTenant;
  const accepts = Object.hasOwn(tenancy.authorities, name) ? tenancy.authorities[name] : undefined;
  switch (accepts) {
    case 'any':
      return true;
    case 'work':
      return !personal;
    case 'personal':
      return personal;
    case undefined:
      // Which id a domain has only the server knows; it is no personal one.
      return GUID.test(name) ? tid.toLowerCase() === name : !personal;
  }
}
