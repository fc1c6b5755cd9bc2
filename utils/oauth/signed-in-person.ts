import * as oauth from 'oauth4webapi';
import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import type { AuthorizationServer, Grant } from './oauth.ts';
import { issuerOf } from './tenancy.ts';

const withIdToken = once(() => z.object({ id_token: z.string().check(z.maxLength(65_536)) }));
const issuerClaims = once(() =>
  z.object({ tid: z.optional(z.unknown()), iss: z.optional(z.unknown()) }),
);
const personClaims = once(() =>
  z.object({
    tid: z.optional(z.catch(z.nullable(z.string()), null)),
    preferred_username: z.optional(z.catch(z.nullable(z.string().check(z.maxLength(320))), null)),
  }),
);

/**
 * The issuer that the id_token of this answer must name: where every organisation is one of its
 * own, the template filled with the token's `tid` (entra-docs id-token-claims-reference.md, `iss`);
 * elsewhere the one issuer, with its scheme or, as Google may name itself, without
 * (https://developers.google.com/identity/openid-connect/openid-connect, `iss`).
 * Nothing else is believed of the token here: the library then holds it against this issuer. The
 * template itself, which no token can name, when there is no `tid`.
 */
export async function issuerOfAnswer(
  { issuer, tenancy }: Pick<AuthorizationServer, 'issuer' | 'tenancy'>,
  response: Response,
): Promise<string> {
  const claims = claimsOf(parsed(await response.clone().text()));
  if (tenancy) return issuerOf(issuer, claims?.tid) ?? issuer;
  const bare = issuer.replace('https://', '');
  return claims?.iss === bare ? bare : issuer;
}

/** Who signed in, by an id_token that the library has checked; null without one. */
export function personOf(fields: oauth.TokenEndpointResponse): Grant['person'] {
  const claims = oauth.getValidatedIdTokenClaims(fields);
  if (!claims) return null;
  const read = personClaims().safeParse(claims);
  return {
    tenant: read.data?.tid ?? null,
    signInName: read.data?.preferred_username ?? null,
  };
}

function claimsOf(answer: unknown): z.infer<ReturnType<typeof issuerClaims>> | null {
  const token = withIdToken().safeParse(answer);
  const payload = token.success ? (token.data.id_token.split('.')[1] ?? '') : '';
  const claims = issuerClaims().safeParse(parsed(decoded(payload)));
  return claims.success ? claims.data : null;
}

/** '' for what is not base64url. */
function decoded(base64url: string): string {
  try {
    return atob(base64url.replace(/-/g, '+').replace(/_/g, '/'));
  } catch {
    return '';
  }
}

/** Null for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
