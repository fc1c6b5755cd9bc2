import type { MovableClock } from '../clock.ts';

/** A Google account that can sign in on the local pages. */
export interface GoogleAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** Google's lasting id (`sub`). */
  readonly subject: string;
  /** Addresses that From may carry besides `email` (Gmail settings, "Send mail as"). */
  readonly aliases?: readonly string[];
  /** The Workspace domain; absent for a consumer account. */
  readonly hostedDomain?: string;
}

/**
 * An OAuth client as registered in the console.
 * `web` is "Web application": it must show its secret at the token endpoint even with PKCE (PROVIDERS.md A1).
 * `chrome-extension` is "Chrome Extension": launchWebAuthFlow with it ends in redirect_uri_mismatch (A1).
 */
export interface GoogleClient {
  readonly id: string;
  readonly type: 'web' | 'chrome-extension';
  readonly secret: string;
  /** Compared character by character, path included (PROVIDERS.md A1, "Match is exact"). */
  readonly redirectUris: readonly string[];
  /** Shown on the consent page. */
  readonly appName: string;
  /** Clients of one project share what was granted, and lose it together (A1, A4). Default: one project for all. */
  readonly project?: string;
  /**
   * Publishing state (PROVIDERS.md A2, "Verification"): `unverified` shows the warning screen for
   * sensitive scopes, `testing` admits `testUsers` only and its refresh tokens die after 7 days.
   */
  readonly status?: 'verified' | 'unverified' | 'testing';
  readonly testUsers?: readonly string[];
}

/** What may be bent about the local Google. Every default is what the sources say of the real one. */
export interface GooglePeerOptions {
  readonly accounts: readonly GoogleAccount[];
  readonly clients: readonly GoogleClient[];
  /** Default: real time, movable by `advance`. */
  readonly clock?: MovableClock;
  /** Random bytes for tokens and ids; default node:crypto. */
  readonly randomBytes?: (length: number) => Uint8Array;
  /** Life of an access token; 3599 s by default (PROVIDERS.md A4). */
  readonly accessTokenSeconds?: number;
  /** Hands accepted mail to an SMTP server on loopback (the inbox). Without it mail is only kept in `deliveries`. */
  readonly smtpPort?: number;
}

/** What can be changed while the peer runs. */
export interface GoogleSwitches {
  /** Boxes of the consent page: `unticked` like Google's (google-api-javascript-client#754, #764), or `ticked`. */
  consentBoxes: 'unticked' | 'ticked';
  /** Send and read quota, PROVIDERS.md A3; false turns it off (merge tests that are not about quota). */
  quota: boolean;
  /** Where a quota answer names its time: live reports saw it in the text alone; the docs leave the header open. */
  retryTime: 'header-and-text' | 'header' | 'text' | 'none';
  /** Units a minute may hold, per account and project. */
  unitsPerMinute: number;
  /** Messages a day; null: 500 for consumers, 2,000 for Workspace (PROVIDERS.md A3). */
  messagesPerDay: number | null;
  /** `replace` puts Google's Message-ID in (PROVIDERS.md A3: "may replace"), `keep` keeps the client's. */
  messageId: 'replace' | 'keep';
  /** `iss` in the redirect (RFC 9207): in every answer, in code answers only, or never. */
  issuer: 'always' | 'code' | 'never';
}
