import type { PeerClock } from '../clock.ts';
import { s256 } from '../google/google-ids.ts';
import type { PeerAnswer, PeerRequest } from '../peer.ts';
import { wholeBody } from '../request-body.ts';
import type { Aadsts, AadstsVoice } from './aadsts.ts';
import { missingParameter, onlyPost, unknownClient } from './aadsts-errors.ts';
import {
  codeExpired,
  codeOfOtherTenant,
  codeRedeemed,
  freshTokenNeeded,
  malformedGrant,
  notForBrowsers,
  onlyForBrowsers,
  otherClientsGrant,
  otherRedirect,
  personalGrantExpired,
  secretFromPublicClient,
  secretMissing,
  secretWrong,
  spaTokenExpired,
  tokenInactive,
  unknownGrantType,
  verifierWrong,
} from './aadsts-token-errors.ts';
import { type Authority, clientComplaint, readAuthority } from './authority.ts';
import type { IssuedCode } from './authorize-answer.ts';
import type { PkceChallenge } from './authorize-request.ts';
import type {
  MicrosoftAccount,
  MicrosoftClient,
  MicrosoftSwitches,
  MicrosoftTenant,
  RedirectType,
} from './microsoft-options.ts';
import { answerGrant, type Grant, type TokenAnswerParts } from './token-answer.ts';
import type { RefreshFinding } from './tokens.ts';

/** What the token endpoint works with. */
export interface TokenEndpointParts extends TokenAnswerParts {
  readonly clock: PeerClock;
  readonly tenants: readonly MicrosoftTenant[];
  readonly clients: readonly MicrosoftClient[];
  readonly codes: Map<string, IssuedCode>;
  readonly switches: MicrosoftSwitches;
  readonly voice: AadstsVoice;
  /** Requests whose answers a page may not read (v2-oauth2-auth-code-flow.md: no CORS header unless the redirect is `spa`). */
  readonly unreadable: WeakSet<PeerRequest>;
}

/** A token request that came in. */
interface Call {
  readonly parts: TokenEndpointParts;
  readonly request: PeerRequest;
  readonly form: URLSearchParams;
  readonly client: MicrosoftClient;
  readonly authority: Authority;
}

/** POST /{authority}/oauth2/v2.0/token (v2-oauth2-auth-code-flow.md; PROVIDERS.md B1). */
export async function answerToken(
  parts: TokenEndpointParts,
  authorityName: string,
  request: PeerRequest,
): Promise<PeerAnswer> {
  const correlationId = request.headers['client-request-id'];
  const refuse = (error: Aadsts): PeerAnswer => parts.voice.json(error, correlationId);
  if (request.method !== 'POST') return refuse(onlyPost(request.method));
  const form = new URLSearchParams((await wholeBody(request.body)).toString());
  const authority = readAuthority(authorityName, parts.tenants);
  if ('refused' in authority) return refuse(authority.refused);
  const grantType = form.get('grant_type');
  if (grantType === null) return refuse(missingParameter('grant_type'));
  const clientId = form.get('client_id') ?? basicUser(request.headers['authorization']);
  if (clientId === null) return refuse(missingParameter('client_id'));
  const client = parts.clients.find(({ id }) => id === clientId);
  if (!client) return refuse(unknownClient(clientId));
  const complaint = clientComplaint(client, authority);
  if (complaint) return refuse(complaint);
  const grant = readGrant({ parts, request, form, client, authority }, grantType);
  return 'code' in grant ? refuse(grant) : answerGrant(parts, grant, refuse);
}

function readGrant(call: Call, grantType: string): Grant | Aadsts {
  switch (grantType) {
    case 'authorization_code':
      return redeemCode(call);
    case 'refresh_token':
      return useRefreshToken(call);
    default:
      return unknownGrantType(grantType);
  }
}

function basicUser(authorization: string | undefined): string | null {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  return decodeURIComponent(Buffer.from(encoded, 'base64').toString().split(':')[0] ?? '');
}

