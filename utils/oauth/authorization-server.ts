/** What the room has to know of an authorisation server. A provider's declaration has this shape. */

/** How tokens are asked for: `token` is RFC 6749 4.2, `code` is 4.1 with PKCE (RFC 7636). */
export type Flow = 'token' | 'code';

/** A server at which every organisation is an issuer of its own. */
export interface Tenancy {
  /**
   * Names that stand for more than one organisation, and whose accounts each lets in: `common`.
   * Besides these a client may name one organisation, by its id (a GUID) or a domain of its.
   */
  readonly authorities: Readonly<Record<string, 'any' | 'work' | 'personal'>>;
  /** What stands for `{tenant}` in the endpoints when the client names none. */
  readonly defaultTenant: string;
  /** The `tid` that every personal account has. */
  readonly personalTenant: string;
}

/** What a server's own error code means, where `error` alone does not tell. */
export type ErrorMeaning =
  /** An administrator has to approve the client for this organisation. */
  | 'needs-approval'
  /** A policy of the organisation is in the way, which approving the client does not lift. */
  | 'blocked-by-policy'
  /** The consent is missing or was withdrawn. */
  | 'consent-required'
  /** Nobody is signed in, or not far enough: a second factor, a changed password. */
  | 'sign-in-required'
  /** The person said no. */
  | 'declined'
  /** The client is not registered as it should be; the person can put it right. */
  | 'client-refused'
  /** Trouble of the server's own that passes. */
  | 'passing';

/** A server's own error codes, which say more than `error` does. */
export interface ErrorCodes {
  /**
   * What a code looks like where the words of `error_description` begin with one, as a regular
   * expression without anchors: `AADSTS[0-9]+`. Null where codes stand in `error` alone.
   */
  readonly pattern: string | null;
  /** Meanings by code, whole. A code that is not named says no more than `error`. */
  readonly meanings: Readonly<Record<string, ErrorMeaning>>;
}

/** An authorisation server, as a provider declares it. */
export interface AuthorizationServer {
  /** With a tenancy a template: `{tenantid}` stands for the `tid` of the id_token. */
  readonly issuer: string;
  /** Null where there is one issuer for everybody. Else `{tenant}` stands in both endpoints. */
  readonly tenancy: Tenancy | null;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** The last part of the redirect URI; one for each server, so that answers can't be mixed up. */
  readonly redirectPath: string;
  /** The flow for a client without a secret: `token` (RFC 6749 4.2) or `code` with PKCE (RFC 7636). */
  readonly flowWithoutSecret: Flow;
  /** Null when the server takes no secret from us: one that is there is not used. */
  readonly flowWithSecret: 'code' | null;
  /** Flows in which an answer without `iss` is refused (RFC 9207). A wrong one always is. */
  readonly issRequiredIn: readonly Flow[];
  /** Sent with every authorisation request of that flow. */
  readonly extraParameters: Readonly<Record<Flow, Readonly<Record<string, string>>>>;
  /** Null where `error` tells everything. */
  readonly errorCodes: ErrorCodes | null;
}
