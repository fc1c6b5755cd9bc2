/**
 * Room `providers`: the contract that every mail provider fulfils. No implementation lies here.
 *
 * A provider is a declaration (plain data: the manifest, the setup page and the privacy page are
 * built from it) and a `MailProvider` made from it. Nothing outside a provider's folder knows its
 * words. Called by accounts and outbox; implementations are registered in
 * entrypoints/background.ts alone.
 */
import type { EpochMs, Secret } from '../platform/platform.ts';
import type { ProviderId, Rung, SignInReason, WaitReason } from '../vocabulary/vocabulary.ts';

export type { ProviderId, Rung, SignInReason, WaitReason };

/** What a provider takes. */
export interface SendLimits {
  /** The whole message in bytes, as sent. */
  readonly messageBytes: number;
  /** To, Cc and Bcc together, per message. */
  readonly recipients: number;
  readonly sendsPerMinute: number;
  /** Null when the provider publishes none. */
  readonly sendsPerDay: number | null;
  readonly concurrentSends: number;
}

/** One thing that a person has to copy from the provider's console. */
export interface ClientField {
  readonly id: 'clientId' | 'clientSecret';
  readonly label: string;
  readonly required: boolean;
  /** Sealed when stored and never shown again. */
  readonly secret: boolean;
  readonly help: string;
}

/** How an account of this provider is linked; the setup page is built from it. */
export interface Authorization {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  /** RFC 7009; null when the provider has none. */
  readonly revocationEndpoint: string | null;
  readonly userinfoEndpoint: string;
  /** The last part of the redirect URI, which keeps the providers' answers apart. */
  readonly redirectPath: string;
  /** The flow for a client without a secret: `token` (RFC 6749 4.2) or `code` with PKCE (RFC 7636). */
  readonly flowWithoutSecret: 'token' | 'code';
  /** The flow for a client with a secret; null when a secret is not accepted. */
  readonly flowWithSecret: 'code' | null;
  /** Flows whose redirect must carry `iss` (RFC 9207). A wrong `iss` is refused in every flow. */
  readonly issRequiredIn: readonly ('token' | 'code')[];
  /** Sent with every authorisation request of that flow. */
  readonly extraParameters: {
    readonly token: Readonly<Record<string, string>>;
    readonly code: Readonly<Record<string, string>>;
  };
  /** Where a person withdraws consent by hand. */
  readonly consentPage: string;
  readonly clientFields: readonly ClientField[];
  /** The steps of registering a client; `{redirectUri}` stands for the exact redirect URI. */
  readonly setupSteps: readonly string[];
  readonly setupPage: string;
}

/** A provider as plain data. */
export interface ProviderDeclaration {
  readonly id: ProviderId;
  /** As people call it: `Gmail`. */
  readonly name: string;
  /** Scopes that each rung asks for; null where the provider has no such rung. */
  readonly rungs: Readonly<Record<Rung, readonly string[] | null>>;
  readonly limits: SendLimits;
  /** Every host that the worker may call for this provider. */
  readonly hosts: readonly string[];
  readonly authorization: Authorization;
}

/** Who an account is, as the provider says. */
export interface Identity {
  /** The provider's own immutable id of the person. */
  readonly subject: string;
  readonly address: string;
  /** '' when the provider does not say. */
  readonly name: string;
}

/** Outcome of asking who a token belongs to. */
export type IdentifyOutcome =
  | { readonly kind: 'identified'; readonly identity: Identity }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unavailable'; readonly reason: WaitReason }
  | { readonly kind: 'needs-host'; readonly host: string };

/** Where an upload can go on. Opaque, and a bearer secret: whoever has it can send as the person. */
export type ResumeHandle = Secret;

