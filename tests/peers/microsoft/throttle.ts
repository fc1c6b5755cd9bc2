import type { PeerClock } from '../clock.ts';
import type { GraphError } from './graph-errors.ts';
import type { MicrosoftSwitches } from './microsoft-options.ts';

/** Limits of Outlook per app and mailbox (concepts/throttling-limits.md, "Outlook service limits"; PROVIDERS.md B2). */
export interface Throttle {
  /** Lets a request in, or says why not. `leave` has to be called when it has been answered. */
  enter(mailbox: Mailbox): { readonly leave: () => void } | { readonly refused: GraphError };
  /** Counts bytes of a request's body; the refusal when five minutes' worth is used up. */
  upload(mailbox: Mailbox, bytes: number): GraphError | null;
  /** Counts a message that is about to be sent; the refusal when the minute or the day is full. */
  countMessage(email: string): GraphError | null;
}

/** Limits hold per app and mailbox. */
export interface Mailbox {
  readonly client: string;
  readonly email: string;
}

const CONCURRENT = 4;
const REQUESTS = 10_000;
const REQUESTS_MS = 10 * 60_000;
const UPLOAD_BYTES = 150 * 1024 * 1024;
const UPLOAD_MS = 5 * 60_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Nothing used yet. Windows slide: Microsoft does not publish how its own are cut. */
export function createThrottle(clock: PeerClock, switches: MicrosoftSwitches): Throttle {
  const inside = new Map<string, number>();
  const requests = createWindows(clock, REQUESTS_MS);
  const uploads = createWindows(clock, UPLOAD_MS);
  const minutes = createWindows(clock, MINUTE_MS);
  const days = createWindows(clock, DAY_MS);
  const keyOf = ({ client, email }: Mailbox): string => `${client} ${email}`;

  /** 429 of one mailbox and app (terraform-provider-outlook#21: the concurrency answer, whole). */
  const throttled = (limit: string, waitMs: number): GraphError => ({
    status: 429,
    code: 'ApplicationThrottled',
    message: `Application is over its ${limit} limit.`,
    headers: retryAfter(waitMs / 1000, switches),
  });

  return {
    enter: (mailbox) => {
      if (!switches.quota) return { leave: () => undefined };
      const key = keyOf(mailbox);
      const now = inside.get(key) ?? 0;
      if (now >= CONCURRENT) return { refused: throttled('MailboxConcurrency', 1_128) };
      const waitMs = requests.wait(key, 1, REQUESTS);
      if (waitMs > 0) return { refused: throttled('RequestRate', waitMs) };
      requests.take(key, 1);
      inside.set(key, now + 1);
      return { leave: () => void inside.set(key, (inside.get(key) ?? 1) - 1) };
    },
    upload: (mailbox, bytes) => {
      if (!switches.quota) return null;
      const waitMs = uploads.wait(keyOf(mailbox), bytes, UPLOAD_BYTES);
      if (waitMs > 0) return throttled('UploadRate', waitMs);
      uploads.take(keyOf(mailbox), bytes);
      return null;
    },
    countMessage: (email) => {
      if (!switches.quota) return null;
      const waitMs = minutes.wait(email, 1, switches.messagesPerMinute);
      if (waitMs > 0) return tooMany(waitMs / 1000, switches);
      if (days.wait(email, 1, switches.messagesPerDay ?? Infinity) > 0) return dayIsFull();
      minutes.take(email, 1);
      days.take(email, 1);
      return null;
    },
  };
}

/** The general 429 (concepts/throttling.md). A fault asks for it too; null leaves Retry-After out. */
export function tooMany(seconds: number | null, switches: MicrosoftSwitches): GraphError {
  return {
    status: 429,
    code: 'TooManyRequests',
    message: 'Please retry again later.',
    ...(seconds !== null && { headers: retryAfter(seconds, switches) }),
  };
}

/** Outlook.com's unpublished daily limit. The words are EWS's (ews-java-api#519); Graph's own, and its code, were not found. */
function dayIsFull(): GraphError {
  return {
    status: 429,
    code: 'ErrorExceededMessageLimit',
    message:
      'Cannot send mail. Follow the instructions in your Inbox to verify your account., WASCL UserAction verdict is not None. Actual verdict is RefuseQuota, ShowTierUpgrade.',
  };
}

/** PROVIDERS.md B2: "may be fractional, 2.128". */
function retryAfter(
  seconds: number,
  { retryAfter: form }: MicrosoftSwitches,
): Record<string, string> {
  if (form === 'none') return {};
  const shown = form === 'whole' ? Math.ceil(seconds) : Math.round(seconds * 1000) / 1000;
  return { 'retry-after': String(shown) };
}

interface Windows {
  /** Milliseconds until `amount` fits under `limit`; 0 when it fits now. */
  wait(key: string, amount: number, limit: number): number;
  take(key: string, amount: number): void;
}

interface Taken {
  readonly at: number;
  readonly amount: number;
}

function createWindows(clock: PeerClock, spanMs: number): Windows {
  const windows = new Map<string, { readonly taken: Taken[]; first: number; sum: number }>();
  /** What was taken within the span; older entries are passed over for good, so that each is looked at once. */
  const windowOf = (key: string) => {
    const found = windows.get(key) ?? { taken: [], first: 0, sum: 0 };
    windows.set(key, found);
    let oldest = found.taken[found.first];
    while (oldest && oldest.at <= clock.now() - spanMs) {
      found.sum -= oldest.amount;
      found.first += 1;
      oldest = found.taken[found.first];
    }
    return found;
  };
  return {
    wait: (key, amount, limit) => {
      const { taken, first, sum } = windowOf(key);
      if (sum + amount <= limit) return 0;
      let used = sum;
      const freeing = taken.slice(first).find((each) => (used -= each.amount) + amount <= limit);
      return (freeing?.at ?? clock.now()) + spanMs - clock.now();
    },
    take: (key, amount) => {
      const found = windowOf(key);
      found.taken.push({ at: clock.now(), amount });
      found.sum += amount;
    },
  };
}
