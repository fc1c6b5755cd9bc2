import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { provider, refused, waitReason } from './view-parts.ts';

/** What a page may see of OAuth clients, and how the acts on them end. */

/** An OAuth client; its secret is never shown again. */
export const clientView = once(() =>
  z.object({
    providerId: provider(),
    // '' when none is set.
    clientId: z.string(),
    hasSecret: z.boolean(),
    // Whose accounts may sign in; null where the provider has no such choice.
    tenant: z.nullable(z.string()),
    // Exactly that of this browser: each store gives the extension another id.
    redirectUri: z.string(),
    // Whether the person entered it or the build carries it.
    origin: z.enum(['person', 'build', 'none']),
  }),
);

/** How saving a client ended. */
export const saveClientOutcome = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('saved') }),
    // Neither one of the provider's names, nor an id, nor a domain.
    z.object({ kind: z.literal('bad-tenant') }),
  ]),
);

/** How a trial of an OAuth client ended. */
export const clientTestOutcome = once(() =>
  z.discriminatedUnion('kind', [
    // `typeSeen` is false when only a sign-in can show that the redirect URI is of the right type.
    z.object({ kind: z.literal('works'), typeSeen: z.boolean() }),
    refused(),
    // The provider knows the client, but not this redirect URI.
    z.object({ kind: z.literal('redirect-not-registered'), redirectUri: z.string() }),
    // The provider showed a page instead of answering: the id or the redirect URI is unknown to it.
    z.object({ kind: z.literal('not-recognised') }),
    z.object({ kind: z.literal('unavailable'), reason: waitReason() }),
    z.object({ kind: z.literal('needs-host'), host: z.string() }),
  ]),
);

/** What a page shows of an OAuth client. */
export type ClientView = z.infer<ReturnType<typeof clientView>>;
/** How saving a client ended. */
export type SaveClientOutcome = z.infer<ReturnType<typeof saveClientOutcome>>;
/** How a trial of an OAuth client ended. */
export type ClientTestOutcome = z.infer<ReturnType<typeof clientTestOutcome>>;
