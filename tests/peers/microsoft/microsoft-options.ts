import type { MovableClock } from '../clock.ts';

/**
 * Who may allow an app in a tenant (entra-docs manage-app-consent-policies.md, PROVIDERS.md B1 "User-consent policy").
 * `microsoft` is the default of 2026: everybody may allow what is not on Microsoft's list of exclusions;
 * `everybody` allows all but admin-only permissions; `nobody` leaves all of it to administrators.
 */
export type UserConsent = 'microsoft' | 'everybody' | 'nobody';

/** A company's directory. */
export interface MicrosoftTenant {
  /** A GUID. */
  readonly id: string;
  /** Also an authority: `login.microsoftonline.com/<domain>/…`. */
  readonly domain: string;
  readonly name: string;
  /** Default `microsoft`. */
  readonly userConsent?: UserConsent;
  /** True: people can ask for approval on the page, instead of being told to (AADSTS90095). */
  readonly approvalWorkflow?: boolean;
  /** Largest message; 35 MB unless the administrator chose another (PROVIDERS.md B2). */
  readonly messageLimitBytes?: number;
}

/** An account that can sign in on the local pages. */
export interface MicrosoftAccount {
  /** The name to sign in with (userPrincipalName). */
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** Work: the object id, a GUID. Personal: 16 hexadecimal digits, as Graph's /me says. */
  readonly id: string;
  /** The tenant's id; absent for a personal account. */
  readonly tenant?: string;
  /** The primary address where it differs from `email`; null when /me says none. */
  readonly mail?: string | null;
  /** Further addresses of the same mailbox. */
  readonly aliases?: readonly string[];
  /** Shared mailboxes that Exchange lets this person send as. */
  readonly sharedMailboxes?: readonly string[];
  /** May approve apps for the whole tenant. */
  readonly isAdmin?: boolean;
  /** False: no mailbox in the cloud, so that every mail call is refused. */
  readonly hasMailbox?: boolean;
}

/** How a redirect address is registered; the rules of the token endpoint hang on it (PROVIDERS.md B1). */
export type RedirectType = 'spa' | 'web' | 'native';

/** An app registration. */
export interface MicrosoftClient {
  /** A GUID. */
  readonly id: string;
  readonly appName: string;
  /** Compared character by character. */
  readonly redirectUris: readonly { readonly uri: string; readonly type: RedirectType }[];
  /** For `web` redirect addresses. */
  readonly secret?: string;
  /** "Supported account types" of the registration; `work-and-personal` unless told otherwise. */
  readonly audience?: 'work-and-personal' | 'work' | 'personal' | 'one-tenant';
  /** The tenant's id for `one-tenant`. */
  readonly tenant?: string;
}

/** What may be bent about the local Microsoft. Every default is what the sources say of the real one. */
export interface MicrosoftPeerOptions {
  readonly tenants: readonly MicrosoftTenant[];
  readonly accounts: readonly MicrosoftAccount[];
  readonly clients: readonly MicrosoftClient[];
  /** Default: real time, movable by `advance`. */
  readonly clock?: MovableClock;
  /** Random bytes for tokens and ids; default node:crypto. */
  readonly randomBytes?: (length: number) => Uint8Array;
  /** Life of an access token; by default random from 3,600 to 5,400 s (PROVIDERS.md B1), 3,600 for personal accounts. */
  readonly accessTokenSeconds?: number;
  /** Hands accepted mail to an SMTP server on loopback (the inbox). Without it mail is only kept in `deliveries`. */
  readonly smtpPort?: number;
}

