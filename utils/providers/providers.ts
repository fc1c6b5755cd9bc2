/**
 * Room `providers`: the contract that every mail provider fulfils, and the little that they share.
 *
 * A provider is a declaration (plain data: the manifest, the setup page and the privacy page are
 * built from it) and a `MailProvider` made from it. What a send is and how it ends stands in
 * `sending.ts`, what may be sent in `send-limits.ts`, later sending by the provider itself in
 * `server-schedule.ts`. No implementation lies here, and nothing outside a provider's folder knows
 * its words. Called by accounts and outbox; providers are registered in entrypoints/background.ts.
 */
import type { AuthorizationServer, Tenancy as AuthorizationTenancy } from '../oauth/oauth.ts';
import type { Secret } from '../platform/platform.ts';
import type { ProviderId, Rung, WaitReason } from '../vocabulary/vocabulary.ts';
import type { SendLimits } from './send-limits.ts';
import type {
  EarlierAttempt,
  ResumeHandle,
  SendContext,
  SendJob,
  SendOutcome,
  Settled,
} from './sending.ts';
import type { ServerSchedule } from './server-schedule.ts';

export type { ProviderId, Rung, SignInReason, WaitReason } from '../vocabulary/vocabulary.ts';
export { parsedJson, shownCode, shownName, shownWords } from './answer-parts.ts';
export {
  callOnce,
  callWithToken,
  silenceOf,
  type Heard,
  type Silence,
  type TokenCall,
  type Unheard,
} from './call-with-token.ts';
export { limitsFor, rungForSize, type SendLimits } from './send-limits.ts';
export type {
  EarlierAttempt,
  MessageBytes,
  Receipt,
  ResumeHandle,
  ResumePoint,
  SendContext,
  SendJob,
  SendOutcome,
  SendingAccount,
  Settled,
  TokenOutcome,
  TokenRequest,
} from './sending.ts';
export { endOfStuck } from './stuck-upload.ts';
export { createSlicePace, SLICE_UNIT_BYTES, type SlicePace } from './slice-pace.ts';
export type {
  CancelOutcome,
  HeldMail,
  ScheduleOutcome,
  ScheduleSettled,
  ServerSchedule,
} from './server-schedule.ts';

/** One thing that a person has to copy from the provider's console. */
export interface ClientField {
  readonly id: 'clientId' | 'clientSecret' | 'tenant';
  readonly label: string;
  readonly required: boolean;
  /** Sealed when stored and never shown again. */
  readonly secret: boolean;
  readonly help: string;
  /**
   * How a value looks as a rule, as a regular expression that letters of both cases match; null for
   * no rule. What looks otherwise is asked about and not refused: a server may stand in for the
   * provider's own.
   */
  readonly pattern: string | null;
  /** What stands there at first; '' for nothing. */
  readonly initial: string;
  /** Values that are offered; another may be typed all the same. */
  readonly choices: readonly string[];
}

/** A server at which every organisation is an issuer of its own, and where its people go by hand. */
export interface Tenancy extends AuthorizationTenancy {
  /** Where a person withdraws consent from a personal account; `consentPage` is for work accounts. */
  readonly personalConsentPage: string;
  /** Where an administrator approves a client: `{tenant}` and `{clientId}` are filled in. */
  readonly approvalPage: string;
  /** What stands for `{tenant}` there when no organisation is known. */
  readonly approvalTenant: string;
}

/** How an account of this provider is linked; the setup page is built from it. */
export interface Authorization extends AuthorizationServer {
  readonly tenancy: Tenancy | null;
  /** RFC 7009; null when the provider has none. */
  readonly revocationEndpoint: string | null;
  readonly userinfoEndpoint: string;
  /** `prompt` for whoever comes for the first time (OpenID Connect Core 3.1.2.1). */
  readonly promptToLink: 'select_account' | 'select_account consent';
  /** `prompt` for a person who is known; null leaves it out, so that only what is missing is asked. */
  readonly promptToReturn: 'consent' | null;
  /** What the server may put before a scope in its answers; '' for nothing. */
  readonly scopePrefix: string;
  /**
   * How long after the sign-in refresh tokens end, however often they were rotated since; null when
   * no such end is known. What an answer says of it goes before.
   */
  readonly refreshTokenLifeMs: number | null;
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
  /** Those that accounts of work or school alone can give. */
  readonly workRungs: readonly Rung[];
  /**
   * The right without which a mail from another address than the account's own can't say what it
   * answers to, nor how to unsubscribe; null where it always can.
   */
  readonly rungForHeadersFromOthers: Rung | null;
  /** What the right `send` alone allows. */
  readonly limits: SendLimits;
  /** What a further right changes of that. Read by `limitsFor`, never alone. */
  readonly limitsWith: Readonly<Partial<Record<Rung, Partial<SendLimits>>>>;
  /** True when the provider reads Bcc in the message itself, and takes it out there. */
  readonly readsBcc: boolean;
  /** Every host that the worker may call for this provider. */
  readonly hosts: readonly string[];
  /** Those of them whose answers Firefox lets nobody read without a host permission. */
  readonly hostsToAllowInFirefox: readonly string[];
  /**
   * Where a person sees by themselves what an account has sent; `{address}` is filled in. The folder,
   * and not a search for a Message-ID: a provider may replace it, and a search that finds nothing
   * would then say that a mail never arrived.
   */
  readonly sentPage: string;
  readonly authorization: Authorization;
}

/** The page on which the person at this address sees what was sent. */
export function sentPageOf({ sentPage }: ProviderDeclaration, address: string): string {
  return sentPage.replace('{address}', encodeURIComponent(address));
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

/** What became of a grant at the provider. */
export type RevokeOutcome =
  /** The call was made; whether it was answered readably is in `confirmed`. */
  | { readonly kind: 'revoked'; readonly confirmed: boolean }
  /** The provider has no such call: the person withdraws consent on this page. */
  | { readonly kind: 'local-only'; readonly consentPage: string }
  | { readonly kind: 'failed'; readonly reason: WaitReason };

/** What became of that which an attempt had left with the provider. */
export type AbandonOutcome =
  | { readonly kind: 'removed' }
  | { readonly kind: 'nothing-there' }
  /** It has been sent, by whomever: it was left as it is. */
  | { readonly kind: 'sent' }
  /** It may lie there still. */
  | { readonly kind: 'not-heard' };

/** What every provider can do. Gmail, Outlook, JMAP and SMTP each implement it; nothing else knows their words. */
export interface MailProvider {
  readonly declaration: ProviderDeclaration;
  identify(token: Secret, accountId: string | null): Promise<IdentifyOutcome>;
  send(job: SendJob, context: SendContext): Promise<SendOutcome>;
  settle(job: SendJob, earlier: EarlierAttempt, context: SendContext): Promise<Settled>;
  /** Later sending by the provider itself; null where it has none. */
  readonly scheduling: ServerSchedule | null;
  /**
   * Removes what an attempt left in the person's mailbox, of a mail that certainly was not sent and
   * will not be sent from there. It removes nothing that it has not seen to be unsent. Not there
   * where an attempt leaves nothing that a person could see.
   */
  abandon?(
    accountId: string,
    handle: ResumeHandle,
    context: Pick<SendContext, 'token' | 'signal'>,
  ): Promise<AbandonOutcome>;
  /** Withdraws the grant that this token (access or refresh) belongs to. */
  revoke(token: Secret, accountId: string): Promise<RevokeOutcome>;
}
