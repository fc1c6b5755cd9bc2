import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { epochMs, id, list, provider, rung, signInReason, waitReason } from './view-parts.ts';

/**
 * What a page may see of accounts, clients and providers. An answer is parsed by these on its way out of the worker: a field
 * that is not named here never leaves it.
 */

const accountHealth = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('works') }),
    z.object({ kind: z.literal('needs-sign-in'), why: signInReason() }),
    // The provider refuses this client or this request; `code` is the provider's own.
    z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
  ]),
);

/** A record that is stored but can't be opened, and why. */
export const unreadableView = once(() => z.object({ id: id(), code: z.string() }));

/** An account, without any token or secret. */
export const accountView = once(() =>
  z.object({
    id: id(),
    providerId: provider(),
    providerName: z.string(),
    address: z.string(),
    name: z.string(),
    grantedRungs: list(rung()),
    health: accountHealth(),
    // `lasting` when a sealed refresh token is kept; `per-session` when nothing long-lived is.
    grant: z.enum(['lasting', 'per-session', 'none']),
    // What the provider takes with the rights that were given; null when it is not built in.
    limits: z.nullable(z.object({ messageBytes: z.number(), recipients: z.number() })),
    linkedAt: epochMs(),
    lastUsedAt: z.nullable(epochMs()),
  }),
);

/** An OAuth client; its secret is never shown again. */
export const clientView = once(() =>
  z.object({
    providerId: provider(),
    // '' when none is set.
    clientId: z.string(),
    hasSecret: z.boolean(),
    redirectUri: z.string(),
    // Whether the person entered it or the build carries it.
    origin: z.enum(['person', 'build', 'none']),
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
        id: z.enum(['clientId', 'clientSecret']),
        label: z.string(),
        required: z.boolean(),
        secret: z.boolean(),
        help: z.string(),
      }),
    ),
    limits: z.object({ messageBytes: z.number(), recipients: z.number() }),
  }),
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
    }),
    z.object({ kind: z.literal('cancelled') }),
    z.object({ kind: z.literal('no-client') }),
    // Somebody else signed in than the account to reconnect. Nothing was stored.
    z.object({ kind: z.literal('other-address'), address: z.string() }),
    // The provider or a check of ours refused; nothing was stored.
    z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
    z.object({ kind: z.literal('unavailable'), reason: waitReason() }),
    z.object({ kind: z.literal('needs-host'), host: z.string() }),
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
    z.object({ kind: z.literal('local-only'), consentPage: z.string() }),
    z.object({ kind: z.literal('failed'), reason: waitReason() }),
  ]),
);

/** How a trial of an OAuth client ended. */
export const clientTestOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('works') }),
    z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
    // The provider showed a page instead of answering: the id or the redirect URI is unknown to it.
    z.object({ kind: z.literal('not-recognised') }),
    z.object({ kind: z.literal('unavailable'), reason: waitReason() }),
    z.object({ kind: z.literal('needs-host'), host: z.string() }),
  ]),
);

/** What a page shows of an account. */
export type AccountView = z.infer<ReturnType<typeof accountView>>;
/** How an account is doing, as last seen in an act. Never checked on a timer. */
export type AccountHealth = AccountView['health'];
/** An account whose record can't be opened. */
export type UnreadableView = z.infer<ReturnType<typeof unreadableView>>;
/** What a page shows of an OAuth client. */
export type ClientView = z.infer<ReturnType<typeof clientView>>;
/** What a page shows of a provider. */
export type ProviderView = z.infer<ReturnType<typeof providerView>>;
/** How linking or reconnecting ended. */
export type LinkOutcome = z.infer<ReturnType<typeof linkOutcome>>;
/** How revoking ended. */
export type RevokeResult = z.infer<ReturnType<typeof revokeResult>>;
/** How a trial of an OAuth client ended. */
export type ClientTestOutcome = z.infer<ReturnType<typeof clientTestOutcome>>;
