import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { part } from './microsoft-ids.ts';
import {
  type MicrosoftAccount,
  type MicrosoftClient,
  objectIdOf,
  primaryAddress,
  tenantOf,
} from './microsoft-options.ts';

/** Signs identity tokens and publishes the key. */
export interface IdTokens {
  sign(claims: IdClaims): string;
  /** The JWK set of /{authority}/discovery/v2.0/keys. */
  keys(): { readonly keys: readonly unknown[] };
}

/** What an identity token is made from. */
export interface IdClaims {
  readonly account: MicrosoftAccount;
  readonly client: MicrosoftClient;
  readonly scopes: ReadonlySet<string>;
  readonly nonce: string | null;
  readonly issuedAt: number;
}

const KEY_ID = 'peer-key-1';

/** The key pair is made when it is first needed: most tests never do. */
export function createIdTokens(): IdTokens {
  let pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | null = null;
  const keyPair = () => (pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
  return {
    sign: (claims) => {
      const signed = `${part({ typ: 'JWT', alg: 'RS256', kid: KEY_ID })}.${part(payload(claims))}`;
      const signature = createSign('RSA-SHA256').update(signed).sign(keyPair().privateKey);
      return `${signed}.${signature.toString('base64url')}`;
    },
    keys: () => {
      const jwk = keyPair().publicKey.export({ format: 'jwk' });
      return { keys: [{ ...jwk, kid: KEY_ID, use: 'sig', alg: 'RS256' }] };
    },
  };
}

/** The issuer always names the account's own tenant, whichever authority was asked (entra-docs id-token-claims-reference.md, `iss`). */
export function issuerOf(account: MicrosoftAccount): string {
  return `https://login.microsoftonline.com/${tenantOf(account)}/v2.0`;
}

function payload({ account, client, scopes, nonce, issuedAt }: IdClaims): unknown {
  const seconds = Math.floor(issuedAt / 1000);
  return {
    ver: '2.0',
    iss: issuerOf(account),
    // "a pairwise identifier … unique to a particular application ID" (id-token-claims-reference.md, `sub`).
    sub: createHash('sha256').update(`${client.id} ${account.id}`).digest('base64url'),
    aud: client.id,
    exp: seconds + 3_600,
    iat: seconds,
    nbf: seconds,
    tid: tenantOf(account),
    ...(scopes.has('profile') && {
      name: account.name,
      preferred_username: account.email,
      oid: objectIdOf(account),
    }),
    ...(scopes.has('email') && account.mail !== null && { email: primaryAddress(account) }),
    ...(nonce !== null && { nonce }),
  };
}
