/**
 * Room `oauth`: asks an authorisation server for tokens, and says what its answers mean.
 *
 * One half does I/O (`create-oauth.ts`, `token-endpoint.ts`), the other decides and can be read
 * alone. The code flow with PKCE is oauth4webapi's; the token flow (RFC 6749 4.2), which that does
 * not do, is ours. An answer counts only for the one attempt that asked for it: exact redirect URI,
 * state used once, the right issuer, no parameter twice, in the part of the URL where its flow puts
 * it (RFC 6749, 9207, 9700). It stores nothing. Called by accounts.
 */
import type { EpochMs, Secret } from '../platform/platform.ts';
import type { AuthorizationServer } from './authorization-server.ts';

export type {
  AuthorizationServer,
  ErrorCodes,
  ErrorMeaning,
  Flow,
  Tenancy,
} from './authorization-server.ts';
export { flowOf } from './authorization-attempt.ts';
export { createOAuth } from './create-oauth.ts';
export { isTenantName } from './tenancy.ts';
export type { OAuthParts } from './oauth-parts.ts';

/** A registered client. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: Secret | null;
  /** Whose accounts may sign in: an authority's name, an id or a domain; null for the default. */
  readonly tenant: string | null;
}

/** What is asked for, and how. */
export interface AuthorizeRequest {
  readonly server: AuthorizationServer;
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  /**
   * OpenID Connect Core 3.1.2.1. `none` never shows anything to the person; all others may. Null
   * leaves it out: the server asks for what is missing.
   */
  readonly prompt: 'none' | 'consent' | 'select_account' | 'select_account consent' | null;
  /** The address to sign in with; null lets the person choose. */
  readonly loginHint: string | null;
  /** For the call log; null when no account is involved yet. */
  readonly accountId: string | null;
}

/** A refresh token to be used. */
export interface RefreshRequest {
  readonly server: AuthorizationServer;
  readonly client: OAuthClient;
  readonly refreshToken: Secret;
  /** What it was granted for: what an answer without `scope` stands for (RFC 6749 6). */
  readonly scopes: readonly string[];
  readonly accountId: string | null;
}

/** What was granted. */
export interface Grant {
  readonly accessToken: Secret;
  readonly expiresAt: EpochMs;
  /** As the server names them; they may be fewer than were asked for. */
  readonly scopes: readonly string[];
  /** Null when none came: then an earlier one stays good. */
  readonly refreshToken: Secret | null;
  /** When the refresh token ends for good; null when the server does not say. */
  readonly refreshTokenEndsAt: EpochMs | null;
  /** Who signed in, by the id_token; null when there was none. */
  readonly person: {
    /** The organisation's `tid`; null where the server has none. */
    readonly tenant: string | null;
    /** What they sign in with, for the next `login_hint`; null when it was not told. */
    readonly signInName: string | null;
  } | null;
}

/** OAuth errors that only the person can end, by signing in. */
export type SignedOutReason =
  | 'invalid_grant'
  | 'interaction_required'
  | 'login_required'
  | 'consent_required'
  | 'access_denied';

/** Why there was no answer that could be used; it may be there in a while. */
export type UnavailableReason =
  'offline' | 'timeout' | 'network' | 'provider-error' | 'rate-limit' | 'strange-answer';

/** Codes of our own in `refused`, besides the server's. */
export type CheckCode =
  /** The browser came back to another address than ours. */
  | 'wrong_redirect'
  /** The answer is not to what was asked. */
  | 'wrong_state'
  /** Another server answered, or one that must name itself did not. */
  | 'wrong_issuer'
  | 'duplicate_parameter'
  /** In the fragment what belongs into the query, or the other way round. */
  | 'wrong_response_mode'
  | 'wrong_token_type'
  /** The person is of another organisation than the client lets in. */
  | 'wrong_tenant'
  /** The id_token is not for us, not from this server, or not for this attempt. */
  | 'wrong_id_token'
  /** By this device's clock the answer has long expired or is not yet good. */
  | 'wrong_clock'
  /** The redirect URI is registered for another type of client than one that runs in a browser. */
  | 'wrong_client_type'
  /** The server showed a page of its own: it knows the client or its redirect URI not. */
  | 'not_recognised';

/** Why there is no grant. */
export type NoGrant =
  | { readonly kind: 'signed-out'; readonly why: SignedOutReason }
  /** The server, or a check of ours, refuses. `code` is its `error` or a `CheckCode`. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** An administrator of the person's organisation is in the way; `approvable`: and can say yes. */
  | {
      readonly kind: 'needs-admin';
      readonly code: string;
      readonly detail: string;
      readonly approvable: boolean;
    }
  /** `retryAfterMs` is what the server asked for, a day at most; left out when it did not say. */
  | {
      readonly kind: 'unavailable';
      readonly reason: UnavailableReason;
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'needs-host'; readonly host: string };

/** How a refresh ended. */
export type RefreshOutcome = { readonly kind: 'granted'; readonly grant: Grant } | NoGrant;

/** How an authorisation ended. `signed-out` comes with `prompt: 'none'` only, `cancelled` never with it. */
export type AuthorizeOutcome = RefreshOutcome | { readonly kind: 'cancelled' };

/** How the trial of a client ended. */
export type TrialOutcome =
  /** `typeSeen` is false when only a sign-in can show that the redirect URI is of the right type. */
  | { readonly kind: 'works'; readonly typeSeen: boolean }
  /** The server knows the client, but showed a page of its own. */
  | { readonly kind: 'redirect-not-registered'; readonly redirectUri: string }
  | { readonly kind: 'not-recognised' }
  | Exclude<NoGrant, { readonly kind: 'signed-out' | 'needs-admin' }>;

/** Authorisation, renewal, and the trial of a client. None of these throws for what a server says. */
export interface OAuth {
  authorize(request: AuthorizeRequest): Promise<AuthorizeOutcome>;
  refresh(request: RefreshRequest): Promise<RefreshOutcome>;
  /** Tries a client without showing anything and without keeping what comes. */
  tryClient(request: Pick<AuthorizeRequest, 'server' | 'client' | 'scopes'>): Promise<TrialOutcome>;
  /** The exact redirect URI that is to be registered with the server. */
  redirectUri(server: Pick<AuthorizationServer, 'redirectPath'>): string;
}
