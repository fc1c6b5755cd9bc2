import * as z from 'zod/mini';
import { otherSenderSchema } from '../mail/mail.ts';
import { once } from '../once/once.ts';
import { accountView, needsAdmin } from './account-views.ts';
import { list, refused, rung, waitReason } from './view-parts.ts';

/** How the acts on accounts end: linking, rights, revoking, further addresses. */

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
