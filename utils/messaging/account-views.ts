import * as z from 'zod/mini';
import { otherSenderSchema } from '../mail/mail.ts';
import { once } from '../once/once.ts';
import { ACCOUNT_COLOURS, ACCOUNT_TYPES } from '../vocabulary/vocabulary.ts';
import {
  epochMs,
  id,
  list,
  provider,
  refused,
  rung,
  signInReason,
  waitReason,
} from './view-parts.ts';

/** What a page may see of accounts and providers, and how the acts on them end. */

/** Colours that a person tells accounts apart by; each has a name and a token of its own. */
export const accountColour = once(() => z.enum(ACCOUNT_COLOURS));

/** What a person can hand to their administrator. */
const needsAdmin = once(() =>
  z.object({
    kind: z.literal('needs-admin'),
    // The provider's own code, such as AADSTS90094.
    code: z.string(),
    clientId: z.string(),
    // The organisation as it is known: an id, a domain, or null.
    tenant: z.nullable(z.string()),
    // What was asked for.
    scopes: list(z.string()),
    // Where an administrator approves; null where a policy is in the way that approval does not lift.
    link: z.nullable(z.string()),
  }),
);

const accountHealth = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('works') }),
    // It works, but the next send may have to ask: no way is known that needs nobody.
    z.object({
      kind: z.literal('will-ask'),
      // `nothing-kept`: no refresh token was ever given. `token-ended`: its fixed life is over.
      why: z.enum(['nothing-kept', 'token-ended']),
    }),
    z.object({ kind: z.literal('needs-sign-in'), why: signInReason() }),
    needsAdmin(),
    refused(),
  ]),
);

/** A record that is stored but can't be opened, and why. */
export const unreadableView = once(() => z.object({ id: id(), code: z.string() }));

/** A right that was granted: since when, and whether something long-lived is kept for it. */
const grantView = once(() =>
  z.object({
    rung: rung(),
    lasting: z.boolean(),
    // Null when nothing is kept.
    obtainedAt: z.nullable(epochMs()),
    // When what is kept ends for good; null when no end is known.
    endsAt: z.nullable(epochMs()),
  }),
);

/** An account, without any token or secret. */
export const accountView = once(() =>
  z.object({
    id: id(),
    providerId: provider(),
    providerName: z.string(),
    address: z.string(),
    name: z.string(),
    // Null where the provider does not tell them apart, or has not said.
    accountType: z.nullable(z.enum(ACCOUNT_TYPES)),
    // '' for none.
    label: z.string(),
    colour: z.nullable(accountColour()),
    // Typed by hand. Whether the provider lets the person send as them shows when it is tried.
    otherSenders: list(otherSenderSchema()),
    grantedRungs: list(rung()),
    grants: list(grantView()),
    // Rights that the provider's tokens carry although Postern did not ask for them.
    carriesMore: list(z.string()),
    health: accountHealth(),
    // `lasting` when a sealed refresh token is kept; `per-session` when nothing long-lived is.
    grant: z.enum(['lasting', 'per-session', 'none']),
    // What the provider takes with the rights that were given; null when it is not built in.
    limits: z.nullable(z.object({ messageBytes: z.number(), recipients: z.number() })),
    // A further right that lets larger mails go; null for none.
    larger: z.nullable(z.object({ rung: rung(), messageBytes: z.number() })),
    // Where this person withdraws consent by hand; '' when this build has no such provider.
    consentPage: z.string(),
    linkedAt: epochMs(),
    lastUsedAt: z.nullable(epochMs()),
  }),
);

/** A provider, as the pages that set it up need it. */
export const providerView = once(() =>
  z.object({
    id: provider(),
    name: z.string(),
    hosts: list(z.string()),
    consentPage: z.string(),
    setupPage: z.string(),
    setupSteps: list(z.string()),
    clientFields: list(
      z.object({
        id: z.enum(['clientId', 'clientSecret', 'tenant']),
        label: z.string(),
        required: z.boolean(),
        secret: z.boolean(),
        help: z.string(),
        // How a value looks as a rule, in either case; null for no rule.
        pattern: z.nullable(z.string()),
        // What stands there at first; '' for nothing.
        initial: z.string(),
        // Values that are offered; another may be typed all the same.
        choices: list(z.string()),
      }),
    ),
    // The rights that can be given, lowest first, and exactly what is asked for each.
    rungs: list(
      z.object({
        rung: rung(),
        scopes: list(z.string()),
        // True when it would change what this build can do. Others are shown where they were given.
        offered: z.boolean(),
        // True where a personal account can't give it.
        workOnly: z.boolean(),
      }),
    ),
    // False where an app can't withdraw a consent itself.
    revokes: z.boolean(),
    limits: z.object({ messageBytes: z.number(), recipients: z.number() }),
  }),
);