function secretOf({ form, request }: Call): string | null {
  const encoded = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  const basic =
    encoded === undefined ? null : Buffer.from(encoded, 'base64').toString().split(':')[1];
  return form.get('client_secret') ?? form.get('client_assertion') ?? basic ?? null;
}

/**
 * Who may redeem from where: a SPA from a page only and without a secret, everybody else not from a page
 * (v2-oauth2-auth-code-flow.md, "Redirect URIs for single-page apps"; PROVIDERS.md B1 has the codes).
 */
function originComplaint(call: Call, type: RedirectType): Aadsts | null {
  const { parts, request, client } = call;
  const origin = request.headers['origin'];
  const counts =
    origin !== undefined && (origin !== 'null' || parts.switches.nullOrigin === 'counts');
  const secret = secretOf(call);
  if (type !== 'spa') parts.unreadable.add(request);
  if (type === 'spa' && !counts) return onlyForBrowsers();
  if (type !== 'spa' && counts) return notForBrowsers(origin);
  if (type !== 'web') return secret === null ? null : secretFromPublicClient();
  if (secret === null) return secretMissing();
  return secret === client.secret ? null : secretWrong(client);
}

function redeemCode(call: Call): Grant | Aadsts {
  const { parts, form, client, authority } = call;
  const value = form.get('code');
  if (value === null || value === '') return missingParameter('code');
  const issued = parts.codes.get(value);
  if (!issued) return malformedGrant();
  const { request, account } = issued;
  const wrongPlace = originComplaint(call, request.redirectType);
  if (wrongPlace) return wrongPlace;
  if (request.client.id !== client.id) return otherClientsGrant();
  const redirectUri = form.get('redirect_uri') ?? '';
  if (redirectUri !== request.redirectUri) return otherRedirect(redirectUri, request.redirectUri);
  if (!sameAuthority(authority, request.authority)) return codeOfOtherTenant();
  if (!verifies(request.challenge, form.get('code_verifier'))) return verifierWrong();
  // RFC 6749 section 4.1.2: one use only.
  if (issued.redeemed) return codeRedeemed();
  issued.redeemed = true;
  if (parts.clock.now() >= issued.expiresAt) return codeExpired();
  return {
    account,
    client,
    asked: new Set(request.scopes.map(({ name }) => name)),
    wish: form.get('scope'),
    isSpa: request.redirectType === 'spa',
    nonce: request.nonce,
    before: null,
  };
}

function sameAuthority(one: Authority, other: Authority): boolean {
  return one.accepts === other.accepts && one.tenant?.id === other.tenant?.id;
}

function verifies(challenge: PkceChallenge | null, verifier: string | null): boolean {
  if (!challenge) return verifier === null || verifier === '';
  const made = challenge.method === 'S256' ? s256(verifier ?? '') : verifier;
  return made === challenge.value;
}

function useRefreshToken(call: Call): Grant | Aadsts {
  const { parts, form, client } = call;
  const value = form.get('refresh_token');
  if (value === null || value === '') return missingParameter('refresh_token');
  const found = parts.tokens.refresh(value);
  if (found.kind === 'unknown') return malformedGrant();
  const { token } = found;
  const wrongPlace = originComplaint(call, token.isSpa ? 'spa' : refreshTypeOf(client));
  if (wrongPlace) return wrongPlace;
  if (token.client.id !== client.id) return otherClientsGrant();
  const dead = endOf(found, token.account);
  if (dead) return dead;
  const { account, scopes: asked, isSpa } = token;
  return { account, client, asked, wish: form.get('scope'), isSpa, nonce: null, before: token };
}

function refreshTypeOf({ redirectUris }: MicrosoftClient): RedirectType {
  return redirectUris.some(({ type }) => type === 'web') ? 'web' : 'native';
}

function endOf(
  found: Exclude<RefreshFinding, { kind: 'unknown' }>,
  account: MicrosoftAccount,
): Aadsts | null {
  const { kind, token } = found;
  if (kind === 'good') return null;
  if (account.tenant === undefined) return personalGrantExpired();
  if (kind === 'revoked') return freshTokenNeeded();
  return token.isSpa ? spaTokenExpired(token.issuedAt) : tokenInactive(token.issuedAt);
}