/** What can be changed while the peer runs. Where sources differ, or could not be tried, there is a switch. */
export interface MicrosoftSwitches {
  /** Limits of PROVIDERS.md B2; false turns them off (tests that are not about them). */
  quota: boolean;
  /** How Retry-After is written: `2.128`, `3`, or not at all. */
  retryAfter: 'fraction' | 'whole' | 'none';
  /** PROVIDERS.md B2: 30 messages a minute. */
  messagesPerMinute: number;
  /** Messages a day; null: no limit. Microsoft publishes none for Outlook.com (PROVIDERS.md B2). */
  messagesPerDay: number | null;
  /** Message-ID that recipients see of a MIME message: Exchange's or the client's. Not documented. */
  messageId: 'replace' | 'keep';
  /** `scope` in the token answer: `https://graph.microsoft.com/Mail.Send` or `Mail.Send`; both were seen. */
  scopeForm: 'long' | 'short';
  /**
   * What an access token may do. `as-real`: a work account's holds everything that was ever allowed to the app
   * (microsoft-authentication-library-for-dotnet#1713: "access tokens will have all effective scopes"),
   * a personal one's what was asked. `asked`: what was asked, for both.
   */
  tokenScopes: 'as-real' | 'asked';
  /** Whether `Origin: null` counts as an Origin: PROVIDERS.md H, reports differ (Firefox sends it). */
  nullOrigin: 'counts' | 'refused';
  /** The 24 h of a SPA's refresh tokens: carried over on rotation, or begun anew (PROVIDERS.md H, "Whether SPA RT expiry rolls"). */
  spaEnd: 'carried' | 'rolling';
  /** "Stay signed in?": shown, or as if answered before. `no` leaves a cookie that dies with the browser. */
  staySignedIn: 'ask' | 'yes' | 'no';
  /** What an app is told when the person turns back at "Need admin approval": 90094, or 65004 as for any refusal. */
  approvalRefused: 'AADSTS90094' | 'AADSTS65004';
  /** `error` of a refused consent: 2023's reports say access_denied, 2020's consent_required (azure-docs#114009, mainpuzzleserver#571). */
  declined: 'access_denied' | 'consent_required';
  /** `error` of prompt=none without consent: the flow's documentation says interaction_required, MSAL knows both. */
  silentConsent: 'interaction_required' | 'consent_required';
  /** How a MIME message beyond 2,240 KB fares: docs-contrib#3079 saw 200 instead of 202, and nothing sent. */
  bigMime: 'accepted' | 'dropped-with-200';
  /**
   * How a sent draft is found: by its immutable id at once, only after a while (outlook-immutable-id.md: "may
   * take time"), or under another id although documented otherwise (microsoft-graph-docs#1533, #11969).
   */
  sentCopy: 'at-once' | 'late' | 'other-id';
  /**
   * What DELETE does to a message: Outlook's own deletes move to Deleted Items first, and clients of
   * Graph tell the same of DELETE (message-permanentdelete.md exists beside it). It stays a draft there.
   */
  deletion: 'out-of-sight' | 'to-deleted-items';
  /** Where files go: the second was given by the live Graph (microsoft-graph-docs-contrib#8880, python-o365#1027). */
  uploadHost: 'outlook.office.com' | 'outlook.office365.com';
  /** Spelling in answers of an upload session; the second was seen in other clouds (msgraph-sdk-dotnet#2092). */
  rangesSpelling: 'nextExpectedRanges' | 'NextExpectedRanges';
  /** What sendMail with a deferral property does: connectonion#1198 saw it sent at once and a second time at the hour. */
  deferredSendMail: 'held' | 'sent-twice';
}

/** The tenant of all personal accounts: `tid` and issuer of their tokens (entra-docs id-token-claims-reference.md). */
export const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** The tenant that tokens of this account name. */
export function tenantOf(account: MicrosoftAccount): string {
  return account.tenant ?? PERSONAL_TENANT;
}

/** `oid` of tokens: a personal account's id is padded to a GUID (entra-docs id-token-claims-reference.md). */
export function objectIdOf({ id, tenant }: MicrosoftAccount): string {
  return tenant === undefined ? `00000000-0000-0000-${id.slice(0, 4)}-${id.slice(4)}` : id;
}

/** The address that this mailbox sends from. */
export function primaryAddress({ mail, email }: MicrosoftAccount): string {
  return mail ?? email;
}

/** The account with this sign-in name, or null. */
export function accountNamed(
  accounts: readonly MicrosoftAccount[],
  email: string,
): MicrosoftAccount | null {
  return accounts.find((each) => each.email.toLowerCase() === email.toLowerCase()) ?? null;
}
