import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { generate } from 'selfsigned';
import { ISSUER } from './authorize-answer.ts';
import type { GoogleAccount } from './google-options.ts';

/** Signs identity tokens and publishes the key. */
export interface IdTokens {
  sign(claims: IdClaims): string;
  /** The JWK set of www.googleapis.com/oauth2/v3/certs. */
  keys(): { readonly keys: readonly unknown[] };
  /** The same key as X.509, by key id: www.googleapis.com/oauth2/v1/certs, which Google's Node library reads. */
  certificates(): Promise<Readonly<Record<string, string>>>;
}

/** What an identity token says (developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload). */
export interface IdClaims {
  readonly account: GoogleAccount;
  readonly clientId: string;
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
      const head = part({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' });
      const signed = `${head}.${part(payload(claims))}`;
      const signature = createSign('RSA-SHA256').update(signed).sign(keyPair().privateKey);
      return `${signed}.${signature.toString('base64url')}`;
    },
    certificates: async () => {
      const pem = {
        publicKey: keyPair().publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        privateKey: keyPair().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
      const subject = [
        { name: 'commonName', value: 'federated-signon.system.gserviceaccount.com' },
      ];
      const { cert } = await generate(subject, { algorithm: 'sha256', keyPair: pem });
      return { [KEY_ID]: cert };
    },
    keys: () => {
      const jwk = keyPair().publicKey.export({ format: 'jwk' });
      return { keys: [{ ...jwk, kid: KEY_ID, use: 'sig', alg: 'RS256' }] };
    },
  };
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function payload({ account, clientId, scopes, nonce, issuedAt }: IdClaims): unknown {
  const seconds = Math.floor(issuedAt / 1000);
  return {
    iss: ISSUER,
    azp: clientId,
    aud: clientId,
    ...personClaims(account, scopes),
    ...(nonce !== null && { nonce }),
    iat: seconds,
    exp: seconds + 3600,
  };
}

/** Who the person is, as far as the scopes allow to say; userinfo answers the same. */
export function personClaims(account: GoogleAccount, scopes: ReadonlySet<string>): object {
  const may = (name: string): boolean =>
    scopes.has(`https://www.googleapis.com/auth/userinfo.${name}`);
  const [givenName = account.name, ...familyName] = account.name.split(' ');
  return {
    sub: account.subject,
    ...(may('profile') && {
      name: account.name,
      given_name: givenName,
      family_name: familyName.join(' '),
    }),
    ...(may('email') && { email: account.email, email_verified: true }),
    ...(account.hostedDomain !== undefined && { hd: account.hostedDomain }),
  };
}
