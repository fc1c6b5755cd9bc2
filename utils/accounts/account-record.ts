import * as z from 'zod/mini';
import { once } from '../once/once.ts';
import { limitsFor, type ProviderDeclaration, type Rung } from '../providers/providers.ts';
import { PROVIDER_IDS, RUNGS, SIGN_IN_REASONS } from '../vocabulary/vocabulary.ts';
import type { AccountView } from './accounts.ts';

const health = once(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('works') }),
    z.object({
      kind: z.literal('needs-sign-in'),
      why: z.enum(SIGN_IN_REASONS),
    }),
    z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
  ]),
);

/** A refresh token and the client that it belongs to: no other client can use it (RFC 6749 10.4). */
const refreshToken = once(() =>
  z.object({
    rung: z.enum(RUNGS),
    token: z.string().check(z.minLength(1)),
    clientId: z.string(),
    obtainedAt: z.number(),
  }),
);

/** What is stored of an account: sealed, in storage.local, under its random id. */
export const accountRecords = {
  kind: 'account',
  version: 1,
  schema: once(() =>
    z.object({
      providerId: z.enum(PROVIDER_IDS),
      /** The provider's immutable id of the person: two links of it are one account. */
      subject: z.string(),
      address: z.string(),
      name: z.string(),
      /** False after the grant was revoked here: then nothing is tried silently. */
      granted: z.boolean(),
      rungs: z.array(z.enum(RUNGS)),
      /** One for each rung at most; none where nothing long-lived was issued. */
      refreshTokens: z.array(refreshToken()),
      health: health(),
      linkedAt: z.number(),
      lastUsedAt: z.nullable(z.number()),
    }),
  ),
} as const;

/** An account as stored. */
export type AccountRecord = z.infer<ReturnType<typeof accountRecords.schema>>;

/** What a page may see of it. `declaration` is null when this build has no such provider. */
export function viewOf(
  id: string,
  record: AccountRecord,
  declaration: ProviderDeclaration | null,
): AccountView {
  const { providerId, address, name, rungs, health, linkedAt, lastUsedAt } = record;
  const limits = declaration && limitsFor(declaration, rungs);
  return {
    id,
    providerId,
    providerName: declaration?.name ?? providerId,
    address,
    name,
    grantedRungs: rungs,
    health,
    grant: grantOf(record),
    limits: limits && { messageBytes: limits.messageBytes, recipients: limits.recipients },
    linkedAt,
    lastUsedAt,
  };
}

function grantOf({ granted, refreshTokens }: AccountRecord): AccountView['grant'] {
  if (!granted) return 'none';
  return refreshTokens.length > 0 ? 'lasting' : 'per-session';
}

/** Each rung once, lowest right first. */
export function inOrder(rungs: readonly Rung[]): Rung[] {
  return RUNGS.filter((each) => rungs.includes(each));
}

/** Scopes that say who the person is (OpenID Connect Core 5.4 and 11). They give no right over a mailbox. */
const IDENTITY_SCOPES: readonly string[] = ['openid', 'email', 'profile', 'offline_access'];

/**
 * The rungs that a grant stands on. Only rights are compared: servers name the identity scopes
 * anew in their answers, or leave them out, and who the person is they tell when they are asked.
 */
export function rungsOf(
  { rungs }: Pick<ProviderDeclaration, 'rungs'>,
  granted: readonly string[],
): Rung[] {
  return RUNGS.filter((each) => {
    const scopes = rungs[each];
    const rights = scopes?.filter((scope) => !IDENTITY_SCOPES.includes(scope)) ?? [];
    return rights.length > 0 && rights.every((right) => granted.includes(right));
  });
}
