import type { Accounts } from '../../accounts/accounts.ts';
import type { Clock, EpochMs, Log, Random } from '../../platform/platform.ts';
import type { InFlight } from './in-flight.ts';
import type { MailStore } from '../store/mail-store.ts';
import type { Seal } from '../sealed-mail.ts';

/** What the outbox asks of the room accounts. */
export type SendingAccounts = Pick<
  Accounts,
  'get' | 'provider' | 'token' | 'noteHealth' | 'markUsed'
>;

/** What happened to a mail, for the activity log: no content, no address. */
export interface MailEvent {
  readonly kind: 'mail-sent' | 'mail-rejected' | 'mail-unconfirmed' | 'mail-waits';
  /** The account's random id. */
  readonly accountId: string;
  /** Why, in a code; null when there is nothing to say. */
  readonly code: string | null;
  /** To this end, from when the mail was free to go: what the person held it back for does not count. */
  readonly durationMs: number | null;
}

/** What the person chose about sending. */
export interface SendingChoices {
  /** How long a mail is held after Send, to be taken back; 0 for not at all. */
  readonly undoSeconds: number;
  /** A mail with a time to go is asked about when it is later than this. */
  readonly lateToleranceMinutes: number;
  /** How long the receipt of a sent mail is kept. */
  readonly receiptRetentionDays: number;
}

/**
 * Everything that delivery works with. Each await in delivery is a call of one of these: there the
 * worker may end, and a test ends it there, before and after each of them.
 */
export interface Delivery {
  readonly store: MailStore;
  readonly vault: Seal;
  readonly accounts: SendingAccounts;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly isOnline: () => boolean;
  /** True when the host permission makes every header of the host's answers readable. */
  readonly canReadAllHeaders: (host: string) => Promise<boolean>;
  readonly recordEvent: (event: MailEvent) => void;
  readonly onChange: () => void;
  /** What the person chose about sending, as it is now. */
  readonly choices: () => Promise<SendingChoices>;
  readonly inFlight: InFlight;
  /** Mails that broke in this worker, and until when they are left alone. */
  readonly aside: Map<string, EpochMs>;
}
