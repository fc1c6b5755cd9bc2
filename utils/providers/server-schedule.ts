import type { EpochMs } from '../platform/platform.ts';
import type { Rung } from '../vocabulary/vocabulary.ts';
import type {
  EarlierAttempt,
  Receipt,
  ResumeHandle,
  SendContext,
  SendJob,
  SendOutcome,
  Settled,
} from './sending.ts';

/**
 * Sending at an hour by the provider itself, so that this device need not be awake then.
 *
 * Handing over is an act like sending, with the same rules: each handle is checkpointed before the
 * next act, `beforeFinalSlice` is awaited before the one request from which on the provider may
 * send, and what nobody can know is `unknown` and goes to `settle`.
 */
export interface ServerSchedule {
  /** The right that it takes. */
  readonly rung: Rung;
  /** False where only mail from the account's own mailbox can be handed over. */
  readonly takesSharedMailboxes: boolean;
  /** Hands the mail over, to be sent at that time. */
  schedule(
    job: SendJob,
    when: { readonly sendAt: EpochMs },
    context: SendContext,
  ): Promise<ScheduleOutcome>;
  /** What became of a mail that was, or may have been, handed over. */
  settle(job: SendJob, held: HeldMail, context: SendContext): Promise<ScheduleSettled>;
  /** Takes the mail back. To be asked again after `ask-again`; safe to ask twice. */
  cancel(job: SendJob, held: HeldMail, context: SendContext): Promise<CancelOutcome>;
}

/** What is stored about a mail at the provider. */
export interface HeldMail {
  readonly sendAt: EpochMs;
  readonly earlier: EarlierAttempt;
  /** True once `schedule` or `settle` has said `scheduled`. */
  readonly confirmed: boolean;
}

/** How handing over ended. All but `scheduled`, `sent`, `unknown` and `stopped` are PROOF that the provider won't send it. */
export type ScheduleOutcome =
  /** The provider has it and sends it at its hour. The handle is to be kept until it is sent or cancelled. */
  | { readonly kind: 'scheduled'; readonly handle: ResumeHandle }
  /** The hour is too near, or past: to be sent instead. Nothing was handed over. */
  | { readonly kind: 'too-soon' }
  | Exclude<SendOutcome, { kind: 'sent' }>;

/** What a look at the provider tells of a mail that was, or may have been, handed over. */
export type ScheduleSettled =
  /** It is there and waits for its hour. */
  | { readonly kind: 'scheduled'; readonly handle: ResumeHandle }
  /** It was taken out of the provider's hands there, by the person: it will not be sent. */
  | { readonly kind: 'withdrawn' }
  | Exclude<Settled, { kind: 'resume' }>;

/** What became of a wish to take a mail back. */
export type CancelOutcome =
  /** PROOF that the provider has it no more and did not send it. */
  | { readonly kind: 'cancelled' }
  /** It has left. */
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  /** Its hour is so near that nobody could say whether taking it back came first. */
  | { readonly kind: 'too-late' }
  | Exclude<Settled, { kind: 'sent' | 'not-sent' | 'resume' }>;
