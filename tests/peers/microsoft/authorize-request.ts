import type { Aadsts } from './aadsts.ts';
import {
  missingParameter,
  redirectMismatch,
  responseTypeOff,
  unknownClient,
  unknownPrompt,
  unknownResponseMode,
  unknownScope,
} from './aadsts-errors.ts';
import { type Authority, clientComplaint, readAuthority } from './authority.ts';
import type { MicrosoftClient, MicrosoftTenant, RedirectType } from './microsoft-options.ts';
import { readScopes, type Scope } from './scopes.ts';

/** Where an answer goes, once client and redirect address are known to belong together. */
export interface ReturnAddress {
  readonly client: MicrosoftClient;
  readonly redirectUri: string;
  readonly redirectType: RedirectType;
  readonly responseMode: 'query' | 'fragment';
  readonly state: string | null;
}

/** A request to the authorisation endpoint that can be acted upon (v2-oauth2-auth-code-flow.md). */
export interface AuthorizeRequest extends ReturnAddress {
  readonly authority: Authority;
  readonly scopes: readonly Scope[];
  readonly prompt: 'none' | 'login' | 'consent' | 'select_account' | null;
  readonly loginHint: string | null;
  readonly challenge: PkceChallenge | null;
  readonly nonce: string | null;
}

/** PKCE, RFC 7636; without a method it is plain (v2-oauth2-auth-code-flow.md, `code_challenge_method`). */
export interface PkceChallenge {
  readonly value: string;
  readonly method: 'S256' | 'plain';
}

/** Either the request, or the error and where it is said: on Microsoft's own page, or to the client. */
export type ReadRequest =
  | { readonly request: AuthorizeRequest }
  | { readonly shown: Aadsts; readonly appName: string }
  | { readonly returned: Aadsts; readonly to: ReturnAddress };

/** Thrown while reading; caught by `readAuthorizeRequest`. */
class Refusal extends Error {
  readonly error: Aadsts;
  constructor(error: Aadsts) {
    super(error.text);
    this.error = error;
  }
}

/** What is known of the world when a request is read. */
export interface Registrations {
  readonly clients: readonly MicrosoftClient[];
  readonly tenants: readonly MicrosoftTenant[];
}

/** Reads GET /{authority}/oauth2/v2.0/authorize. */
export function readAuthorizeRequest(
  authorityName: string,
  query: URLSearchParams,
  registrations: Registrations,
): ReadRequest {
  const appName =
    registrations.clients.find(({ id }) => id === query.get('client_id'))?.appName ?? 'This app';
  let to: ReturnAddress | null = null;
  try {
    const authority = readAuthority(authorityName, registrations.tenants);
    if ('refused' in authority) throw new Refusal(authority.refused);
    to = readReturnAddress(query, registrations.clients);
    const complaint = clientComplaint(to.client, authority);
    // The app is not one for this address: the person is told, not the app.
    if (complaint) return { shown: complaint, appName };
    return { request: { ...to, authority, ...readWishes(query, to) } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return to ? { returned: error.error, to } : { shown: error.error, appName };
  }
}

/** Client and redirect address alone, for addresses beside the authorisation endpoint. */
export function readReturnAddressOrRefuse(
  query: URLSearchParams,
  clients: readonly MicrosoftClient[],
): { readonly to: ReturnAddress } | { readonly shown: Aadsts; readonly appName: string } {
  try {
    return { to: readReturnAddress(query, clients) };
  } catch (error) {
    if (error instanceof Refusal) return { shown: error.error, appName: 'This app' };
    throw error;
  }
}

/** As long as client and redirect address do not fit, nothing is sent to the address. */
function readReturnAddress(
  query: URLSearchParams,
  clients: readonly MicrosoftClient[],
): ReturnAddress {
  const clientId = wanted(query, 'client_id');
  const client = clients.find(({ id }) => id === clientId);
  if (!client) throw new Refusal(unknownClient(clientId));
  const redirectUri = wanted(query, 'redirect_uri');
  const registered = client.redirectUris.find(({ uri }) => uri === redirectUri);
  if (!registered) throw new Refusal(redirectMismatch(redirectUri, client));
  const mode = query.get('response_mode') ?? 'query';
  if (mode !== 'query' && mode !== 'fragment') throw new Refusal(unknownResponseMode());
  const { type: redirectType } = registered;
  return { client, redirectUri, redirectType, responseMode: mode, state: query.get('state') };
}

function readWishes(
  query: URLSearchParams,
  { client }: ReturnAddress,
): Pick<AuthorizeRequest, 'scopes' | 'prompt' | 'loginHint' | 'challenge' | 'nonce'> {
  const responseType = wanted(query, 'response_type');
  if (responseType !== 'code') throw new Refusal(responseTypeOff(responseType));
  const { scopes, unknown } = readScopes(wanted(query, 'scope'));
  if (unknown[0] !== undefined) throw new Refusal(unknownScope(unknown[0], client));
  return {
    scopes,
    prompt: readPrompt(query.get('prompt')),
    loginHint: query.get('login_hint'),
    challenge: readChallenge(query),
    nonce: query.get('nonce'),
  };
}

function wanted(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value !== null && value !== '') return value;
  throw new Refusal(missingParameter(name));
}

function readPrompt(value: string | null): AuthorizeRequest['prompt'] {
  switch (value) {
    case null:
    case '':
      return null;
    case 'none':
    case 'login':
    case 'consent':
    case 'select_account':
      return value;
    default:
      throw new Refusal(unknownPrompt());
  }
}

function readChallenge(query: URLSearchParams): PkceChallenge | null {
  const value = query.get('code_challenge');
  if (value === null || value === '') return null;
  return { value, method: query.get('code_challenge_method') === 'S256' ? 'S256' : 'plain' };
}
