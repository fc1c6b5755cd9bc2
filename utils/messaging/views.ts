import * as z from 'zod/mini';
import { draftContentSchema } from '../mail/mail.ts';

/**
 * What a page may see of each record. An answer is parsed by these on its way out of the worker:
 * a field that is not named here never leaves it.
 */

const list = <T extends z.core.SomeType>(item: T): z.ZodMiniReadonly<z.ZodMiniArray<T>> =>
  z.readonly(z.array(item));

const id = z.string();
const epochMs = z.number();
const provider = z.enum(['gmail', 'outlook', 'jmap', 'smtp']);
const rung = z.enum(['send', 'drafts', 'read', 'files', 'shared-mailbox']);
const waitReason = z.enum([
  'offline',
  'timeout',
  'network',
  'provider-error',
  'rate-limit',
  'daily-limit',
  'strange-answer',
]);
const signInReason = z.enum([
  'invalid_grant',
  'interaction_required',
  'login_required',
  'consent_required',
  'access_denied',
  'no_grant',
  'token_rejected',
]);

const accountHealth = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('works') }),
  z.object({ kind: z.literal('needs-sign-in'), why: signInReason }),
  // The provider refuses this client or this request; `code` is the provider's own.
  z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
]);

/** A record that is stored but can't be opened, and why. */
export const unreadableView = z.object({ id, code: z.string() });

/** An account, without any token or secret. */
export const accountView = z.object({
  id,
  providerId: provider,
  providerName: z.string(),
  address: z.string(),
  name: z.string(),
  grantedRungs: list(rung),
  health: accountHealth,
  // `lasting` when a sealed refresh token is kept; `per-session` when nothing long-lived is.
  grant: z.enum(['lasting', 'per-session', 'none']),
  linkedAt: epochMs,
  lastUsedAt: z.nullable(epochMs),
});

/** An OAuth client; its secret is never shown again. */
export const clientView = z.object({
  providerId: provider,
  // '' when none is set.
  clientId: z.string(),
  hasSecret: z.boolean(),
  redirectUri: z.string(),
  // Whether the person entered it or the build carries it.
  origin: z.enum(['person', 'build', 'none']),
});

/** A provider, as the pages that set it up need it. */
export const providerView = z.object({
  id: provider,
  name: z.string(),
  hosts: list(z.string()),
  consentPage: z.string(),
  setupPage: z.string(),
  setupSteps: list(z.string()),
  clientFields: list(
    z.object({
      id: z.enum(['clientId', 'clientSecret']),
      label: z.string(),
      required: z.boolean(),
      secret: z.boolean(),
      help: z.string(),
    }),
  ),
  limits: z.object({ messageBytes: z.number(), recipients: z.number() }),
});

/** How linking or reconnecting ended. */
export const linkOutcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('linked'),
    account: accountView,
    // False when the person unticked the right to send.
    canSend: z.boolean(),
    // It was known before.
    relinked: z.boolean(),
  }),
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('no-client') }),
  // Somebody else signed in than the account to reconnect. Nothing was stored.
  z.object({ kind: z.literal('other-address'), address: z.string() }),
  // The provider or a check of ours refused; nothing was stored.
  z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
  z.object({ kind: z.literal('unavailable'), reason: waitReason }),
  z.object({ kind: z.literal('needs-host'), host: z.string() }),
]);

/** How revoking ended. */
export const revokeResult = z.discriminatedUnion('kind', [
  // Verified: a renewal or a use of the token was refused afterwards.
  z.object({ kind: z.literal('revoked') }),
  // The call was made but its effect could not be seen.
  z.object({ kind: z.literal('asked') }),
  z.object({ kind: z.literal('nothing-to-revoke') }),
  z.object({ kind: z.literal('local-only'), consentPage: z.string() }),
  z.object({ kind: z.literal('failed'), reason: waitReason }),
]);

/** How a trial of an OAuth client ended. */
export const clientTestOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('works') }),
  z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
  // The provider showed a page instead of answering: the id or the redirect URI is unknown to it.
  z.object({ kind: z.literal('not-recognised') }),
  z.object({ kind: z.literal('unavailable'), reason: waitReason }),
  z.object({ kind: z.literal('needs-host'), host: z.string() }),
]);

/** Why the provider will not take a mail as it is. */
const rejection = z.object({ code: z.string(), detail: z.string() });

const mailState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('draft'), reason: z.nullable(rejection) }),
  z.object({ kind: z.literal('queued') }),
  z.object({
    kind: z.literal('sending'),
    attempt: z.number(),
    startedAt: epochMs,
    acknowledgedBytes: z.number(),
    // An earlier attempt is being asked about.
    settling: z.boolean(),
  }),
  z.object({ kind: z.literal('retry'), notBefore: epochMs, reason: waitReason }),
  z.object({ kind: z.literal('waiting-for-sign-in'), why: signInReason }),
  z.object({ kind: z.literal('waiting-for-host'), host: z.string() }),
  z.object({ kind: z.literal('waiting-for-right') }),
  z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
  // `attemptedAt`: when the last bytes left.
  z.object({ kind: z.literal('unconfirmed'), attemptedAt: epochMs }),
  z.object({ kind: z.literal('sent'), sentAt: epochMs }),
]);

