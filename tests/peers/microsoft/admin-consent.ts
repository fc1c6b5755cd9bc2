import type { Aadsts } from './aadsts.ts';
import { missingParameter, personalNotSupported, unknownScope } from './aadsts-errors.ts';
import { readAuthority } from './authority.ts';
import {
  type ReadRequest,
  readReturnAddressOrRefuse,
  type Registrations,
} from './authorize-request.ts';
import { allGraphScopes, readScopes, type Scope } from './scopes.ts';

/**
 * Reads GET /{tenant}/v2.0/adminconsent (entra-docs v2-admin-consent.md): an administrator signs in and allows the
 * app for everybody. The older /{tenant}/adminconsent has no `scope`; it asks for what the app was registered with.
 */
export function readAdminConsent(
  authorityName: string,
  query: URLSearchParams,
  registrations: Registrations & { readonly isOld: boolean },
): ReadRequest {
  const read = readReturnAddressOrRefuse(query, registrations.clients);
  if ('shown' in read) return read;
  const { to } = read;
  const authority = readAuthority(authorityName, registrations.tenants);
  if ('refused' in authority) return { shown: authority.refused, appName: to.client.appName };
  // "Do not use 'common', as personal accounts cannot provide admin consent except in the context of a tenant."
  if (authority.accepts === 'personal' || authority.accepts === 'all') {
    return { shown: personalNotSupported(), appName: to.client.appName };
  }
  const wanted = registrations.isOld ? allGraphScopes() : scopesOf(query);
  if ('code' in wanted) return { returned: wanted, to };
  const request = {
    ...to,
    authority,
    scopes: wanted,
    // An administrator is always asked who they are.
    prompt: 'select_account' as const,
    loginHint: query.get('login_hint'),
    challenge: null,
    nonce: null,
  };
  return { request };

  function scopesOf(parameters: URLSearchParams): readonly Scope[] | Aadsts {
    const { scopes, unknown } = readScopes(parameters.get('scope') ?? '');
    if (unknown[0] !== undefined) return unknownScope(unknown[0], to.client);
    return scopes.length > 0 ? scopes : missingParameter('scope');
  }
}
