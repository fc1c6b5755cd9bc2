import * as z from 'zod/mini';
import { otherSenderSchema } from '../mail/mail.ts';
import { once } from '../once/once.ts';
import {
  ACCOUNT_COLOURS,
  ACCOUNT_TYPES,
  PROVIDER_IDS,
  RUNGS,
  SIGN_IN_REASONS,
  WAIT_REASONS,
} from '../vocabulary/vocabulary.ts';
import { fromVersion1 } from './account-record-1.ts';
import { fromVersion2 } from './account-record-2.ts';
import { fromVersion3 } from './account-record-3.ts';

/** What an account that does not work has; few starts need it. */
const trouble = once(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('needs-sign-in'),
      why: z.enum(SIGN_IN_REASONS),
    }),
    z.object({
      kind: z.literal('needs-admin'),
      code: z.string(),
      clientId: z.string(),
      tenant: z.nullable(z.string()),
      scopes: z.array(z.string()),
      link: z.nullable(z.string()),
    }),
    z.object({ kind: z.literal('refused'), code: z.string(), detail: z.string() }),
  ]),
);

const health = once(() => z.union([z.object({ kind: z.literal('works') }), z.lazy(trouble)]));

/** A refresh token and the client that it belongs to: no other client can use it (RFC 6749 10.4). */
const refreshToken = once(() =>
  z.object({
    rung: z.enum(RUNGS),
    token: z.string().check(z.minLength(1)),
    clientId: z.string(),
    obtainedAt: z.number(),
    /** When it and all that come of it end for good; null when no such end is known. */
    endsAt: z.nullable(z.number()),
  }),
);

/** Until when the token endpoint wants no renewal of it, and why (RFC 9110 section 10.2.3). */
const renewalPause = once(() => z.object({ until: z.number(), reason: z.enum(WAIT_REASONS) }));

/** What is stored of an account: sealed, in storage.local, under its random id. */
export const accountRecords = {
  kind: 'account',
  version: 4,
  schema: once(() => {
    // One of each kind: a start that reads accounts builds this first.
    const text = z.string();
    const textOrNull = z.nullable(text);
    const number = z.number();
    const numberOrNull = z.nullable(number);
    return z.object({
      providerId: z.enum(PROVIDER_IDS),
      /** The provider's immutable id of the person: two links of it are one account. */
      subject: text,
      address: text,
      name: text,
      /** What the person signs in with, where that is not the address; null when it was not told. */
      signInName: textOrNull,
      /** The organisation that the id_token named; null where the provider has none. */
      tenant: textOrNull,
      accountType: z.nullable(z.enum(ACCOUNT_TYPES)),
      label: text,
      colour: z.nullable(z.enum(ACCOUNT_COLOURS)),
      /** Typed by hand. */
      otherSenders: z.array(z.lazy(otherSenderSchema)),
      /** Accounts are shown by it, least first. */
      position: number,
      /** False after the grant was revoked here: then nothing is tried silently. */
      granted: z.boolean(),
      /** What the person was asked for and gave. */
      rungs: z.array(z.enum(RUNGS)),
      /** Rights that a token carried although they were not asked for with it. */
      carriesMore: z.array(text),
      /** One for each rung at most; none where nothing long-lived was issued. */
      refreshTokens: z.array(z.lazy(refreshToken)),
      health: health(),
      /** Null for none. */
      renewalPause: z.nullable(z.lazy(renewalPause)),
      linkedAt: number,
      /** When the person was last in the provider's window. */
      signedInAt: number,
      /** When an authorisation last worked without the person; null when none has. */
      silentAt: numberOrNull,
      lastUsedAt: numberOrNull,
    });
  }),
  migrate: { 1: fromVersion1, 2: fromVersion2, 3: fromVersion3 },
} as const;

/** An account as stored. */
export type AccountRecord = z.infer<ReturnType<typeof accountRecords.schema>>;

/** How an account is doing, as it is stored: what a page sees besides is derived. */
export type StoredHealth = AccountRecord['health'];