/** One line of the outbox. Subject and recipients are opened for this answer only. */
export const mailView = z.object({
  id,
  accountId: z.nullable(id),
  state: mailState,
  // '' after the mail was sent: only a receipt is kept.
  subject: z.string(),
  // Display form, such as `Ann <ann@example.com> and 2 more`; '' after the mail was sent.
  recipients: z.string(),
  sizeBytes: z.number(),
  updatedAt: epochMs,
  // Its last bytes left, and nobody has said what became of them.
  mayHaveArrived: z.boolean(),
  // The sealed content can't be opened: what is wrong, in a code; null when it can.
  unreadable: z.nullable(z.string()),
});

/** A contact that the page offered, with the reasons to look twice (the room `crm` explains each). */
const suggestionView = z.object({
  name: z.string(),
  address: z.string(),
  doubts: list(
    z.enum([
      'shown-differently',
      'hidden-characters',
      'mixed-scripts',
      'spelled-out',
      'not-visible',
    ]),
  ),
});

/** A draft as the compose page sees it. */
export const draftView = z.object({
  id,
  // Null when no sender was chosen.
  accountId: z.nullable(id),
  content: draftContentSchema,
  // Found on the page that the person came from, for the person to choose from.
  suggestions: list(suggestionView),
  // Why it came back, when it did.
  rejection: z.nullable(rejection),
  updatedAt: epochMs,
  // Raised by every save; a save with an older one is refused, so that no window overwrites another.
  revision: z.number(),
});

/** How saving a draft ended. */
export const saveOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), revision: z.number() }),
  // Another window saved in between.
  z.object({ kind: z.literal('conflict'), revision: z.number() }),
  // It is queued or sent already, or was discarded.
  z.object({ kind: z.literal('not-a-draft') }),
]);

/** How a press on Send ended. */
export const queueOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  // It had been queued before, by another window or an earlier press.
  z.object({ kind: z.literal('already-queued') }),
  z.object({ kind: z.literal('problems'), problems: list(z.string()) }),
  z.object({ kind: z.literal('no-account') }),
  z.object({ kind: z.literal('too-large'), sizeBytes: z.number(), limitBytes: z.number() }),
  z.object({ kind: z.literal('too-many-recipients'), count: z.number(), limit: z.number() }),
  z.object({ kind: z.literal('gone') }),
]);

/** One kind of thing that is stored, for the inventory. */
export const inventoryLine = z.object({
  /** What it is, in words. */
  what: z.string(),
  /** Where the browser keeps it. */
  where: z.string(),
  protection: z.enum(['sealed', 'key', 'plain']),
  count: z.number(),
  sizeBytes: z.number(),
  oldestAt: z.nullable(epochMs),
  /** How long it is kept, in words. */
  until: z.string(),
});

/** One call to a provider, without content. */
export const callView = z.object({
  at: epochMs,
  host: z.string(),
  purpose: z.string(),
  accountId: z.nullable(id),
  status: z.nullable(z.number()),
  requestBytes: z.number(),
  answerBytes: z.number(),
  durationMs: z.number(),
  result: z.string(),
});

/** What erasing everything did. */
export const eraseReport = z.object({
  revoked: list(z.object({ address: z.string(), result: revokeResult })),
  wiped: list(z.string()),
  /** What could not be wiped, by name; empty when all is gone. */
  left: list(z.string()),
});

/** What a page shows of an account. */
export type AccountView = z.infer<typeof accountView>;
/** How an account is doing, as last seen in an act. Never checked on a timer. */
export type AccountHealth = AccountView['health'];
/** An account whose record can't be opened. */
export type UnreadableView = z.infer<typeof unreadableView>;
/** What a page shows of an OAuth client. */
export type ClientView = z.infer<typeof clientView>;
/** What a page shows of a provider. */
export type ProviderView = z.infer<typeof providerView>;
/** How linking or reconnecting ended. */
export type LinkOutcome = z.infer<typeof linkOutcome>;
/** How revoking ended. */
export type RevokeResult = z.infer<typeof revokeResult>;
/** How a trial of an OAuth client ended. */
export type ClientTestOutcome = z.infer<typeof clientTestOutcome>;
/** Where a mail stands. */
export type MailState = z.infer<typeof mailState>;
/** One line of the outbox. */
export type MailView = z.infer<typeof mailView>;
/** A draft as the compose page sees it. */
export type DraftView = z.infer<typeof draftView>;
/** A contact that the page offered. */
export type Suggestion = z.infer<typeof suggestionView>;
/** Why the provider will not take a mail as it is. */
export type RejectionView = z.infer<typeof rejection>;
/** How saving a draft ended. */
export type SaveOutcome = z.infer<typeof saveOutcome>;
/** How a press on Send ended. */
export type QueueOutcome = z.infer<typeof queueOutcome>;
/** One kind of thing that is stored. */
export type InventoryLine = z.infer<typeof inventoryLine>;
/** One call to a provider. */
export type CallView = z.infer<typeof callView>;
/** What erasing everything did. */
export type EraseReport = z.infer<typeof eraseReport>;