/** The message as bytes that can be asked for again. */
export interface MessageBytes {
  readonly sizeBytes: number;
  /** The bytes from `fromByte` to before `toByte`. The same answer each time. */
  read(fromByte: number, toByte: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** One mail to be sent. */
export interface SendJob {
  /** The account's random id, for the call log. */
  readonly accountId: string;
  readonly message: MessageBytes;
  /** The provider's thread to join; null for none. */
  readonly threadId: string | null;
}

/** What is stored about an earlier attempt. */
export interface EarlierAttempt {
  /** Null when none was checkpointed. */
  readonly handle: ResumeHandle | null;
  /** When the last bytes were about to leave; null when they never were. */
  readonly finalSliceAt: EpochMs | null;
  /** How often this mail has met something unexpected since it was queued. */
  readonly setbacks: number;
}

/** Where an interrupted upload goes on. */
export interface ResumePoint {
  readonly handle: ResumeHandle;
  readonly offset: number;
  /**
   * True when the last bytes had left before. Then only the session can tell what became of them:
   * whatever ends this attempt short of `sent` is `unknown`, not proof.
   */
  readonly finalSliceLeft: boolean;
}

/** What a provider may use while it sends. Every one of these may be the last thing the worker does. */
export interface SendContext {
  /** A token of the rung `send`. Asked again after a 401, with `rejected: true`. */
  token(options?: { readonly rejected: boolean }): Promise<TokenOutcome>;
  /** Where to go on; null begins anew. */
  readonly resume: ResumePoint | null;
  /** Resolves after a strict commit. No further byte leaves before that. */
  checkpoint(handle: ResumeHandle): Promise<void>;
  /** To be awaited before the last bytes leave; resolves after a strict commit. */
  beforeFinalSlice(): Promise<void>;
  progress(acknowledgedBytes: number): void;
  /**
   * True when the host permission makes every header of the host's answers readable. When false, a
   * header that is not there may be there and hidden by CORS.
   */
  canReadAllHeaders(host: string): Promise<boolean>;
  readonly signal: AbortSignal;
}

/** A token for one act, or why there is none. */
export type TokenOutcome =
  | { readonly kind: 'token'; readonly token: Secret }
  | { readonly kind: 'needs-sign-in'; readonly why: SignInReason }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'missing-right'; readonly rung: Rung }
  | { readonly kind: 'unavailable'; readonly reason: WaitReason }
  | { readonly kind: 'needs-host'; readonly host: string };

/** What the provider said about an accepted message. Null fields were not told. */
export interface Receipt {
  readonly messageId: string | null;
  readonly threadId: string | null;
  readonly acceptedAt: EpochMs;
}

/** How a send ended. All but `sent`, `unknown` and `stopped` are PROOF that the message was not accepted. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  /** `retryAfterMs` is what the provider asked for; null when it did not say. */
  | { readonly kind: 'retry'; readonly reason: WaitReason; readonly retryAfterMs: number | null }
  | { readonly kind: 'needs-sign-in'; readonly why: SignInReason }
  | { readonly kind: 'missing-right'; readonly rung: Rung }
  /** The provider refuses this client or this request, whatever the mail. The mail waits. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** The browser hides this host's answers until the person allows the host. The last bytes did not leave. */
  | { readonly kind: 'needs-host'; readonly host: string }
  /** Will never be accepted as it is. `code` is the provider's; a text for it is in the error texts. */
  | { readonly kind: 'rejected'; readonly code: string; readonly detail: string }
  /** Nobody knows: ask `settle`. */
  | { readonly kind: 'unknown'; readonly reason: WaitReason }
  /** Stopped by the signal before the last bytes left; what left is not a message. */
  | { readonly kind: 'stopped' };

/** What became of an earlier attempt. */
export type Settled =
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  /** Proof that it was not accepted and never will be: safe to begin anew. */
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'resume'; readonly handle: ResumeHandle; readonly offset: number }
  /** It could not be asked now; ask again. */
  | {
      readonly kind: 'ask-again';
      readonly reason: WaitReason;
      readonly retryAfterMs: number | null;
    }
  | { readonly kind: 'needs-sign-in'; readonly why: SignInReason }
  | { readonly kind: 'missing-right'; readonly rung: Rung }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'needs-host'; readonly host: string }
  /** The provider can't tell. The person decides. */
  | { readonly kind: 'unknowable' };

/** What became of a grant at the provider. */
export type RevokeOutcome =
  /** The call was made; whether it was answered readably is in `confirmed`. */
  | { readonly kind: 'revoked'; readonly confirmed: boolean }
  /** The provider has no such call: the person withdraws consent on this page. */
  | { readonly kind: 'local-only'; readonly consentPage: string }
  | { readonly kind: 'failed'; readonly reason: WaitReason };

/** What every provider can do. Gmail, Outlook, JMAP and SMTP each implement it; nothing else knows their words. */
export interface MailProvider {
  readonly declaration: ProviderDeclaration;
  identify(token: Secret, accountId: string | null): Promise<IdentifyOutcome>;
  send(job: SendJob, context: SendContext): Promise<SendOutcome>;
  settle(job: SendJob, earlier: EarlierAttempt, context: SendContext): Promise<Settled>;
  /** Withdraws the grant that this token (access or refresh) belongs to. */
  revoke(token: Secret, accountId: string): Promise<RevokeOutcome>;
}