const notSignedIn = once(
  () =>
    [
      z.object({ kind: z.literal('cancelled') }),
      z.object({ kind: z.literal('no-client') }),
      // Somebody else signed in than the account that it was about. Nothing was stored.
      z.object({ kind: z.literal('other-address'), address: z.string() }),
      // An administrator of the organisation has to act first. Nothing was stored.
      needsAdmin(),
      // The provider or a check of ours refused; nothing was stored.
      refused(),
      z.object({ kind: z.literal('unavailable'), reason: waitReason() }),
      z.object({ kind: z.literal('needs-host'), host: z.string() }),
    ] as const,
);

/** How linking or reconnecting ended. */
export const linkOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('linked'),
      account: accountView(),
      // False when the person unticked the right to send.
      canSend: z.boolean(),
      // It was known before.
      relinked: z.boolean(),
      // Further rights of before that the provider does not give any more without being asked anew.
      lostRungs: list(rung()),
    }),
    ...notSignedIn(),
  ]),
);

/** How asking for one more right ended. */
export const grantOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('granted'), rung: rung(), account: accountView() }),
    // Boxes were left unticked: what was asked and not given. The right is not there.
    z.object({ kind: z.literal('partly'), rung: rung(), missing: list(z.string()) }),
    // The provider knows no such right.
    z.object({ kind: z.literal('no-such-right') }),
    ...notSignedIn(),
  ]),
);

/** How revoking ended. */
export const revokeResult = once(() =>
  z.discriminatedUnion('kind', [
    // Verified: a renewal or a use of the token was refused afterwards.
    z.object({ kind: z.literal('revoked') }),
    // The call was made but its effect could not be seen.
    z.object({ kind: z.literal('asked') }),
    z.object({ kind: z.literal('nothing-to-revoke') }),
    z.object({
      kind: z.literal('local-only'),
      consentPage: z.string(),
      // The provider has no such call; or there was nothing at hand to make it with.
      why: z.enum(['no-such-call', 'no-token']),
    }),
    z.object({ kind: z.literal('failed'), reason: waitReason() }),
  ]),
);

/** How giving rights back ended: revoked, then linked again with what was to be kept. */
export const stepDownOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('stepped-down'),
      revoked: revokeResult(),
      account: accountView(),
      // What was to be kept and was not given again.
      lostRungs: list(rung()),
    }),
    // The provider could not be asked. Nothing was changed.
    z.object({ kind: z.literal('not-revoked'), reason: waitReason() }),
    // Revoked, but not linked again: the account waits for its sign-in.
    z.object({
      kind: z.literal('not-linked'),
      revoked: revokeResult(),
      linking: z.discriminatedUnion('kind', notSignedIn()),
    }),
  ]),
);

/** How noting the further addresses of an account ended. */
export const otherSendersOutcome = once(() =>
  z.discriminatedUnion('kind', [
    // As they were noted: each address once.
    z.object({ kind: z.literal('saved'), otherSenders: list(otherSenderSchema()) }),
    // Nothing was noted. `index` counts the list that was sent.
    z.object({
      kind: z.literal('problems'),
      // `kind`: this account can't send from shared mailboxes.
      problems: list(z.object({ index: z.number(), what: z.enum(['name', 'address', 'kind']) })),
    }),
    z.object({ kind: z.literal('gone') }),
  ]),
);

/** A step of the scope ladder. */
export type RungName = z.infer<ReturnType<typeof rung>>;
/** What a page shows of an account. */
export type AccountView = z.infer<ReturnType<typeof accountView>>;
/** How an account is doing, as last seen in an act. Never checked on a timer. */
export type AccountHealth = AccountView['health'];
/** A colour to tell an account by. */
export type AccountColour = z.infer<ReturnType<typeof accountColour>>;
/** What can be handed to an administrator. */
export type NeedsAdmin = z.infer<ReturnType<typeof needsAdmin>>;
/** An account whose record can't be opened. */
export type UnreadableView = z.infer<ReturnType<typeof unreadableView>>;
/** What a page shows of a provider. */
export type ProviderView = z.infer<ReturnType<typeof providerView>>;
/** How linking or reconnecting ended. */
export type LinkOutcome = z.infer<ReturnType<typeof linkOutcome>>;
/** How asking for one more right ended. */
export type GrantOutcome = z.infer<ReturnType<typeof grantOutcome>>;
/** How revoking ended. */
export type RevokeResult = z.infer<ReturnType<typeof revokeResult>>;
/** How giving rights back ended. */
export type StepDownOutcome = z.infer<ReturnType<typeof stepDownOutcome>>;
/** How noting further addresses ended. */
export type OtherSendersOutcome = z.infer<ReturnType<typeof otherSendersOutcome>>;
