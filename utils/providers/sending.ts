import type { Mailbox, OtherSender } from '../mail/mail.ts';
import type { MessageInput } from '../mime/mime.ts';
import type { EpochMs, Secret } from '../platform/platform.ts';
import type { Rung, SignInReason, WaitReason } from '../vocabulary/vocabulary.ts';

/** Where an upload can go on. Opaque, and a bearer secret: whoever has it can send as the person. */
export type ResumeHandle = Secret;

/** The message as bytes that can be asked for again. */
export interface MessageBytes {
  readonly sizeBytes: number;
  /** The bytes from `fromByte` to before `toByte`. The same answer each time, in memory of its own. */
  read(fromByte: number, toByte: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Who sends, as the provider has to know it. */
export interface SendingAccount {
  /** The account's own address and name. */
  readonly mailbox: Mailbox;
  /** Further addresses that may stand in From, as the person noted them. */
  readonly otherSenders: readonly OtherSender[];
  /** What the person has granted, as last seen. */
  readonly grantedRungs: readonly Rung[];
}

/** One mail to be sent: the same each time that it is asked for. */
export interface SendJob {
  /** The account's random id, for the call log. */
  readonly accountId: string;
  readonly account: SendingAccount;
  /** The whole mail, Bcc in it where the declaration says that the provider reads it there. */
  readonly message: MessageBytes;
  /** What `message` is made of, for a provider that sends text and files apart. */
  readonly parts: MessageInput;
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

/** Which token is wanted. */
export interface TokenRequest {
  /** The right that the next act needs; `send` when it is left out. */
  readonly rung?: Rung;
  /** True when the provider refused the token that was given last for this rung. */
  readonly rejected?: boolean;
}

/** What a provider may use while it sends. Every one of these may be the last thing the worker does. */
export interface SendContext {
  /** A token for one act. Asked again after a 401, with `rejected: true`. */
  token(request?: TokenRequest): Promise<TokenOutcome>;
  /** Where to go on; null begins anew. */
  readonly resume: ResumePoint | null;
  /** How often this mail has met something unexpected since it was queued. */
  readonly setbacks: number;
  /**
   * Resolves after a strict commit. No further byte leaves before that. A later one takes the place
   * of the one before, until `beforeFinalSlice`.
   */
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
  /** `retryAfterMs` is what was asked for; left out when nobody said. */
  | {
      readonly kind: 'unavailable';
      readonly reason: WaitReason;
      readonly retryAfterMs?: number;
    }
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
  /** Nobody knows: ask `settle`. `retryAfterMs` is what the provider asked for; left out when it did not say. */
  | { readonly kind: 'unknown'; readonly reason: WaitReason; readonly retryAfterMs?: number }
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
