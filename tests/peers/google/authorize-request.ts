import type { GoogleClient } from './google-options.ts';
import { scopeNamed, splitScopes } from './scopes.ts';

/** A request to the authorisation endpoint that Google would act upon. */
export interface AuthorizeRequest {
  readonly client: GoogleClient;
  readonly redirectUri: string;
  readonly responseType: 'code' | 'token';
  readonly scopes: readonly string[];
  readonly state: string | null;
  readonly prompts: ReadonlySet<string>;
  readonly loginHint: string | null;
  readonly includeGranted: boolean;
  readonly offline: boolean;
  readonly challenge: PkceChallenge | null;
  readonly nonce: string | null;
}

/** PKCE, RFC 7636; Google takes S256 and plain (its discovery document, PROVIDERS.md A1 "Endpoints"). */
export interface PkceChallenge {
  readonly value: string;
  readonly method: 'S256' | 'plain';
}

/** What Google shows on a page of its own instead of sending the browser back. */
export interface AuthorizeError {
  readonly status: 400 | 401 | 403;
  readonly code: string;
  readonly detail: string;
}

/** Thrown while reading a request; caught by `readAuthorizeRequest`. */
class Refusal extends Error {
  readonly shown: AuthorizeError;
  constructor(shown: AuthorizeError) {
    super(shown.detail);
    this.shown = shown;
  }
}

/** Reads the query of the authorisation endpoint, or says what Google's error page would. */
export function readAuthorizeRequest(
  query: URLSearchParams,
  clients: readonly GoogleClient[],
): { readonly request: AuthorizeRequest } | { readonly error: AuthorizeError } {
  try {
    return { request: read(query, clients) };
  } catch (error) {
    if (error instanceof Refusal) return { error: error.shown };
    throw error;
  }
}

function read(query: URLSearchParams, clients: readonly GoogleClient[]): AuthorizeRequest {
  const clientId = wanted(query, 'client_id');
  const client = clients.find((each) => each.id === clientId);
  if (!client) throw refusal(401, 'invalid_client', 'The OAuth client was not found.');
  const redirectUri = wanted(query, 'redirect_uri');
  checkRedirect(client, redirectUri);
  const responseType = wanted(query, 'response_type');
  if (responseType !== 'code' && responseType !== 'token') {
    throw refusal(400, 'unsupported_response_type', `Invalid response_type: ${responseType}`);
  }
  const scopes = splitScopes(wanted(query, 'scope'));
  checkScopes(scopes);
  const prompts = readPrompts(query);
  if (responseType === 'token') refuseCodeParameters(query);
  return {
    client,
    redirectUri,
    responseType,
    scopes,
    state: query.get('state'),
    prompts,
    loginHint: query.get('login_hint'),
    includeGranted: query.get('include_granted_scopes') === 'true',
    offline: query.get('access_type') === 'offline',
    challenge: readChallenge(query),
    nonce: query.get('nonce'),
  };
}

function wanted(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value !== null && value !== '') return value;
  throw refusal(400, 'invalid_request', `Missing required parameter: ${name}`);
}

/**
 * PROVIDERS.md A1: the match is exact, path included; a client of type "Chrome Extension" ends here
 * too when launchWebAuthFlow's chromiumapp.org address is used with it.
 */
function checkRedirect(client: GoogleClient, redirectUri: string): void {
  if (client.type === 'web' && client.redirectUris.includes(redirectUri)) return;
  throw refusal(
    400,
    'redirect_uri_mismatch',
    `The redirect URI in the request, ${redirectUri}, does not match the ones authorized for the OAuth client.`,
  );
}

function checkScopes(scopes: readonly string[]): void {
  const unknown = scopes.filter((name) => scopeNamed(name) === null);
  if (unknown.length === 0) return;
  const list = unknown.map((name) => `"${name}"`).join(', ');
  throw refusal(400, 'invalid_scope', `Some requested scopes were invalid. {invalid=[${list}]}`);
}

function readPrompts(query: URLSearchParams): ReadonlySet<string> {
  const prompts = new Set((query.get('prompt') ?? '').split(' ').filter((name) => name !== ''));
  const known = ['none', 'consent', 'select_account'];
  const bad = [...prompts].find((name) => !known.includes(name));
  // developers.google.com/identity/openid-connect/openid-connect#authenticationuriparameters: none stands alone.
  if (bad !== undefined || (prompts.has('none') && prompts.size > 1)) {
    const value = query.get('prompt') ?? '';
    throw refusal(400, 'invalid_request', `Invalid parameter value for prompt: '${value}'`);
  }
  return prompts;
}

/** "Parameter not allowed for this message type", met by clients that leave PKCE on in the token flow. */
function refuseCodeParameters(query: URLSearchParams): void {
  const names = ['code_challenge_method', 'code_challenge'];
  if (query.get('access_type') === 'offline') names.push('access_type');
  const present = names.find((name) => query.has(name));
  if (present === undefined) return;
  const detail = `Parameter not allowed for this message type: ${present}`;
  throw refusal(400, 'invalid_request', detail);
}

function readChallenge(query: URLSearchParams): PkceChallenge | null {
  const value = query.get('code_challenge');
  if (value === null) return null;
  const method = query.get('code_challenge_method') ?? 'plain';
  if (method === 'S256' || method === 'plain') return { value, method };
  throw refusal(400, 'invalid_request', `Invalid code_challenge_method: ${method}`);
}

function refusal(status: AuthorizeError['status'], code: string, detail: string): Refusal {
  return new Refusal({ status, code, detail });
}
