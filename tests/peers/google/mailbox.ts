import type { PeerClock } from '../clock.ts';
import { type Delivery, deliveryOf } from '../delivery.ts';
import type { PeerAnswer } from '../peer.ts';
import { apiError, badMail, json } from './google-errors.ts';
import type { GoogleIds } from './google-ids.ts';
import type { GoogleAccount, GoogleSwitches } from './google-options.ts';
import { type PreparedMail, prepareMail } from './mail-rules.ts';
import type { Quota } from './quota.ts';

/** Largest message that the upload addresses take (PROVIDERS.md A3, discovery document "maxSize"). */
export const MESSAGE_LIMIT_BYTES = 36_700_160;

/** The place where a message is accepted or refused, whichever way it came. */
export interface Mailbox {
  /** Takes a message. From a 200 on it is sent, whether or not the client hears of it. */
  send(account: GoogleAccount, raw: Uint8Array, threadId: string | null): PeerAnswer;
  /** Oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Makes a thread that a message can be sent into, as if this subject had come in from outside. */
  addThread(account: string, threadId: string, subject: string): void;
}

interface Thread {
  readonly account: string;
  readonly subject: string;
}

/** An empty mailbox for every account. `deliver` is told of each accepted mail. */
export function createMailbox(parts: {
  readonly clock: PeerClock;
  readonly ids: GoogleIds;
  readonly switches: GoogleSwitches;
  readonly quota: Quota;
  readonly deliver: (delivery: Delivery) => void;
}): Mailbox {
  const { clock, ids, switches, quota } = parts;
  const deliveries: Delivery[] = [];
  const threads = new Map<string, Thread>();

  const threadFor = (account: string, mail: PreparedMail, wanted: string | null): string | null => {
    if (wanted === null) return ids.message();
    const thread = threads.get(wanted);
    if (thread?.account !== account) return null;
    // Gmail's reference, "Managing threads": the id alone is not enough, the mail must be a reply with the same subject.
    return mail.isReply && bare(thread.subject) === bare(mail.subject) ? wanted : ids.message();
  };

  return {
    deliveries,
    addThread: (account, threadId, subject) => void threads.set(threadId, { account, subject }),
    send: (account, raw, wantedThread) => {
      if (raw.length > MESSAGE_LIMIT_BYTES) return tooLarge();
      const fresh = ids.messageIdHeader();
      const now = clock.now();
      const messageId = switches.messageId === 'replace' ? fresh : null;
      const mail = prepareMail(raw, account, { now, messageId, freshMessageId: fresh });
      if ('refused' in mail) return mail.refused;
      const threadId = threadFor(account.email, mail, wantedThread);
      if (threadId === null) return notFound();
      const full = quota.countMessage(account);
      if (full) return full;
      const delivery = deliveryOf({
        id: ids.message(),
        threadId,
        account: account.email,
        envelope: { from: mail.from, to: mail.recipients },
        accepted: raw,
        delivered: mail.delivered,
        messageId: mail.messageId,
        at: now,
      });
      if (!threads.has(threadId))
        threads.set(threadId, { account: account.email, subject: mail.subject });
      deliveries.push(delivery);
      parts.deliver(delivery);
      return json({ id: delivery.id, threadId, labelIds: ['SENT'] });
    },
  };
}

function bare(subject: string): string {
  return subject
    .replace(/^(\s*re\s*:)+/i, '')
    .trim()
    .toLowerCase();
}

/** 413 as Google's upload servers say it: "Media is too large. Limit: 2147483648" was seen with another limit. */
export function tooLarge(): PeerAnswer {
  return apiError({
    code: 413,
    message: `Media is too large. Limit: ${MESSAGE_LIMIT_BYTES}`,
    status: 'INVALID_ARGUMENT',
    reason: 'uploadTooLarge',
  });
}

/** 404 of a thread or message that this account does not have. */
export function notFound(): PeerAnswer {
  return apiError({
    code: 404,
    message: 'Requested entity was not found.',
    status: 'NOT_FOUND',
    reason: 'notFound',
  });
}

/** 400 when neither `raw` nor an upload was given; googleapis/google-api-dotnet-client#856 has the words. */
export function rawMissing(): PeerAnswer {
  return badMail(
    "'raw' RFC822 payload message string or uploading message via /upload/* URL required",
  );
}
