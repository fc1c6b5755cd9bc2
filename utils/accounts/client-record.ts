import * as z from 'zod/mini';
import { isTenantName } from '../oauth/oauth.ts';
import { once } from '../once/once.ts';
import type { Authorization } from '../providers/providers.ts';

/** An OAuth client that the person entered: sealed, in storage.local, under the provider's id. */
export const clientRecords = {
  kind: 'oauth-client',
  version: 2,
  schema: once(() =>
    z.object({
      clientId: z.string().check(z.minLength(1)),
      clientSecret: z.nullable(z.string().check(z.minLength(1))),
      /** Whose accounts may sign in; null for the provider's default. */
      tenant: z.nullable(z.string().check(z.minLength(1))),
    }),
  ),
  migrate: {
    // Version 1 knew no provider with tenants.
    1: (older: unknown) => ({ ...z.looseObject({}).parse(older), tenant: null }),
  },
} as const;

/** A client as a person types it. */
export interface TypedClient {
  readonly clientId: string;
  readonly clientSecret: string | null;
  /** Null or '' for the provider's default. */
  readonly tenant: string | null;
}

/** A client as stored, or as a build carries it. */
export type ClientRecord = z.infer<ReturnType<typeof clientRecords.schema>>;

/**
 * What is stored of what was typed: no secret that the provider would not take, no tenant that is
 * the default. Null when the tenant can't be one.
 */
export function recordOfTyped(
  authorization: Pick<Authorization, 'tenancy' | 'flowWithSecret'> | null,
  typed: TypedClient,
): ClientRecord | null {
  const tenancy = authorization?.tenancy ?? null;
  const tenant = typed.tenant?.trim().toLowerCase() || null;
  if (tenancy && tenant !== null && !isTenantName(tenancy, tenant)) return null;
  const clientSecret = authorization?.flowWithSecret ? typed.clientSecret?.trim() : null;
  return {
    clientId: typed.clientId.trim(),
    clientSecret: clientSecret || null,
    tenant: tenancy && tenant !== tenancy.defaultTenant ? tenant : null,
  };
}
