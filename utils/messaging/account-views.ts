import * as z from 'zod/mini';
import { otherSenderSchema } from '../mail/mail.ts';
import { once } from '../once/once.ts';
import { ACCOUNT_COLOURS, ACCOUNT_TYPES } from '../vocabulary/vocabulary.ts';
import { epochMs, id, list, provider, refused, rung, signInReason } from './view-parts.ts';

/** What a page may see of accounts and providers; how the acts on them end stands in account-outcomes.ts. */

/** Colours that a person tells accounts apart by; each has a name and a token of its own. */
export const accountColour = once(() => z.enum(ACCOUNT_COLOURS));

/** What a person can hand to their administrator. */
export const needsAdmin = once(() =>
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
    // Without this right a mail from another address can't say how to unsubscribe; null for none.
    rungForHeadersFromOthers: z.nullable(rung()),
    // False where an app can't withdraw a consent itself.
    revokes: z.boolean(),
    limits: z.object({ messageBytes: z.number(), recipients: z.number() }),
  }),
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
