import { aadsts, type Aadsts } from './aadsts.ts';
import type { MicrosoftClient } from './microsoft-options.ts';

/** The errors of the token endpoint alone; see aadsts-errors.ts. */

/** microsoft-authentication-library-for-js#5196 (with origin), umijs/umi-request#299 (whole body). */
export const notForBrowsers = (origin: string): Aadsts =>
  aadsts(
    9002326,
    'invalid_request',
    `Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '${origin}'.`,
  );

/** nextauthjs/next-auth#9414 has a whole body. */
export const onlyForBrowsers = (): Aadsts =>
  aadsts(
    9002327,
    'invalid_request',
    "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
  );

export const secretFromPublicClient = (): Aadsts =>
  aadsts(
    700025,
    'invalid_client',
    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  );

export const secretMissing = (): Aadsts =>
  aadsts(
    7000218,
    'invalid_client',
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  );

export const secretWrong = ({ id }: MicrosoftClient): Aadsts =>
  aadsts(
    7000215,
    'invalid_client',
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${id}'.`,
  );

export const unknownGrantType = (type: string): Aadsts =>
  aadsts(70003, 'unsupported_grant_type', `The app requested an unsupported grant type '${type}'.`);

/** microsoft-authentication-library-for-js#1611 (a code that is none), #6076 (a refresh token that is none). */
export const malformedGrant = (): Aadsts =>
  aadsts(9002313, 'invalid_grant', 'Invalid request. Request is malformed or invalid.');

export const codeRedeemed = (): Aadsts =>
  aadsts(
    54005,
    'invalid_grant',
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  );

export const codeExpired = (): Aadsts =>
  aadsts(
    70008,
    'invalid_grant',
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    'bad_token',
  );

export const codeOfOtherTenant = (): Aadsts =>
  aadsts(
    700005,
    'invalid_grant',
    'Provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for (/common or /{tenant-ID} as appropriate).',
  );

export const otherClientsGrant = (): Aadsts =>
  aadsts(70000, 'invalid_grant', 'Provided grant is invalid or malformed.');

/** Clients behind proxies meet it as invalid_client. */
export const otherRedirect = (sent: string, first: string): Aadsts =>
  aadsts(
    500112,
    'invalid_client',
    `The reply address '${sent}' does not match the reply address '${first}' provided when requesting Authorization code.`,
  );

export const verifierWrong = (): Aadsts =>
  aadsts(
    501481,
    'invalid_grant',
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  );

/** microsoft-authentication-library-for-js#7033 has a whole body. */
export const spaTokenExpired = (issuedAt: number): Aadsts =>
  aadsts(
    700084,
    'invalid_grant',
    `The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was issued on ${new Date(issuedAt).toISOString().replace('Z', '0000+00:00')}.`,
    'bad_token',
  );

export const tokenInactive = (issuedAt: number): Aadsts =>
  aadsts(
    700082,
    'invalid_grant',
    `The refresh token has expired due to inactivity. The token was issued on ${new Date(issuedAt).toISOString()} and was inactive for 90.00:00:00.`,
    'bad_token',
  );

export const freshTokenNeeded = (): Aadsts =>
  aadsts(
    50173,
    'invalid_grant',
    'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    'bad_token',
  );

/** A personal account's token service, whatever the reason (Softeria/ms-365-mcp-server#522). */
export const personalGrantExpired = (): Aadsts =>
  aadsts(
    70000,
    'invalid_grant',
    'The user could not be authenticated as the grant is expired. The user must sign in again.',
    'bad_token',
  );
